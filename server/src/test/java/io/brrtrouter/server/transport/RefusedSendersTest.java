package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What becomes of a client that goes on sending what was refused, much more than lies in sockets:
 * it is answered, the server sends no more, reads on for a moment and closes (RFC 9112 section
 * 9.6). A server that closed at once would answer with a reset.
 */
@Timeout(120)
class RefusedSendersTest extends ServerTest {
  private static final int PIECE = 64 * 1024;

  /** Both buffers of a connection on one machine hold 10 MiB at most. */
  private static final int MUCH = 32 * 1024 * 1024 / PIECE;

  /** What never ends. */
  private enum Refused {
    TARGET("GET /", "a", 414),
    HEAD("GET /a" + AND + "A: ", "b", 431),
    FIELDS("GET /a" + AND, "A: bcde\r\n", 431),
    TRAILERS("POST /a" + AND + "Transfer-Encoding: chunked\r\n\r\n0\r\nA: ", "b", 400),
    EXTENSIONS("POST /a" + AND + "Transfer-Encoding: chunked\r\n\r\n1;a=", "b", 400),
    BODY("POST /a" + AND + "Content-Length: 2000000000\r\n\r\n", "x", 413),
    CHUNK("POST /a" + AND + "Transfer-Encoding: chunked\r\n\r\n6FFFFFFF\r\n", "x", 413);

    private final String beginning;
    private final String more;
    private final int status;

    Refused(String beginning, String more, int status) {
      this.beginning = beginning;
      this.more = more.repeat(PIECE / more.length());
      this.status = status;
    }
  }

  @Override
  void configure(Settings changed) {
    changed.linger = Duration.ofMinutes(2);
  }

  @ParameterizedTest
  @EnumSource
  void reads_the_answer_and_an_orderly_end_when_it_has_sent_all(Refused refused) throws Exception {
    try (RawClient client = client().send(refused.beginning)) {
      for (int i = 0; i < MUCH; i++) {
        client.send(refused.more);
      }

      assertThat(client.read().status()).isEqualTo(refused.status);
      assertThat(client.isEnded()).as("nothing follows").isTrue();
      assertThat(server.heldOctets()).as("what is kept of it").isZero();
      client.endOutput();
      eventually("it is closed", () -> server.transport.connections() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reads_the_end_of_the_answer_while_what_it_sends_is_still_read(Refused refused)
      throws Exception {
    try (RawClient client = client().send(refused.beginning + refused.more)) {
      assertThat(client.read().status()).isEqualTo(refused.status);
      assertThat(client.isEnded()).as("nothing follows").isTrue();

      for (int i = 0; i < MUCH; i++) {
        client.send(refused.more); // a socket that is closed resets the connection
      }
      assertThat(server.transport.connections()).isEqualTo(1);
      client.endOutput();
      eventually("it is closed", () -> server.transport.connections() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void is_cut_off_when_it_never_stops(Refused refused) throws Exception {
    settings.linger = Duration.ofMillis(200);
    restart();
    try (RawClient client = client().send(refused.beginning)) {
      assertThat(isCutOff(client, refused.more)).isTrue();
      eventually("it is closed", () -> server.transport.connections() == 0);
    }
  }

  private static boolean isCutOff(RawClient client, String more) {
    long began = System.nanoTime();
    try {
      while (isRecent(began)) {
        client.send(more);
      }
      return false;
    } catch (IOException cutOff) {
      return true;
    }
  }
}
