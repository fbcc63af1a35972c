package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.transport.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a connection lives and in which order it answers (RFC 9112 section 9). */
class PersistenceTest extends ServerTest {

  @ParameterizedTest(name = "{0} with <{1}>: {2}")
  @CsvSource({
    "HTTP/1.1, '', ''",
    "HTTP/1.1, Connection: keep-alive, ''",
    "HTTP/1.1, Connection: close, close",
    "HTTP/1.1, Connection: CLOSE, close",
    "HTTP/1.1, 'Connection: keep-alive, close', close",
    "HTTP/1.1, 'Connection: TE, upgrade', ''",
    "HTTP/1.0, '', close",
    "HTTP/1.0, Connection: keep-alive, keep-alive",
    "HTTP/1.0, 'Connection: TE , Keep-Alive', keep-alive",
    "HTTP/1.0, Connection: close, close",
  })
  void a_connection_persists_as_the_client_says(String version, String field, String expected)
      throws IOException {
    String request =
        "GET /a " + version + "\r\nHost: x\r\n" + (field.isEmpty() ? "" : field + "\r\n") + "\r\n";
    try (RawClient client = client()) {
      Answer answer = client.send(request).read();
      assertThat(answer.header("Connection")).isEqualTo(expected);
      if (expected.equals("close")) {
        assertThat(client.isEnded()).isTrue();
      } else {
        assertThat(client.send(request).read().status()).isEqualTo(200);
      }
    }
  }

