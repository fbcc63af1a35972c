package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.brrtrouter.server.transport.RawClient.Answer;
import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are collected, refused, too large, or waited for. */
class BodyTest extends ServerTest {
  private static final String LIMIT = "x".repeat(TestServer.BODY_LIMIT);

  private static String chunked(String content, int size) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < content.length(); i += size) {
      String chunk = content.substring(i, Math.min(content.length(), i + size));
      body.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk).append("\r\n");
    }
    return body.append("0\r\n\r\n").toString();
  }

  @Test
  void a_body_up_to_the_limit_is_collected() throws IOException {
    try (RawClient client = client()) {
      client.send("POST /a" + AND + "Content-Length: " + LIMIT.length() + "\r\n\r\n" + LIMIT);
      assertThat(client.read().body()).isEqualTo("POST /a " + LIMIT);
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 100_000})
  void a_chunked_body_up_to_the_limit_is_collected(int size) throws IOException {
    try (RawClient client = client()) {
      client.send("POST /a" + AND + "Transfer-Encoding: chunked\r\n\r\n" + chunked(LIMIT, size));
      assertThat(client.read().body()).isEqualTo("POST /a " + LIMIT);
      assertThat(client.send("GET /b" + END).read().body()).isEqualTo("GET /b ");
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  @Test
  void a_chunked_body_beyond_the_limit_is_refused_while_it_comes() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /a" + AND + "Transfer-Encoding: chunked\r\n\r\n");
      client.send(chunked(LIMIT + "y", 1000));
      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).isEqualTo("too large: -1");
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/a", 413, 13, false));
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }

  /** The client reads the answer, not a reset, even if it sends first and reads then. */
  @ParameterizedTest
  @ValueSource(strings = {"/a", "/refuse"})
  void the_answer_to_a_body_that_is_not_wanted_is_read(String path) throws IOException {
    int length = 1_000_000;
    try (RawClient client = client()) {
      client.send("POST " + path + AND + "Content-Length: " + length + "\r\n\r\n");
      client.send("x".repeat(length));
      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(path.equals("/a") ? 413 : 404);
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void a_refused_body_that_has_come_does_not_cost_the_connection() throws IOException {
    try (RawClient client = client()) {
      for (int i = 0; i < 3; i++) {
        Answer answer = client.send("POST /refuse" + AND + "Content-Length: 5\r\n\r\nabcde").read();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Connection")).isEmpty();
      }
      String malformed = "POST /refuse" + AND + "Transfer-Encoding: chunked\r\n\r\nno chunk\r\n";
      assertThat(client.send(malformed).read().header("Connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Nested
  class Expect_100_continue {
    private static final String EXPECT = AND + "Expect: 100-Continue\r\nContent-Length: ";

    @Test
    void is_met_when_the_body_is_wanted() throws IOException {
      try (RawClient client = client()) {
        assertThat(client.send("POST /a" + EXPECT + "3\r\n\r\n").read().status()).isEqualTo(100);
        assertThat(client.send("abc").read().body()).isEqualTo("POST /a abc");
        assertThat(client.send("POST /b" + EXPECT + "3\r\n\r\n").read().status()).isEqualTo(100);
        assertThat(client.send("abc").read().body()).isEqualTo("POST /b abc");
      }
    }

    @Test
    void is_met_for_a_chunked_body() throws IOException {
      try (RawClient client = client()) {
        client.send("POST /a" + AND + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(100);
        assertThat(client.send("1\r\nx\r\n0\r\n\r\n").read().body()).isEqualTo("POST /a x");
      }
    }

    @Test
    void is_not_met_when_the_request_is_refused() throws IOException {
      try (RawClient client = client()) {
        Answer answer = client.send("POST /refuse" + EXPECT + "3\r\n\r\n").read();
        assertThat(answer.status()).isEqualTo(404);
        assertThat(client.isEnded()).isTrue();
      }
      try (RawClient client = client()) {
        assertThat(client.send("POST /a" + EXPECT + "999999\r\n\r\n").read().status())
            .isEqualTo(413);
        assertThat(client.isEnded()).isTrue();
      }
    }

    @Test
    void needs_no_answer_when_the_body_has_come_or_there_is_none() throws IOException {
      try (RawClient client = client()) {
        assertThat(client.send("POST /a" + EXPECT + "3\r\n\r\nabc").read().status()).isEqualTo(200);
        assertThat(client.send("POST /a" + EXPECT + "0\r\n\r\n").read().status()).isEqualTo(200);
      }
    }

    @Test
    void is_ignored_in_HTTP_1_0() throws IOException {
      try (RawClient client = client()) {
        client.send("POST /a HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
        assertThat(client.send("x").read().status()).isEqualTo(200);
      }
    }
  }

  @Nested
  class A_client_that_goes_away {
    @Test
    void while_its_request_is_worked_on_is_noticed_at_once() throws Exception {
      RawClient client = client().send("GET /wait" + END);
      server.nextRequest();
      client.reset();
      assertThat(server.nextCompleted()).isEqualTo(new Completed("/wait", 0, 0, true));
      server.release();
    }

    /** Reading is paused, so that the end is seen when the response is written, or before. */
    @Test
    void while_much_waits_is_noticed() throws Exception {
      RawClient client = client().send("GET /wait" + END);
      server.nextRequest();
      try {
        client.send(("GET /x" + END).repeat(2_000));
      } catch (SocketException e) {
        throw new AssertionError("the kernel should have taken this", e);
      }
      client.reset();
      // A busy kernel hands a reset on later, and then with what came behind it.
      try (RawClient other = client()) {
        other.send("GET /a" + END);
        assertThat(other.read().status()).isEqualTo(200);
      }
      server.release();
      assertThat(List.of(server.nextCompleted(), server.nextCompleted()))
          .extracting(Completed::target, Completed::aborted)
          .containsExactlyInAnyOrder(tuple("/wait", true), tuple("/a", false));
    }

    /** TLS may see the end before the reset; then a refusal is written that nobody reads. */
    @Test
    void within_its_body_is_forgotten() throws Exception {
      RawClient client = client().send("POST /a" + AND + "Content-Length: 9\r\n\r\nabc");
      server.nextRequest();
      client.reset();
      Completed completed = server.nextCompleted();
      assertThat(completed.target()).isEqualTo("/a");
      assertThat(completed.status()).isIn(0, 400);
      assertThat(completed.aborted()).isTrue();
      eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
    }

    @Test
    void while_it_should_read_is_noticed() throws Exception {
      RawClient client = server.client(4096).send("GET /large" + END);
      server.nextRequest();
      assertThat(client.readSome()).isPositive();
      client.reset();
      Completed completed = server.nextCompleted();
      assertThat(completed.status()).isEqualTo(200);
      assertThat(completed.aborted()).isTrue();
      assertThat(completed.bytes()).isLessThan(TestServer.LARGE);
    }
  }
}
