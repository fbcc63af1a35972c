package io.brrtrouter.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.SmallJvm;
import io.brrtrouter.server.runtime.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that wait for handlers, in a JVM with a small heap. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HeldMessagesTest {
  private static final String HEAP = "-Xmx64m";

  /**
   * Octets of a message: what is sent of it after a refusal has room in the buffers of a socket.
   */
  private static final int MESSAGE = 32 << 10;

  /** Together a sixteenth of the heap, about. */
  private static final int ROOM = (64 << 20) / 16 / MESSAGE;

  private Process process;
  private int port;

  @BeforeEach
  void start() throws IOException {
    Path document = TestServer.file(WebSocketTest.DOCUMENT);
    process = SmallJvm.of(HEAP, Served.class, document.toString()).start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    port = Integer.parseInt(said.readLine());
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  /** Sends messages until there is no room; {@return how many there was room for} */
  private static int fill(SocketClient client) throws IOException {
    for (int held = 0; held < 4 * ROOM; held++) {
      client.send(Frames.binary(new byte[MESSAGE]), Frames.ping("x"));
      String answer = client.frame();
      if (!answer.equals("pong 78")) {
        assertThat(answer).isEqualTo("close 1013 the server holds as much of messages as it can");
        return held;
      }
    }
    throw new AssertionError("there was room for all messages");
  }

  @Test
  void a_message_more_than_all_may_hold_closes_and_the_others_go_on() throws IOException {
    try (SocketClient before = SocketClient.open(port);
        SocketClient many = SocketClient.open(port)) {
      assertThat(fill(many)).isBetween(ROOM / 2, ROOM);
      before.send(Frames.binary(new byte[1]), Frames.ping("y"));
      assertThat(before.frame()).isEqualTo("pong 79");
    }
    try (SocketClient next = SocketClient.open(port)) {
      assertThat(fill(next)).as("what is gone holds nothing").isBetween(ROOM / 2, ROOM);
    }
  }

  /** A program whose handlers take no message. */
  static final class Served {
    public static void main(String[] args) throws IOException {
      CountDownLatch never = new CountDownLatch(1);
      BrrtServer server =
          BrrtServer.builder()
              .document(Path.of(args[0]))
              .config(TestServer.config())
              .handler(
                  "chat",
                  WebSockets.handler(
                      WebSocketOptions.builder()
                          .waiting(Integer.MAX_VALUE)
                          .closeTime(Duration.ofMillis(200))
                          .build(),
                      _ -> never.await()))
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start();
      System.out.println(server.port());
      while (System.in.read() >= 0) {
        // Until whoever started it ends it.
      }
      server.close();
    }
  }
}