  /** Whose body has come, and is more than may wait: reading was stopped meanwhile. */
  @Test
  void a_connection_persists_after_a_refusal_that_took_a_thread() throws IOException {
    try (RawClient client = client()) {
      int length = Connection.MOST_WAITING + 1000;
      client.send(
          "POST /later/refuse HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + length
              + "\r\n\r\n"
              + "x".repeat(length));
      while (server.heldOctets() < length) {
        Thread.onSpinWait();
      }
      server.release();
      Answer refused = client.read();
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.header("Connection")).isEmpty();
      assertThat(client.send("GET /next" + END).read().body()).isEqualTo("GET /next ");
    }
  }

  @Test
  void a_handler_may_close_the_connection() throws IOException {
    try (RawClient client = client()) {
      Answer answer = client.send("GET /close" + END).read();
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void the_last_request_of_a_connection_closes_it() throws IOException {
    settings.requestsPerConnection = 3;
    restart();
    try (RawClient client = client()) {
      for (int i = 1; i <= 3; i++) {
        Answer answer = client.send("GET /" + i + END).read();
        assertThat(answer.body()).isEqualTo("GET /" + i + " ");
        assertThat(answer.header("Connection")).isEqualTo(i < 3 ? "" : "close");
      }
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void requests_in_one_segment_are_answered_in_order() throws IOException {
    try (RawClient client = client()) {
      client.send(
          "GET /1"
              + END
              + "POST /2"
              + AND
              + "Content-Length: 3\r\n\r\nabc"
              + "GET /refuse"
              + END
              + "POST /refuse"
              + AND
              + "Transfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n0\r\n\r\n"
              + "POST /5"
              + AND
              + "Transfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n0\r\n\r\n"
              + "\r\nGET /6"
              + END);
      assertThat(client.read().body()).isEqualTo("GET /1 ");
      assertThat(client.read().body()).isEqualTo("POST /2 abc");
      assertThat(client.read().status()).isEqualTo(404);
      assertThat(client.read().status()).isEqualTo(404);
      assertThat(client.read().body()).isEqualTo("POST /5 xy");
      assertThat(client.read().body()).isEqualTo("GET /6 ");
    }
  }

  @ParameterizedTest(name = "<{0}>")
  @ValueSource(
      strings = {
        "GET /2 HTTP/1.1\r\nHost: x\r\nA\0: b\r\n\r\n",
        "GET /2 HTTP/2.0\r\nHost: x\r\n\r\n",
        "GET /2 HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "POST /2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;=\r\nx\r\n0\r\n\r\n",
        "POST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  void an_error_among_requests_is_the_last_that_is_answered(String wrong) throws Exception {
    try (RawClient client = client()) {
      client.send("GET /1" + END + wrong + "GET /3" + END);
      assertThat(client.read().body()).isEqualTo("GET /1 ");
      Answer answer = client.read();
      assertThat(answer.status()).isIn(400, 505);
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(server.requests).noneMatch(request -> request.target().equals("/3"));
  }

  @Test
  void what_comes_behind_a_request_that_closes_is_not_read() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /1" + AND + "Connection: close\r\n\r\nGET /2" + END);
      assertThat(client.read().body()).isEqualTo("GET /1 ");
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(server.decided).hasValue(1);
  }

  @Test
  void only_one_request_of_a_connection_is_worked_on_at_a_time() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /wait" + END + "GET /2" + END);
      assertThat(server.nextRequest().target()).isEqualTo("/wait");
      assertThat(server.decided).hasValue(1);
      server.release();
      assertThat(client.read().body()).isEqualTo("waited");
      assertThat(client.read().body()).isEqualTo("GET /2 ");
    }
  }

  @Test
  void many_requests_wait_behind_a_slow_one() throws Exception {
    int count = 5_000; // several times what the connection holds itself
    try (RawClient client = client()) {
      client.send("GET /wait" + END);
      server.nextRequest();
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.send(("GET /refuse" + END).repeat(count)).send("GET /last" + END);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      server.release();
      assertThat(client.read().body()).isEqualTo("waited");
      for (int i = 0; i < count; i++) {
        assertThat(client.read().status()).isEqualTo(404);
      }
      assertThat(client.read().body()).isEqualTo("GET /last ");
      sender.join();
    }
  }

  @Test
  void a_client_may_end_its_side_and_still_be_answered() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /wait" + END + "GET /2" + END).endOutput();
      server.nextRequest();
      server.release();
      assertThat(client.read().body()).isEqualTo("waited");
      assertThat(client.read().body()).isEqualTo("GET /2 ");
      assertThat(client.isEnded()).isTrue();
    }
  }

  /** Its end is known long before there is more to send than the kernel takes. */
  @Test
  void a_client_that_has_ended_its_side_gets_all_of_a_large_response() throws Exception {
    try (RawClient client = server.client(4096)) {
      client.send("GET /wait" + END + "GET /large" + END).endOutput();
      server.nextRequest();
      awaitLooks();
      server.release();
      assertThat(client.read().body()).isEqualTo("waited");
      assertThat(client.read().body()).hasSize(TestServer.LARGE);
      assertThat(client.isEnded()).isTrue();
    }
  }

  /** Whoever came before has been looked at by every event loop when others are answered. */
  private void awaitLooks() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawClient other = client()) {
        assertThat(other.send("GET /a" + END).read().status()).isEqualTo(200);
      }
    }
  }

  /** More than a connection reads ahead. */
  @Test
  void a_client_may_end_its_side_while_many_requests_wait() throws Exception {
    int count = 1 + 3 * Connection.MOST_WAITING / ("GET /more" + END).length();
    try (RawClient client = client()) {
      client.send("GET /wait" + END + ("GET /more" + END).repeat(count)).endOutput();
      server.nextRequest();
      awaitLooks();
      server.release();
      assertThat(client.read().body()).isEqualTo("waited");
      for (int i = 0; i < count; i++) {
        assertThat(client.read().body()).isEqualTo("GET /more ");
      }
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void a_client_that_ends_its_side_within_a_head_is_told() throws IOException {
    try (RawClient client = client()) {
      Answer answer = client.send("GET /a HTTP/1.1\r\nHo").endOutput().read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("the connection ended within a request");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void a_client_that_ends_its_side_within_a_waiting_head_is_told() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /wait" + END + "GET /2 HTTP").endOutput();
      server.nextRequest();
      server.release();
      assertThat(client.read().body()).isEqualTo("waited");
      assertThat(client.read().status()).isEqualTo(400);
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void a_client_that_ends_its_side_within_a_body_is_told() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /a" + AND + "Content-Length: 5\r\n\r\nabc").endOutput();
      Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("the connection ended within the body");
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(server.nextCompleted().status()).isEqualTo(400);
  }

  @Test
  void a_client_that_ends_its_side_within_a_waiting_body_is_told() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /wait" + END + "POST /2" + AND + "Content-Length: 5\r\n\r\nabc").endOutput();
      server.nextRequest();
      server.release();
      assertThat(client.read().body()).isEqualTo("waited");
      assertThat(client.read().body()).isEqualTo("the connection ended within the body");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void a_client_that_sends_nothing_and_ends_is_left_alone() throws IOException {
    try (RawClient client = client()) {
      assertThat(client.endOutput().isEnded()).isTrue();
    }
    assertThat(server.refused).hasValue(0);
  }
}
