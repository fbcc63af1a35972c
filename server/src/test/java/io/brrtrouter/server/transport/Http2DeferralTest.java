package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What clients do on a stream while a thread decides on its request. */
class Http2DeferralTest extends ServerTest {
  private H2Client http2() throws IOException {
    return new H2Client(client());
  }

  @Test
  void a_request_without_body_is_answered() throws Exception {
    try (H2Client client = http2()) {
      client.get(1, "/later/a");
      server.nextRequest();
      client.get(3, "/b");
      assertThat(client.outcome(3)).isEqualTo("200 GET /b ");
      server.release();
      assertThat(client.outcome(1)).isEqualTo("200 GET /later/a ");
    }
  }

  @Test
  void a_body_before_and_after_the_decision_is_collected() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/later/a").data(1, false, "one ");
      server.nextRequest();
      client.data(1, false, "two ");
      server.release();
      client.data(1, true, "three");
      assertThat(client.outcome(1)).isEqualTo("200 POST /later/a one two three");
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @Test
  void a_body_that_ended_before_the_decision_is_collected() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/later/a").data(1, true, "all");
      server.nextRequest();
      server.release();
      assertThat(client.outcome(1)).isEqualTo("200 POST /later/a all");
    }
  }

  @Test
  void trailers_before_the_decision_end_the_body() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/later/a").data(1, false, "all");
      client.headers(1, true, "digest", "x");
      server.nextRequest();
      server.release();
      assertThat(client.outcome(1)).isEqualTo("200 POST /later/a all");
    }
  }

  @Test
  void trailers_before_the_decision_are_bounded() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/later/a").data(1, false, "all");
      client.headers(1, true, "digest", "x".repeat(TransportLimits.TRAILER_BYTES));
      server.nextRequest();
      server.release();
      assertThat(client.outcome(1)).startsWith("400 the trailer fields");
    }
  }

  @Test
  void a_refusal_gives_the_windows_back() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/later/refuse").data(1, false, "x".repeat(16_000));
      server.nextRequest();
      server.release();
      assertThat(client.outcome(1)).startsWith("404 no");
      // More than the window of the connection would let through otherwise.
      for (int stream = 3; stream < 15; stream += 2) {
        client.request(stream, false, "POST", "/a").data(stream, true, "y".repeat(16_000));
        assertThat(client.outcome(stream)).isEqualTo("200 POST /a " + "y".repeat(16_000));
      }
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @Test
  void a_stream_that_is_reset_is_told_once_when_the_decision_is_there() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/later/a").data(1, false, "half");
      server.nextRequest();
      client.send(H2Client.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
      client.get(3, "/b");
      assertThat(client.outcome(3)).isEqualTo("200 GET /b ");
      assertThat(server.nextCompleted().target()).isEqualTo("/b");
      server.release();
      assertThat(server.nextCompleted()).isEqualTo(new Completed("/later/a", 0, 0, true));
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @Test
  void a_stream_that_is_reset_ends_the_waiting_of_who_decides() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, true, "GET", "/later/a");
      server.nextRequest();
      assertThat(server.interrupted).hasValue(0);
      client.send(H2Client.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
      eventually("the decision is interrupted", () -> server.interrupted.get() == 1);
    }
  }

  @Test
  void content_for_which_nothing_has_room_ends_the_waiting_of_who_decides() throws Exception {
    settings.bufferedBytes = 2_000;
    restart();
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/later/a").data(1, false, "x".repeat(9_000));
      assertThat(client.outcome(1)).startsWith("503 the server holds as much of requests");
      eventually("the decision is interrupted", () -> server.interrupted.get() == 1);
      server.release();
      assertThat(server.nextCompleted()).isEqualTo(new Completed("/later/a", 0, 0, true));
    }
  }

  /** Else who resets streams fills the memory with heads, as long as a provider takes. */
  @Test
  void the_head_counts_until_the_decision_though_its_stream_is_reset() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, true, "GET", "/later/a", "x-long", "x".repeat(10_000));
      server.nextRequest();
      client.send(H2Client.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
      client.get(3, "/b");
      assertThat(client.outcome(3)).isEqualTo("200 GET /b ");
      assertThat(server.transport.bufferedBytes()).isGreaterThan(10_000);
    }
    eventually("the connection is closed", () -> server.transport.connections() == 0);
    assertThat(server.transport.bufferedBytes()).isGreaterThan(10_000);
    server.release();
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @Test
  void a_body_that_is_larger_than_the_operation_takes_is_refused() throws Exception {
    try (H2Client client = http2()) {
      client.request(
          1, false, "POST", "/later/a", "content-length", "" + (TestServer.BODY_LIMIT + 1));
      client.data(1, false, "some");
      server.nextRequest();
      server.release();
      assertThat(client.outcome(1)).startsWith("413 too large: " + (TestServer.BODY_LIMIT + 1));
    }
  }

  @Test
  void takes_its_time_and_no_longer() throws Exception {
    settings.decision = Duration.ofMillis(200);
    restart();
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/later/a").data(1, false, "half");
      assertThat(client.outcome(1)).startsWith("503 the server did not decide");
      assertThat(client.get(3, "/b").outcome(3)).isEqualTo("200 GET /b ");
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @Test
  void a_decision_that_fails_is_our_fault() throws Exception {
    server.release();
    try (H2Client client = http2()) {
      assertThat(client.get(1, "/later/throw/decide").outcome(1)).startsWith("500");
      assertThat(client.get(3, "/later/defer").outcome(3)).startsWith("500");
      assertThat(client.get(5, "/a").outcome(5)).isEqualTo("200 GET /a ");
    }
  }
}
