package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.SmallJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server in a JVM whose heap is smaller than what its clients send: it says no to some, serves
 * others, and has everything back in the end.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SmallHeapTest {
  /** With what connections cost by themselves, more than the heap for every kind of request. */
  private static final int CLIENTS = 2_500;

  private static final String HEAP = "-Xmx48m";

  /** Ten times the heap. */
  private static final long LARGE_BODY = 500L << 20;

  /** A query and header fields just within the limits. */
  private static final String LARGE_HEAD =
      "POST /a?"
          + "q".repeat(8_000)
          + " HTTP/1.1\r\nHost: x\r\n"
          + ("Field: " + "v".repeat(150) + "\r\n").repeat(96);

  private static final String HTTP_2 = H2Client.PREFACE + "\0\0\0\4\0\0\0\0\0";

  /** The beginning of a frame with as much in it as a frame may have, of stream 1. */
  private static String frame(int type, int flags) {
    return "\0\100\0" + (char) type + (char) flags + "\0\0\0\1";
  }

  /** Requests to {@code /wait}, each behind the reset of the one before. */
  private static String cancelledRequests(int number) {
    String request = "\202\206\4\5/wait\1\1x"; // RFC 7541 appendix A
    StringBuilder all = new StringBuilder();
    for (char stream = 1; stream < 2 * number; stream += 2) {
      all.append("\0\0").append((char) request.length()).append("\1\5\0\0\0").append(stream);
      all.append(request).append("\0\0\4\3\0\0\0\0").append(stream).append("\0\0\0\10");
    }
    return all.toString();
  }

  /** What each client sends, in writes of their own, before it waits. */
  enum Sent {
    ONE_LINE_WITHOUT_END("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(7_990), "a".repeat(7_900)),
    LINES_WITHOUT_END(LARGE_HEAD),
    HEADS_WITHOUT_BODY(LARGE_HEAD + "Content-Length: 90000\r\n\r\n"),
    REQUESTS_IN_PROGRESS(LARGE_HEAD.replace("POST /a", "GET /wait") + "\r\n"),
    REQUESTS_BEHIND_ONE_IN_PROGRESS(
        "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n",
        LARGE_HEAD.replace("POST", "GET") + "\r\n" + LARGE_HEAD),
    STREAMED_BODIES_THAT_NOBODY_READS(
        "POST /in/wait HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n", "a".repeat(60_000)),
    STREAMED_BODIES_IN_SMALL_CHUNKS(
        "POST /in/wait HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        "1\r\na\r\n".repeat(10_000)),
    HTTP_2_FRAMES_WITHOUT_END(
        HTTP_2 + frame(H2Client.HEADERS, H2Client.END_HEADERS) + "\0", "a".repeat(15_000)),
    HTTP_2_HEADS_WITHOUT_END(
        HTTP_2 + frame(H2Client.HEADERS, 0) + "a".repeat(16_384),
        frame(H2Client.CONTINUATION, 0) + "a".repeat(9_000)),
    /** A connection of HTTP/2 takes some KiB by itself. */
    HTTP_2_REQUESTS_CANCELLED(CLIENTS / 5, HTTP_2 + cancelledRequests(100));

    private final int clients;
    private final List<String> pieces;

    Sent(String... pieces) {
      this(CLIENTS, pieces);
    }

    Sent(int clients, String... pieces) {
      this.clients = clients;
      this.pieces = List.of(pieces);
    }
  }

  private Process process;
  private BufferedReader said;
  private Writer asked;
  private int port;

  @BeforeEach
  void startServer() throws IOException {
    process = SmallJvm.of(HEAP, Served.class).start();
    said = process.inputReader(StandardCharsets.UTF_8);
    asked = process.outputWriter(StandardCharsets.UTF_8);
    port = Integer.parseInt(said.readLine());
  }

  @AfterEach
  void stopServer() {
    process.destroyForcibly();
  }

  @ParameterizedTest
  @EnumSource
  void heads_of_many_connections_do_not_exhaust_the_heap(Sent sent) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < sent.clients; i++) {
      clients.add(new RawClient(port));
    }
    for (String piece : sent.pieces) {
      clients.forEach(client -> sendOrBeRefused(client, piece));
    }
    long most = ask("full");
    try (RawClient other = new RawClient(port)) {
      other.send("GET /small HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(other.read().body()).isEqualTo("GET /small ");
    }
    assertThat(ask("bytes")).as("bytes held of %s", sent).isBetween(most / 2, most);
    for (RawClient client : clients) {
      client.reset();
    }
    ask("release");
    assertThat(ask("left")).as("bytes held when all are gone").isZero();
    try (RawClient other = new RawClient(port)) {
      other.send(LARGE_HEAD + "Content-Length: 2\r\n\r\nok");
      assertThat(other.read().status()).isEqualTo(200);
    }
  }

  @Test
  void a_body_larger_than_the_heap_is_read_while_it_comes() throws Exception {
    byte[] piece = new byte[1 << 20];
    try (RawClient client = new RawClient(port)) {
      client.send("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: " + LARGE_BODY + "\r\n\r\n");
      for (long sent = 0; sent < LARGE_BODY; sent += piece.length) {
        client.send(piece);
      }
      assertThat(client.read().body()).isEqualTo(LARGE_BODY + " octets");
    }
    ask("release");
    assertThat(ask("left")).as("bytes held when all is read").isZero();
  }

  /** The server may have answered and closed before all is sent. */
  private static void sendOrBeRefused(RawClient client, String piece) {
    try {
      client.send(piece);
    } catch (IOException refused) {
      assertThat(refused).hasMessageMatching("(?i).*(broken pipe|connection reset|aborted).*");
    }
  }

  private long ask(String question) throws IOException {
    asked.write(question + "\n");
    asked.flush();
    String answer = said.readLine();
    assertThat(answer).as("the answer to %s of a JVM that runs", question).matches("[0-9]+");
    return Long.parseLong(answer);
  }

  /** A program that serves and answers questions about what it holds. */
  static final class Served {
    public static void main(String[] args) throws IOException {
      Settings settings = new Settings();
      settings.bufferedBytes = TransportLimits.defaults().bufferedBytes();
      TestServer server = new TestServer(settings);
      server.forgets = true;
      System.out.println(server.transport.port());
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          System.out.println(answer(server, line));
        }
      }
      server.close();
    }

    private static long answer(TestServer server, String question) {
      switch (question) {
        case "full" -> {
          long most = server.transport.shared.limits().bufferedBytes();
          ServerTest.eventually(
              "more than half of what may be held is held",
              () -> server.transport.bufferedBytes() > most / 2);
          return most;
        }
        case "release" -> server.release();
        case "left" ->
            ServerTest.eventually(
                "nothing is held",
                () -> server.transport.connections() == 0 && server.transport.bufferedBytes() == 0);
        default -> server.heldOctets(); // when it returns, every loop has read
      }
      return server.transport.bufferedBytes();
    }
  }
}
