package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.transport.RawClient.Answer;
import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What clients do while a thread decides on their request. */
class DeferralTest extends ServerTest {
  private static final String BODY = "Content-Length: 5\r\n\r\nabcde";

  @Test
  void a_body_that_came_meanwhile_is_collected() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /later/a" + AND + BODY);
      server.nextRequest();
      server.release();
      assertThat(client.read().body()).isEqualTo("POST /later/a abcde");
    }
  }

  @Test
  void a_body_that_comes_later_is_collected() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /later/a" + AND + "Content-Length: 5\r\n\r\nab");
      server.nextRequest();
      server.release();
      client.send("cde");
      assertThat(client.read().body()).isEqualTo("POST /later/a abcde");
      assertThat(client.send("GET /b" + END).read().body()).isEqualTo("GET /b ");
    }
  }

  @Test
  void requests_behind_are_answered_in_order() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /later/a" + AND + BODY + "GET /b" + END + "POST /c" + AND + BODY);
      server.nextRequest();
      server.release();
      assertThat(client.read().body()).isEqualTo("POST /later/a abcde");
      assertThat(client.read().body()).isEqualTo("GET /b ");
      assertThat(client.read().body()).isEqualTo("POST /c abcde");
    }
  }

  @Test
  void a_refusal_skips_a_body_that_has_come() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /later/refuse" + AND + BODY + "GET /b" + END);
      server.nextRequest();
      server.release();
      assertThat(client.read().status()).isEqualTo(404);
      assertThat(client.read().body()).isEqualTo("GET /b ");
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/later/refuse", 404, 2, false));
  }

  @Test
  void a_refusal_closes_when_the_body_has_not_come() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /later/refuse" + AND + "Content-Length: 5\r\n\r\nab");
      server.nextRequest();
      server.release();
      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void who_waits_for_a_100_gets_it_after_the_decision() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /later/a" + AND + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      server.nextRequest();
      server.release();
      assertThat(client.read().status()).isEqualTo(100);
      assertThat(client.send("abcde").read().body()).isEqualTo("POST /later/a abcde");
    }
  }

  @Test
  void who_waits_for_a_100_in_vain_gets_the_refusal() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /later/refuse" + AND + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      server.nextRequest();
      server.release();
      assertThat(client.read().status()).isEqualTo(404);
    }
  }

  @Test
  void a_client_that_leaves_is_told_once_when_the_decision_is_there() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /later/a" + END);
      server.nextRequest();
      client.reset();
    }
    eventually("the connection is closed", () -> server.transport.connections() == 0);
    assertThat(server.completed).isEmpty();
    server.release();
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/later/a", 0, 0, true));
  }

  @Test
  void a_client_that_leaves_ends_the_waiting_of_who_decides() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /later/a" + END);
      server.nextRequest();
      assertThat(server.interrupted).hasValue(0);
      client.reset();
    }
    eventually("the decision is interrupted", () -> server.interrupted.get() == 1);
  }

  /** Else who comes and leaves fills the memory with heads, as long as a provider takes. */
  @Test
  void the_head_counts_until_the_decision_though_its_client_has_left() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /later/a" + AND + "X-Long: " + "x".repeat(10_000) + "\r\n\r\n");
      server.nextRequest();
      client.reset();
    }
    eventually("the connection is closed", () -> server.transport.connections() == 0);
    assertThat(server.transport.bufferedBytes()).isGreaterThan(10_000);
    server.release();
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @Test
  void a_client_that_ends_within_the_body_gets_a_400() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /later/a" + AND + "Content-Length: 5\r\n\r\nab").endOutput();
      server.nextRequest();
      server.release();
      assertThat(client.read().status()).isEqualTo(400);
    }
  }

  @Test
  void a_client_that_ends_behind_the_body_is_answered() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /later/a" + AND + BODY).endOutput();
      server.nextRequest();
      server.release();
      assertThat(client.read().body()).isEqualTo("POST /later/a abcde");
      assertThat(client.isEnded()).isTrue();
    }
  }

  /** A client may send on and on: what the server takes of it is bounded. */
  @Test
  void no_more_than_a_little_is_read_behind_the_head() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /later/a" + AND + "Content-Length: 90000\r\n\r\n");
      server.nextRequest();
      client.send("x".repeat(90_000));
      eventually("reading pauses", () -> server.heldOctets() > Connection.MOST_WAITING);
      assertThat(server.heldOctets())
          .isLessThan(Connection.MOST_WAITING + 2L * ConnectionLoop.READ_BYTES);
      server.release();
      assertThat(client.read().body()).hasSize("POST /later/a ".length() + 90_000);
    }
  }

  @Test
  void what_comes_when_nothing_has_room_is_refused_and_the_decision_dropped() throws Exception {
    settings.bufferedBytes = 2_000;
    settings.linger = Duration.ofMinutes(1); // It is not the end of the connection that tells.
    try (TestServer small = restart();
        RawClient client = small.client()) {
      client.send("POST /later/a" + AND + "Content-Length: 9000\r\n\r\n" + "x".repeat(9_000));
      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      eventually("who decides waits no longer", () -> small.interrupted.get() == 1);
      small.release();
      assertThat(small.nextCompleted()).isEqualTo(new Completed("/later/a", 0, 0, true));
    }
  }

  @Test
  void a_decision_that_fails_is_our_fault() throws IOException {
    for (String path : new String[] {"/later/throw/decide", "/later/defer"}) {
      try (RawClient client = client()) {
        client.send("GET " + path + END);
        server.release();
        Answer answer = client.read();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(client.isEnded()).isTrue();
      }
    }
  }

  @Test
  void takes_its_time_and_no_longer() throws Exception {
    settings.decision = Duration.ofMillis(200);
    TestServer hurried = restart();
    try (RawClient client = hurried.client()) {
      client.send("POST /later/a" + AND + "Content-Length: 5\r\n\r\nab");
      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(client.isEnded()).isTrue();
    }
    eventually("it is closed", () -> hurried.transport.connections() == 0);
  }

  @Test
  void draining_waits_for_it() throws Exception {
    Thread drain;
    try (RawClient client = client()) {
      client.send("GET /later/a" + END);
      server.nextRequest();
      drain = Thread.startVirtualThread(() -> server.transport.drain(Duration.ofSeconds(20)));
      eventually("the server drains", () -> server.transport.shared.isDraining());
      server.release();
      assertThat(client.read().header("Connection")).isEqualTo("close");
    }
    drain.join();
  }
}
