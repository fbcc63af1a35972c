package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bodies that are read while they come (RFC 9110 section 6.4, RFC 9112 section 6). */
class StreamedBodyTest extends ServerTest {
  private static final String CHUNKED = AND + "Transfer-Encoding: chunked\r\n\r\n";
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final int MIB = 1 << 20;

  static String head(String path, long length) {
    return "POST " + path + AND + "Content-Length: " + length + "\r\n\r\n";
  }

  private long heldBytes() {
    return server.transport.shared.capacity().bytes();
  }

  void nothingIsHeld() {
    eventually("nothing of the body is held", () -> heldBytes() == 0);
  }

  @Test
  void the_work_reads_what_has_come_while_the_rest_is_not_there() throws Exception {
    try (RawClient client = client()) {
      client.send(head("/in/first", 9)).send("one");
      assertThat(server.nextRead()).isEqualTo("one");
      server.release();
      client.send(" two").send(" 3");
      assertThat(client.read().body()).isEqualTo("in one two 3");
      // All of it was sent, so the connection lives on.
      client.send("GET /a" + END);
      assertThat(client.read().body()).isEqualTo("GET /a ");
    }
    nothingIsHeld();
  }

  @Test
  void a_chunked_body_is_read_chunk_by_chunk() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /in/first" + CHUNKED + "3;x=y\r\none\r\n");
      assertThat(server.nextRead()).isEqualTo("one");
      server.release();
      client.send("1\r\n \r\n3\r\ntwo\r\n0\r\nX-Trailer: 1\r\n\r\nGET /a" + END);
      assertThat(client.read().body()).isEqualTo("in one two");
      assertThat(client.read().body()).isEqualTo("GET /a ");
    }
    nothingIsHeld();
  }

  @Test
  void a_body_that_comes_with_its_head_and_the_next_request_is_read_to_its_end() throws Exception {
    try (RawClient client = client()) {
      client.send(
          head("/in", 3) + "oneGET /a" + END + head("/in", 0) + "POST /in" + CHUNKED + "0\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("in one");
      assertThat(client.read().body()).isEqualTo("GET /a ");
      assertThat(client.read().body()).isEqualTo("in ");
      assertThat(client.read().body()).isEqualTo("in ");
    }
    nothingIsHeld();
  }

  @Test
  void a_request_without_a_body_has_nothing_to_read() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /in" + END);
      assertThat(client.read().body()).isEqualTo("in ");
    }
  }

  @Test
  void of_two_threads_that_read_at_once_none_is_forgotten() throws Exception {
    settings.body = Duration.ofHours(1); // So that the time wakes up nobody.
    restart();
    try (RawClient client = client()) {
      client.send(head("/in/both", 9));
      assertThat(server.nextRead()).isEqualTo("both wait");
      client.send("one two 3");
      assertThat(client.read().body()).isEqualTo("9 octets");
    }
    nothingIsHeld();
  }

  @Test
  void a_client_that_waits_for_100_gets_it_when_the_body_is_asked_for() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /in/wait" + AND + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      server.nextRequest();
      server.release();
      assertThat(client.read().status()).isEqualTo(100);
      client.send("one");
      assertThat(client.read().body()).isEqualTo("in one");
      client.send("GET /a" + END);
      assertThat(client.read().body()).isEqualTo("GET /a ");
    }
  }

  @Test
  void a_client_that_waits_for_100_gets_it_before_a_response_that_is_written_from_the_body()
      throws Exception {
    try (RawClient client = client()) {
      client.send("POST /in/echo" + AND + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(100);
      client.send("one");
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.chunk()).isEqualTo("one");
    }
  }

  @Test
  void a_client_whose_body_is_not_asked_for_gets_no_100_and_the_connection_ends() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /in/ignore" + AND + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void a_client_that_does_not_wait_for_its_100_gets_none() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /in/wait" + AND + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\none");
      server.nextRequest();
      server.release();
      assertThat(client.read().body()).isEqualTo("in one");
    }
  }

  @Test
  void a_body_that_nobody_reads_is_not_taken_from_the_client() throws Exception {
    int length = 40 * MIB;
    try (RawClient client = client()) {
      Thread sender = send(client, head("/in/wait", length), length);
      long most = 4L * IncomingContent.MOST_WAITING;
      eventually("something waits", () -> heldBytes() >= IncomingContent.MOST_WAITING);
      for (int i = 0; i < 50; i++) {
        Thread.sleep(2);
        assertThat(heldBytes()).isLessThan(most);
      }
      assertThat(sender.isAlive()).as("the client has to wait").isTrue();
      server.release();
      assertThat(client.read().body()).isEqualTo(length + " octets");
      sender.join();
    }
    nothingIsHeld();
  }

  @Test
  void many_small_chunks_cost_what_they_take() throws Exception {
    int chunks = 500_000;
    byte[] body =
        "1\r\nx\r\n".repeat(chunks).concat("0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    try (RawClient client = client()) {
      Thread sender =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  client.send("POST /in/wait" + CHUNKED).send(body);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      eventually("something waits", () -> heldBytes() >= IncomingContent.MOST_WAITING);
      assertThat(heldBytes()).isLessThan(4L * IncomingContent.MOST_WAITING);
      server.release();
      assertThat(client.read().body()).isEqualTo(chunks + " octets");
      sender.join();
    }
    nothingIsHeld();
  }

  private static Thread send(RawClient client, String head, long length) {
    return Thread.ofPlatform()
        .start(() -> {
          byte[] piece = new byte[MIB];
          Arrays.fill(piece, (byte) 'x');
          try {
            client.send(head);
            for (long sent = 0; sent < length; sent += piece.length) {
              client.send(piece);
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void a_response_before_the_end_of_the_body_ends_the_connection() throws Exception {
    try (RawClient client = client()) {
      client.send(head("/in/ignore", 9)).send("one");
      RawClient.Answer answer = client.read();
      assertThat(answer.body()).isEqualTo("ignored");
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(client.isEnded()).isTrue();
    }
    nothingIsHeld();
  }

  @Test
  void what_is_not_read_of_a_body_that_has_come_is_dropped() throws Exception {
    try (RawClient client = client()) {
      client.send(head("/in/ignore", 9) + "one two 3");
      client.send("GET /a" + END);
      assertThat(client.read().body()).isEqualTo("ignored");
      assertThat(client.read().body()).isEqualTo("GET /a ");
    }
    nothingIsHeld();
  }

  @Test
  void a_client_that_reads_only_once_all_is_sent_reads_a_large_response() throws Exception {
    // Less than what is read for a moment after the response, but more than any buffer.
    int length = 40 * MIB;
    try (RawClient client = client()) {
      Thread sender = send(client, head("/in/large", length), length);
      sender.join();
      assertThat(client.read().body()).hasSize(TestServer.LARGE);
    }
    nothingIsHeld();
  }

  @Test
  void content_is_answered_while_it_comes() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /in/echo" + CHUNKED + "3\r\none\r\n");
      RawClient.Answer head = client.read();
      assertThat(head.headers()).containsEntry("transfer-encoding", "chunked");
      assertThat(client.chunk()).isEqualTo("one");
      client.send("3\r\ntwo\r\n");
      assertThat(client.chunk()).isEqualTo("two");
      client.send("0\r\n\r\n");
      assertThat(client.chunk()).isEmpty();
    }
    nothingIsHeld();
  }

  @Test
  void a_body_larger_than_its_limit_fails_when_that_is_seen() throws Exception {
    int most = TestServer.BODY_LIMIT;
    try (RawClient client = client()) {
      client.send(head("/in/limited", most)).send(new byte[most]);
      assertThat(client.read().body()).isEqualTo(most + " octets");
      client.send(head("/in/limited", most + 1)).send(new byte[most + 1]);
      assertThat(client.read().status()).isEqualTo(413);
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(server.nextRead())
        .isEqualTo(
            "the content of the request has more than the " + most + " octets that are allowed");
    try (RawClient client = client()) {
      client.send("POST /in/limited" + CHUNKED + "3\r\none\r\nFFFFFFF\r\n");
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(client.isEnded()).isTrue();
    }
    nothingIsHeld();
  }

  @Test
  void a_body_that_is_not_framed_as_it_should_be_fails() throws Exception {
    try (RawClient client = client()) {
      client.send("POST /in/first" + CHUNKED + "3\r\none\r\n");
      assertThat(server.nextRead()).isEqualTo("one");
      client.send("many\r\nGET /a" + END);
      server.release();
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("a chunk begins with its size in hexadecimal digits");
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(client.isEnded()).as("what follows is no request").isTrue();
    }
    assertThat(server.decided).hasValue(1);
    nothingIsHeld();
  }

  @Test
  void a_body_that_ends_with_the_connection_fails() throws Exception {
    try (RawClient client = client()) {
      client.send(head("/in", 9)).send("one").endOutput();
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("the connection ended within the body");
      assertThat(client.isEnded()).isTrue();
    }
    nothingIsHeld();
  }

  @Test
  void a_client_that_goes_is_noticed_by_who_waits_for_its_body() throws Exception {
    try (RawClient client = client()) {
      client.send(head("/in/first", 9)).send("one");
      assertThat(server.nextRead()).isEqualTo("one");
      server.release();
      client.reset();
      assertThat(server.nextRead())
          .isIn("ClientGoneException", "MALFORMED the connection ended within the body");
    }
    assertThat(server.nextCompleted().aborted()).isTrue();
    nothingIsHeld();
  }

  @Test
  void a_client_that_goes_is_noticed_by_who_writes_what_it_reads() throws Exception {
    try (RawClient client = client()) {
      client.send(head("/in/echo", 9)).send("one");
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.chunk()).isEqualTo("one");
      client.reset();
    }
    assertThat(server.nextRead())
        .isIn("ClientGoneException", "UnreadableContentException", "InterruptedIOException");
    assertThat(server.nextCompleted().aborted()).isTrue();
    nothingIsHeld();
  }

  @Test
  void a_client_that_sends_nothing_for_long_is_late() throws Exception {
    settings.body = SHORT;
    settings.bodyPerKib = Duration.ZERO;
    restart();
    try (RawClient client = client()) {
      client.send(head("/in", 9)).send("one");
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body()).isEqualTo("the body did not come in time");
      assertThat(client.isEnded()).isTrue();
    }
    nothingIsHeld();
  }

  @Test
  void what_a_client_was_early_with_is_not_saved_for_later() throws Exception {
    settings.body = SHORT;
    settings.bodyPerKib = Duration.ofHours(1);
    restart();
    try (RawClient client = client()) {
      client.send(head("/in", 20_000)).send(new byte[10_000]);
      assertThat(client.read().status()).isEqualTo(408);
    }
    nothingIsHeld();
  }

  @Test
  void only_the_time_counts_in_which_the_client_is_waited_for() throws Exception {
    settings.body = Duration.ofSeconds(1);
    settings.bodyPerKib = Duration.ZERO;
    restart();
    int length = 2 * MIB;
    try (RawClient client = client()) {
      Thread sender = send(client, head("/in/wait", length), length);
      server.nextRequest();
      Thread.sleep(1_500); // Longer than the client may take.
      server.release();
      assertThat(client.read().body()).isEqualTo(length + " octets");
      sender.join();
    }
  }

  @Test
  void a_body_for_which_there_is_no_room_fails() throws Exception {
    settings.bufferedBytes = 20_000;
    restart();
    try (RawClient client = client()) {
      client.send(head("/in/wait", 50_000)).send(new byte[50_000]);
      server.nextRequest();
      eventually("there is no room", () -> server.deaf() == 1 || server.refused.get() == 1);
      server.release();
      RawClient.Answer answer = client.read();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.headers()).containsEntry("connection", "close");
    }
    nothingIsHeld();
  }
}
