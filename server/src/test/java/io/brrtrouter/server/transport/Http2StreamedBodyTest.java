package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies that are read while they come, over HTTP/2 (RFC 9113 sections 5.2, 8.1). */
class Http2StreamedBodyTest extends ServerTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final int WINDOW = 65_535;
  private static final int FRAME = 16_384;

  private static final int PING = 6;

  /** What the client has sent, by stream; of the connection for 0. */
  private final Map<Integer, Long> sent = new HashMap<>();

  private H2Client http2() throws IOException {
    return new H2Client(client());
  }

  private long heldBytes() {
    return server.transport.shared.capacity().bytes();
  }

  private void nothingIsHeld() {
    eventually("nothing of the body is held", () -> heldBytes() == 0);
  }

  private long window(H2Client client, int stream) {
    return WINDOW + client.granted.getOrDefault(stream, 0L) - sent.getOrDefault(stream, 0L);
  }

  private static void readOne(H2Client client) throws IOException {
    assertThat(client.readOne()).as("the connection goes on").isNotNull();
  }

  /** Sends as fast as the windows allow. */
  private void send(H2Client client, int stream, long octets, boolean end) throws IOException {
    long left = octets;
    while (left > 0) {
      long allowed = Math.min(window(client, 0), window(client, stream));
      int piece = (int) Math.min(Math.min(FRAME, left), allowed);
      if (piece <= 0) {
        readOne(client);
        continue;
      }
      left -= piece;
      int flags = end && left == 0 ? H2Client.END_STREAM : 0;
      client.send(H2Client.DATA, flags, stream, new byte[piece]);
      sent.merge(0, (long) piece, Long::sum);
      sent.merge(stream, (long) piece, Long::sum);
    }
  }

  /** Waits until the server has read all that was sent. */
  private static void isRead(H2Client client) throws IOException {
    client.send(PING, 0, 0, new byte[8]);
    H2Client.Frame frame;
    do {
      frame = client.readOne();
      assertThat(frame).as("the connection goes on").isNotNull();
    } while (frame.type() != PING);
  }

  @Test
  void the_work_reads_what_has_come_while_the_rest_is_not_there() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in/first").data(1, false, "one");
      assertThat(server.nextRead()).isEqualTo("one");
      server.release();
      client.data(1, false, " two").data(1, true, " 3");
      assertThat(client.outcome(1)).isEqualTo("200 in one two 3");
    }
    nothingIsHeld();
  }

  @Test
  void trailers_end_it() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in").data(1, false, "one");
      client.headers(1, true, "x-sum", "1");
      assertThat(client.outcome(1)).isEqualTo("200 in one");
      client.request(3, false, "POST", "/in").data(3, false, "one");
      client.headers(3, true, "x-sum", "1".repeat(10_000));
      assertThat(client.outcome(3))
          .isEqualTo("400 the trailer fields of a body have at most 8192 octets");
    }
    nothingIsHeld();
  }

  @Test
  void a_request_without_a_body_has_nothing_to_read() throws Exception {
    try (H2Client client = http2()) {
      client.get(1, "/in");
      assertThat(client.outcome(1)).isEqualTo("200 in ");
      client.request(3, false, "POST", "/in").data(3, true, "");
      assertThat(client.outcome(3)).isEqualTo("200 in ");
    }
  }

  @Test
  void a_client_that_waits_for_100_gets_it_when_the_body_is_asked_for() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in/wait", "expect", "100-continue");
      server.nextRequest();
      server.release();
      while (!client.heads.containsKey(1)) {
        readOne(client);
      }
      assertThat(client.heads.get(1).status()).hasToString("100");
      client.data(1, true, "one");
      assertThat(client.outcome(1)).isEqualTo("200 in one");
      client.request(3, false, "POST", "/in/ignore", "expect", "100-continue");
      while (!client.heads.containsKey(3)) {
        readOne(client);
      }
      assertThat(client.heads.get(3).status()).as("nobody asks for it").hasToString("200");
    }
  }

  @Test
  void a_client_that_waits_for_100_gets_it_before_a_response_that_is_written_from_the_body()
      throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in/echo", "expect", "100-continue");
      while (!client.heads.containsKey(1)) {
        readOne(client);
      }
      assertThat(client.heads.get(1).status()).hasToString("100");
      client.data(1, true, "one");
      assertThat(client.outcome(1)).isEqualTo("200 one");
    }
  }

  @Test
  void a_body_that_nobody_reads_is_not_taken_from_the_client_and_keeps_no_other_waiting()
      throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in/wait");
      client.request(3, false, "POST", "/in/wait");
      send(client, 1, WINDOW, false);
      send(client, 3, WINDOW, false);
      // No window of these has room, and the one of the connection has for others.
      client.request(5, false, "POST", "/a");
      send(client, 5, 1000, true);
      assertThat(client.outcome(5)).startsWith("200 POST /a ");
      isRead(client);
      assertThat(window(client, 1)).isLessThan(WINDOW);
      assertThat(window(client, 3)).isLessThan(WINDOW);
      assertThat(heldBytes()).isLessThan(4L * IncomingContent.MOST_WAITING);
      server.release();
      send(client, 1, 10 * WINDOW, true);
      assertThat(client.whole(1)).isEqualTo("200 " + 11 * WINDOW + " octets");
      send(client, 3, 1, true);
      assertThat(client.whole(3)).isEqualTo("200 " + (WINDOW + 1) + " octets");
    }
    nothingIsHeld();
  }

  @Test
  void a_response_before_the_end_of_the_body_ends_the_stream_and_no_other() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in/ignore").data(1, false, "one");
      assertThat(client.outcome(1)).isEqualTo("200 ignored");
      assertThat(client.outcome(1)).isEqualTo("RST NO_ERROR");
      client.get(3, "/a");
      assertThat(client.outcome(3)).isEqualTo("200 GET /a ");
    }
    nothingIsHeld();
  }

  @Test
  void content_is_answered_while_it_comes() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in/echo").data(1, false, "one");
      while (client.received(1) < 3) {
        readOne(client);
      }
      client.data(1, true, "two");
      assertThat(client.outcome(1)).isEqualTo("200 onetwo");
    }
    nothingIsHeld();
  }

  @Test
  void a_body_larger_than_its_limit_fails_when_that_is_seen() throws Exception {
    int most = TestServer.BODY_LIMIT;
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in/limited");
      send(client, 1, most, true);
      assertThat(client.outcome(1)).isEqualTo("200 " + most + " octets");
      client.request(3, false, "POST", "/in/limited");
      send(client, 3, most + 1L, false);
      assertThat(client.outcome(3)).startsWith("413 ");
    }
    nothingIsHeld();
  }

  @Test
  void a_stream_that_is_reset_is_noticed_by_who_waits_for_its_body() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in/first").data(1, false, "one");
      assertThat(server.nextRead()).isEqualTo("one");
      server.release();
      client.cancel(1);
      assertThat(server.nextRead()).isEqualTo("ClientGoneException");
      assertThat(server.nextCompleted().aborted()).isTrue();
      client.request(3, false, "POST", "/in/echo").data(3, false, "one").cancel(3);
      assertThat(server.nextCompleted().aborted()).isTrue();
      client.get(5, "/a");
      assertThat(client.outcome(5)).isEqualTo("200 GET /a ");
    }
    nothingIsHeld();
  }

  @Test
  void a_client_that_sends_nothing_for_long_is_late() throws Exception {
    settings.body = SHORT;
    settings.bodyPerKib = Duration.ZERO;
    restart();
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in").data(1, false, "one");
      assertThat(client.outcome(1)).isEqualTo("408 the body did not come in time");
    }
    nothingIsHeld();
  }

  @Test
  void a_body_for_which_there_is_no_room_fails() throws Exception {
    settings.bufferedBytes = 20_000;
    restart();
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in/wait");
      server.nextRequest();
      send(client, 1, 2 * FRAME, false);
      isRead(client);
      server.release();
      assertThat(client.whole(1)).startsWith("503 ");
    }
    nothingIsHeld();
  }

  @Test
  void another_length_than_announced_ends_the_stream() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/in/first", "content-length", "9").data(1, false, "one");
      assertThat(server.nextRead()).isEqualTo("one");
      server.release();
      client.data(1, true, "two");
      assertThat(client.outcome(1)).isEqualTo("RST PROTOCOL_ERROR");
      assertThat(server.nextRead()).isEqualTo("ClientGoneException");
    }
    nothingIsHeld();
  }
}
