package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.stream.Broadcaster;
import io.brrtrouter.server.stream.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many who listen to one broadcaster, some of whom do not read, in a small heap. */
@Timeout(120)
class CrowdedStreamTest {
  private static final String HEAP = "-Xmx64m";
  private static final int READING = 450;
  private static final int UNREADING = 50;

  /** Octets of an event: what a client does not read fills what the kernel keeps for it soon. */
  private static final int LENGTH = 4_000;

  @TempDir private Path directory;

  private Process process;
  private BufferedReader said;
  private Writer commands;
  private int port;

  @BeforeEach
  void start() throws IOException {
    Path document =
        Files.writeString(
            directory.resolve("api.yaml"),
            """
            openapi: 3.1.1
            info: {title: Events, version: "1"}
            paths:
              /events:
                get: {operationId: events, x-sse: true, responses: {"200": {description: Events.}}}
            """);
    process = SmallJvm.of(HEAP, EventServer.class, document.toString()).start();
    said = process.inputReader(StandardCharsets.UTF_8);
    commands = process.outputWriter(StandardCharsets.UTF_8);
    String line = said.readLine();
    while (line != null && !line.startsWith("port ")) {
      line = said.readLine();
    }
    assertThat(line).as("what a server says that has begun").isNotNull();
    port = Integer.parseInt(line.substring("port ".length()));
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  private int ask(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    String answer = said.readLine();
    assertThat(answer).as("the server lives").isNotNull();
    return Integer.parseInt(answer);
  }

  private void awaitSubscribers(int count) throws Exception {
    while (ask("subscribers") != count) { // the class has a time limit
      Thread.sleep(5);
    }
  }

  private SocketChannel listen(boolean reads) throws IOException {
    SocketChannel channel = SocketChannel.open();
    if (!reads) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    }
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.write(ByteBuffer.wrap("GET /events HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1)));
    return channel;
  }

  @Test
  void who_reads_gets_all_and_who_does_not_is_left_behind() throws Exception {
    List<SocketChannel> all = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < UNREADING; i++) {
        all.add(listen(false));
      }
      for (int i = 0; i < READING; i++) {
        SocketChannel channel = listen(true);
        all.add(channel);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Numbers());
      }
      awaitSubscribers(READING + UNREADING);

      int published = 0;
      while (ask("subscribers") > READING) {
        ask("publish");
        published++;
        for (int missing = READING; missing > 0; ) {
          selector.select();
          for (SelectionKey key : selector.selectedKeys()) {
            missing -= ((Numbers) key.attachment()).read((SocketChannel) key.channel());
          }
          selector.selectedKeys().clear();
        }
      }

      assertThat(published).as("events that may wait for a client").isGreaterThan(256);
      for (SelectionKey key : selector.keys()) {
        assertThat(((Numbers) key.attachment()).latest).isEqualTo(published);
      }
    } finally {
      for (SocketChannel channel : all) {
        channel.close();
      }
    }
  }

  /** Follows the numbers of events, which have to come one after the other. */
  private static final class Numbers {
    private static final byte[] MARK = "id: ".getBytes(ISO_8859_1);

    private final ByteBuffer buffer = ByteBuffer.allocate(16 << 10);
    private int matched;
    private int number;
    private int latest;

    /** {@return how many numbers have come} */
    int read(SocketChannel channel) throws IOException {
      int before = latest;
      assertThat(channel.read(buffer.clear())).as("octets").isPositive();
      buffer.flip();
      while (buffer.hasRemaining()) {
        byte octet = buffer.get();
        if (matched < MARK.length) {
          matched = octet == MARK[matched] ? matched + 1 : octet == MARK[0] ? 1 : 0;
        } else if (octet >= '0' && octet <= '9') {
          number = 10 * number + octet - '0';
        } else {
          assertThat(number).isEqualTo(latest + 1);
          latest = number;
          number = 0;
          matched = 0;
        }
      }
      return latest - before;
    }
  }

  /** Publishes an event for each line that says so. */
  static final class EventServer {
    private EventServer() {}

    public static void main(String[] args) throws IOException {
      Broadcaster events = Broadcaster.of(0);
      BrrtServer server =
          BrrtServer.builder()
              .document(Path.of(args[0]))
              .config(TestServer.config())
              .handler("events", events::subscribe)
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start();
      System.out.println("port " + server.port());
      BufferedReader commands =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      int published = 0;
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        System.out.println(
            line.equals("publish")
                ? events.publish(Event.of("x".repeat(LENGTH)).withId(String.valueOf(++published)))
                : events.subscribers());
      }
      server.close();
    }
  }
}
