package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over HTTP/2, known by what the client begins with. */
class Http2Test extends ServerTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String INSTEAD =
      "instead of 200: the server holds as many responses as it can that clients have not read yet";

  H2Client http2() throws IOException {
    return new H2Client(client());
  }

  H2Client http2(int receiveBuffer) throws IOException {
    return new H2Client(server.client(receiveBuffer));
  }

  String scheme() {
    return "http";
  }

  @Test
  void a_request_is_handed_over_as_one_of_http_1() throws Exception {
    try (H2Client client = http2()) {
      client.headers(
          1,
          true,
          ":method",
          "QUERY",
          ":scheme",
          scheme(),
          ":path",
          "/%41/?b=%20",
          ":authority",
          "y:8",
          "x-two",
          "1",
          "x-two",
          "2",
          "cookie",
          "a=b",
          "cookie",
          "c=d",
          "te",
          "trailers");
      assertThat(client.outcome(1)).isEqualTo("200 QUERY /%41/?b=%20 ");
      HttpRequest request = server.nextRequest();
      assertThat(request.method()).hasToString("QUERY");
      assertThat(request.target()).isEqualTo("/%41/?b=%20");
      assertThat(request.version()).isEqualTo("HTTP/2");
      assertThat(request.headers())
          .hasToString("Host: y:8\nx-two: 1\nx-two: 2\nte: trailers\ncookie: a=b; c=d\n");
      assertThat(request.peer().secure()).isEqualTo(scheme().equals("https"));
    }
  }

  @Test
  void a_body_comes_in_frames_with_padding_and_trailers() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/a");
      client.data(1, false, "one ");
      client.send(
          H2Client.DATA, 8, 1, (byte) 2, (byte) 't', (byte) 'w', (byte) 'o', (byte) 0, (byte) 0);
      client.headers(1, true, "digest", "x");
      assertThat(client.outcome(1)).isEqualTo("200 POST /a one two");
      eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
    }
  }

  @Test
  void a_head_comes_octet_by_octet_and_in_continuations() throws Exception {
    try (H2Client client = http2()) {
      byte[] block =
          client.block(":method", "GET", ":scheme", scheme(), ":path", "/a", ":authority", "x");
      client.send(H2Client.HEADERS, H2Client.END_STREAM, 1, java.util.Arrays.copyOf(block, 2));
      byte[] rest = java.util.Arrays.copyOfRange(block, 2, block.length);
      for (byte octet :
          ByteBuffer.allocate(9 + rest.length)
              .put(new byte[] {0, 0, (byte) rest.length, H2Client.CONTINUATION, 4, 0, 0, 0, 1})
              .put(rest)
              .array()) {
        client.sendOctets(octet);
      }
      assertThat(client.outcome(1)).isEqualTo("200 GET /a ");
    }
  }

  @Test
  void fields_of_the_framing_are_the_transports_own() throws IOException {
    try (H2Client client = http2()) {
      client.get(1, "/own");
      assertThat(client.outcome(1)).isEqualTo("299 own");
      Map<String, String> fields = new TreeMap<>();
      client
          .heads
          .get(1)
          .forEach(field -> fields.put(field.getKey().toString(), field.getValue().toString()));
      assertThat(fields)
          .isEqualTo(
              Map.of(
                  ":status", "299",
                  "date", "Thu, 01 Jan 1970 00:00:00 GMT",
                  "content-length", "3",
                  "x-note", "caf\u00e9"));
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2}, length <{3}>")
  @CsvSource({
    "GET, /empty, 200, 0",
    "GET, /none, 204, null",
    "GET, /none/with-body, 204, null",
    "GET, /not-modified, 304, null",
    "HEAD, /a, 200, 8",
    "HEAD, /empty, 200, null",
    "HEAD, /length, 200, 1234",
    "HEAD, /large, 200, 3000000",
    "HEAD, /refuse, 404, 2",
  })
  void a_response_without_content_has_the_length_it_should(
      String method, String path, int status, String length) throws IOException {
    try (H2Client client = http2()) {
      client.request(1, true, method, path);
      assertThat(client.outcome(1)).isEqualTo(status + " ");
      assertThat(client.field(1, "content-length")).isEqualTo(length);
    }
  }

  @Test
  void requests_of_a_connection_are_answered_as_they_are_ready() throws Exception {
    try (H2Client client = http2()) {
      client.get(1, "/wait").get(3, "/a");
      assertThat(client.outcome(3)).isEqualTo("200 GET /a ");
      server.release();
      assertThat(client.outcome(1)).isEqualTo("200 waited");
    }
  }

  @Test
  void a_large_response_waits_for_the_windows() throws Exception {
    try (H2Client client = http2()) {
      client.get(1, "/large").get(3, "/refuse/large");
      assertThat(client.outcome(1)).hasSize(TestServer.LARGE + 4);
      if (client.received(3) < TestServer.LARGE) {
        assertThat(client.outcome(3)).hasSize(TestServer.LARGE + 4);
      }
      assertThat(List.of(server.nextCompleted(), server.nextCompleted()))
          .containsExactlyInAnyOrder(
              new Completed("/large", 200, TestServer.LARGE, false),
              new Completed("/refuse/large", 404, TestServer.LARGE, false));
      eventually("nothing waits", () -> server.transport.shared.unread().bytes() == 0);
    }
  }

  @Test
  void a_body_may_wait_for_a_100() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/a", "expect", "100-continue");
      H2Client.Frame frame = client.read();
      while (frame.type() != H2Client.HEADERS) {
        frame = client.read();
      }
      assertThat(frame.flags()).isEqualTo(H2Client.END_HEADERS);
      client.data(1, true, "ok");
      // The block of the 100 was not decoded, and changed nothing that the next one needs.
      assertThat(client.outcome(1)).isEqualTo("200 POST /a ok");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/throw/work", "/throw/error", "/throw/decide", "/throw/decide/error", "/json"})
  void what_should_not_happen_is_a_500_of_one_stream(String path) throws Exception {
    try (H2Client client = http2()) {
      client.get(1, path).get(3, "/a");
      assertThat(client.outcome(1)).isEqualTo("500 ");
      client.get(5, "/b");
      assertThat(client.outcome(5)).isEqualTo("200 GET /b ");
    }
  }

  @Nested
  class A_client_that_stops {

    @Test
    void a_stream_is_told_as_aborted() throws Exception {
      try (H2Client client = http2()) {
        client.get(1, "/wait");
        server.nextRequest();
        client.cancel(1);
        assertThat(server.nextCompleted()).isEqualTo(new Completed("/wait", 0, 0, true));
        server.release();
        client.get(3, "/a");
        assertThat(client.outcome(3)).isEqualTo("200 GET /a ");
      }
    }

    @Test
    void a_response_is_told_as_aborted() throws Exception {
      try (H2Client client = http2()) {
        client.takes = false;
        client.get(1, "/large");
        eventually("it waits", () -> server.transport.shared.unread().bytes() > 0);
        client.cancel(1);
        Completed completed = server.nextCompleted();
        assertThat(completed.aborted()).isTrue();
        assertThat(completed.status()).isEqualTo(200);
        eventually("nothing waits", () -> server.transport.shared.unread().bytes() == 0);
      }
    }

    @Test
    void everything_is_told_as_aborted_and_nothing_is_held() throws Exception {
      try (H2Client client = http2()) {
        client.get(1, "/wait").request(3, false, "POST", "/a").data(3, false, "x".repeat(9_000));
        server.nextRequest();
        server.nextRequest();
        eventually("a body is held", () -> server.transport.bufferedBytes() > 0);
        client.reset();
        assertThat(server.nextCompleted().aborted()).isTrue();
        assertThat(server.nextCompleted().aborted()).isTrue();
        server.release();
        eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
        eventually("it is gone", () -> server.transport.connections() == 0);
      }
    }
  }

  @Nested
  class Limits {

    private String outcome(boolean end, String method, String path, String... more)
        throws IOException {
      try (H2Client client = http2()) {
        client.request(1, end, method, path, more);
        String outcome = client.outcome(1);
        client.get(3, "/next");
        assertThat(client.outcome(3)).isEqualTo("200 GET /next ");
        return outcome;
      }
    }

    @Test
    void of_a_target() throws IOException {
      assertThat(outcome(true, "GET", "/" + "x".repeat(8_192)))
          .isEqualTo("414 the request target is longer than 8192 octets");
      assertThat(outcome(true, "GET", "/" + "x".repeat(8_191))).startsWith("200 GET /xx");
    }

    private static final String TOO_LARGE =
        "431 the header fields are more than 100 or larger than 16384 octets";

    @Test
    void of_all_fields() throws IOException {
      assertThat(outcome(true, "GET", "/a", "x", "y".repeat(16_380))).isEqualTo(TOO_LARGE);
      assertThat(outcome(true, "GET", "/a", "x", "y".repeat(16_379))).isEqualTo("200 GET /a ");
    }

    @Test
    void of_the_number_of_fields() throws IOException {
      String[] fields = new String[202];
      for (int i = 0; i < 101; i++) {
        fields[2 * i] = "x";
        fields[2 * i + 1] = "y";
      }
      assertThat(outcome(true, "GET", "/a", fields)).isEqualTo(TOO_LARGE);
      assertThat(outcome(true, "GET", "/a", java.util.Arrays.copyOf(fields, 200)))
          .isEqualTo("200 GET /a ");
    }

    /** More than the list of fields that the server says it takes. */
    @Test
    void of_what_is_kept_of_a_head() throws IOException {
      String large = "y".repeat(8_000);
      assertThat(outcome(true, "GET", "/a", "x", large, "x", large, "x", large, "x", large))
          .isEqualTo(TOO_LARGE);
    }

    @Test
    void of_a_body_that_is_announced() throws IOException {
      assertThat(outcome(false, "POST", "/a", "content-length", "100001"))
          .isEqualTo("413 too large: 100001");
    }

    @Test
    void of_a_body_that_comes() throws Exception {
      try (H2Client client = http2()) {
        client.request(1, false, "POST", "/a");
        for (int i = 0; i < 13; i++) {
          client.data(1, false, "x".repeat(8_000));
        }
        assertThat(client.outcome(1)).isEqualTo("413 too large: -1");
        assertThat(client.outcome(1)).isEqualTo("RST NO_ERROR");
        client.data(1, true, "more").get(3, "/next");
        assertThat(client.outcome(3)).isEqualTo("200 GET /next ");
        eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
      }
    }

    @Test
    void of_all_bodies() throws Exception {
      settings.bufferedBytes = 30_000;
      restart();
      try (H2Client one = http2();
          H2Client two = http2()) {
        one.request(1, false, "POST", "/wait").data(1, false, "x".repeat(12_000));
        one.data(1, true, "x".repeat(12_000));
        server.nextRequest();
        eventually("it is held", () -> server.transport.bufferedBytes() >= 24_000);
        two.request(1, false, "POST", "/a").data(1, false, "x".repeat(8_000));
        assertThat(two.outcome(1)).isEqualTo("503 the server holds as much of requests as it can");
        assertThat(two.field(1, "retry-after")).isEqualTo("1");
        server.release();
        assertThat(one.outcome(1)).isEqualTo("200 waited");
        eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
      }
    }

    @Test
    void of_all_heads() throws Exception {
      settings.bufferedBytes = 30_000;
      restart();
      try (H2Client client = http2()) {
        for (int stream = 1; stream <= 7; stream += 2) {
          client.request(stream, true, "GET", "/wait", "x", "y".repeat(4_000));
        }
        assertThat(client.outcome(7))
            .isEqualTo("503 the server holds as much of requests as it can");
        assertThat(server.transport.bufferedBytes()).isBetween(15_000L, 30_000L);
        server.release();
        assertThat(client.outcome(1)).isEqualTo("200 waited");
        eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
      }
    }

    @Test
    void of_trailers() throws Exception {
      try (H2Client client = http2()) {
        client.request(1, false, "POST", "/a");
        client.headers(1, true, "x", "y".repeat(8_188));
        assertThat(client.outcome(1))
            .isEqualTo("400 the trailer fields of a body have at most 8192 octets");
        client.request(3, false, "POST", "/a");
        client.headers(3, true, "x", "y".repeat(8_187));
        assertThat(client.outcome(3)).isEqualTo("200 POST /a ");
      }
    }

    @Test
    void of_unread_responses() throws Exception {
      settings.bufferedBytes = TestServer.LARGE / 3 * 7;
      restart();
      try (H2Client client = http2()) {
        client.takes = false;
        client.get(1, "/large?1");
        eventually("it waits", () -> server.transport.shared.unread().bytes() > TestServer.LARGE);
        server.nextRequest();
        try (H2Client other = http2()) {
          int stream = 1;
          String outcome = other.get(stream, "/large?2").outcome(stream);
          assertThat(outcome).isEqualTo("503 " + INSTEAD);
          assertThat(other.field(stream, "retry-after")).isEqualTo("1");
          assertThat(server.nextCompleted())
              .isEqualTo(new Completed("/large?2", 503, INSTEAD.length(), false));
          assertThat(server.transport.shared.unread().bytes()).isGreaterThan(TestServer.LARGE);
          long began = System.nanoTime();
          while (outcome.startsWith("503") && isRecent(began)) {
            stream += 2;
            outcome = other.get(stream, "/large").outcome(stream);
          }
          assertThat(outcome).hasSize("200 ".length() + TestServer.LARGE);
        }
        assertThat(client.outcome(1)).isEqualTo("RST ENHANCE_YOUR_CALM");
        assertThat(client.get(3, "/empty").outcome(3)).isEqualTo("200 ");
      }
      eventually("it is gone", () -> server.transport.connections() == 0);
      eventually("nothing waits", () -> server.transport.shared.unread().bytes() == 0);
    }

    @Test
    void of_streams() throws Exception {
      try (H2Client client = http2()) {
        for (int stream = 1; stream <= 2 * TransportLimits.CONCURRENT_STREAMS + 1; stream += 2) {
          client.get(stream, "/wait");
        }
        assertThat(client.outcome(2 * TransportLimits.CONCURRENT_STREAMS + 1))
            .isEqualTo("RST REFUSED_STREAM");
        server.release();
        client.outcome(1);
        assertThat(server.decided).hasValue(TransportLimits.CONCURRENT_STREAMS);
      }
    }

    @Test
    void of_requests_on_a_connection() throws Exception {
      settings.requestsPerConnection = 2;
      restart();
      try (H2Client client = http2()) {
        client.get(1, "/a").get(3, "/wait");
        assertThat(client.outcome(1)).isEqualTo("200 GET /a ");
        server.nextRequest();
        server.nextRequest();
        server.release();
        assertThat(client.outcome(3)).isEqualTo("200 waited");
        assertThat(client.outcome(5)).isEqualTo("end");
        assertThat(client.lastStream).isEqualTo(3);
      }
    }
  }

  @Nested
  class Times {

    @Test
    void of_a_body() throws Exception {
      settings.body = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.request(1, false, "POST", "/a").data(1, false, "ab");
        assertThat(client.outcome(1)).isEqualTo("408 the body did not come in time");
        assertThat(client.outcome(1)).isEqualTo("RST NO_ERROR");
        client.get(3, "/a");
        assertThat(client.outcome(3)).isEqualTo("200 GET /a ");
      }
    }

    @Test
    void that_each_kib_of_a_body_earns() throws Exception {
      settings.body = SHORT;
      settings.bodyPerKib = Duration.ofSeconds(60);
      restart();
      try (H2Client client = http2()) {
        client.request(1, false, "POST", "/a").data(1, false, "x".repeat(1024));
        server.nextRequest();
        LockSupport.parkNanos(SHORT.toNanos() * 3);
        client.data(1, true, "");
        assertThat(client.outcome(1)).startsWith("200 ");
      }
    }

    @Test
    void of_a_head_that_does_not_end() throws Exception {
      settings.head = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.acknowledges = false;
        byte[] block = client.block(":method", "GET", ":path", "/a");
        client.send(H2Client.HEADERS, H2Client.END_STREAM, 1, block);
        assertThat(client.outcome(1)).isEqualTo("GOAWAY ENHANCE_YOUR_CALM");
        assertThat(client.outcome(1)).isEqualTo("end");
      }
    }

    @Test
    void of_a_frame_that_does_not_end() throws Exception {
      settings.head = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.sendOctets((byte) 0, (byte) 0, (byte) 8, (byte) H2Client.PING);
        assertThat(client.outcome(1)).isEqualTo("GOAWAY ENHANCE_YOUR_CALM");
      }
    }

    @Test
    void of_a_connection_without_requests() throws Exception {
      settings.idle = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.get(1, "/a");
        assertThat(client.outcome(1)).isEqualTo("200 GET /a ");
        assertThat(client.outcome(3)).isEqualTo("end");
        assertThat(client.lastStream).isEqualTo(1);
      }
    }

    @Test
    void of_work_are_none_of_the_clients() throws Exception {
      settings.head = SHORT;
      settings.body = SHORT;
      settings.idle = SHORT;
      settings.writeStall = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.get(1, "/wait");
        server.nextRequest();
        LockSupport.parkNanos(SHORT.toNanos() * 3);
        server.release();
        assertThat(client.outcome(1)).isEqualTo("200 waited");
      }
    }

    @Test
    void of_a_response_whose_window_stays_shut() throws Exception {
      settings.writeStall = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.takes = false;
        client.get(1, "/large");
        assertThat(client.outcome(1)).isEqualTo("RST CANCEL");
        assertThat(server.nextCompleted().aborted()).isTrue();
        client.send(H2Client.WINDOW_UPDATE, 0, 0, (byte) 0, (byte) 0, (byte) 90, (byte) 0);
        client.get(3, "/a");
        assertThat(client.outcome(3)).isEqualTo("200 GET /a ");
      }
    }

    /** What keeps a window from being larger than 0 lets nothing through, however it changes. */
    @Test
    void of_a_response_whose_window_changes_below_nothing() throws Exception {
      settings.writeStall = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.takes = false;
        client.send(H2Client.SETTINGS, 0, 0, setting(4, 10)).get(1, "/large");
        Thread changing = meanwhile(i -> client.send(H2Client.SETTINGS, 0, 0, setting(4, i % 2)));
        assertThat(client.outcome(1)).isEqualTo("RST CANCEL");
        stop(changing);
        assertThat(client.received(1)).isLessThanOrEqualTo(10);
      }
    }

    @Test
    void of_a_response_whose_window_grows_while_that_of_the_connection_is_shut() throws Exception {
      settings.writeStall = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.takes = false;
        client.get(1, "/large");
        Thread changing = meanwhile(_ -> client.send(H2Client.WINDOW_UPDATE, 0, 1, number(1)));
        assertThat(client.outcome(1)).isEqualTo("RST CANCEL");
        stop(changing);
        assertThat(client.received(1)).isEqualTo(65_535);
      }
    }

    /** A window that opens by an octet at a time lets through less than the slowest rate. */
    @Test
    void of_responses_that_are_let_through_by_single_octets() throws Exception {
      settings.writeStall = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.takes = false;
        client.send(H2Client.SETTINGS, 0, 0, setting(4, 10)).get(1, "/large").get(3, "/large");
        client.send(H2Client.WINDOW_UPDATE, 0, 3, number(100_000));
        Thread opening =
            meanwhile(_ -> {
              client.send(H2Client.WINDOW_UPDATE, 0, 1, number(1));
              client.send(H2Client.WINDOW_UPDATE, 0, 0, number(1));
            });
        assertThat(client.outcome(1)).isEqualTo("RST CANCEL");
        stop(opening);
      }
    }

    /** Requests that have not ended take nothing of what the client reads. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void of_a_response_beside_which_many_requests_are_open() throws Exception {
      settings.writeStall = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.takes = false;
        client.send(H2Client.SETTINGS, 0, 0, setting(4, 10)).get(1, "/large");
        for (int stream = 3; stream < 150; stream += 2) {
          client.request(stream, false, "POST", "/a");
        }
        Thread opening = meanwhile(_ -> client.send(H2Client.WINDOW_UPDATE, 0, 1, number(1)));
        assertThat(client.outcome(1)).isEqualTo("RST CANCEL");
        stop(opening);
      }
    }

    /** Streams share what a client reads: none is too slow because there are many. */
    @Test
    void are_those_of_the_connection_where_many_streams_share_it() throws Exception {
      assume(eventLoops == EventLoops.EPOLL, "the kernel takes megabytes without epoll");
      settings.writeStall = Duration.ofSeconds(1);
      settings.writePerKib = Duration.ofMillis(20); // 50 KiB a second
      settings.bufferedBytes = 100_000_000;
      restart();
      try (H2Client client = http2(4096)) {
        client.takes = false;
        for (int stream = 1; stream < 40; stream += 2) {
          client.get(stream, "/large");
        }
        client.send(H2Client.WINDOW_UPDATE, 0, 0, number(5_000_000 - 65_535));
        for (int stream = 1; stream < 40; stream += 2) {
          client.send(H2Client.WINDOW_UPDATE, 0, stream, number(184_465));
        }
        long began = System.nanoTime();
        for (long read = 0; read < 700_000; read += client.read().payload().length) {
          long due = began + read * 5_000; // 200 KB a second
          LockSupport.parkNanos(due - System.nanoTime());
        }
        assertThat(server.completed).isEmpty();
      }
    }

    /** Answers to pings come behind what is not read, and are no sign that anything is. */
    @Test
    void of_a_client_that_reads_nothing_and_asks_whether_the_server_is_there() throws Exception {
      settings.writeStall = SHORT;
      restart();
      try (H2Client client = http2(4096)) {
        client.takes = false;
        byte[] all = number(Integer.MAX_VALUE - 70_000);
        client.send(H2Client.WINDOW_UPDATE, 0, 0, all).get(1, "/large");
        client.send(H2Client.WINDOW_UPDATE, 0, 1, all);
        Thread asking = meanwhile(_ -> client.send(H2Client.PING, 0, 0, new byte[8]));
        assertThat(server.nextCompleted().aborted()).isTrue();
        eventually("it is closed", () -> server.transport.connections() == 0);
        stop(asking);
      }
    }

    private interface Sending {
      void send(int i) throws IOException;
    }

    /** Sends again and again until it is stopped, or cannot. */
    private Thread meanwhile(Sending sending) {
      return Thread.ofPlatform()
          .start(() -> {
            try {
              for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                sending.send(i);
                LockSupport.parkNanos(Duration.ofMillis(12).toNanos());
              }
            } catch (IOException e) {
              // The server has closed the connection.
            }
          });
    }

    private void stop(Thread thread) throws InterruptedException {
      thread.interrupt();
      thread.join();
    }

    private byte[] number(int number) {
      return ByteBuffer.allocate(4).putInt(number).array();
    }

    private byte[] setting(int name, int value) {
      return ByteBuffer.allocate(6).putShort((short) name).putInt(value).array();
    }

    @Test
    void of_a_client_that_reads_nothing() throws Exception {
      settings.writeStall = SHORT;
      restart();
      try (CapturedLog log = new CapturedLog("io.netty");
          H2Client client = http2(4096)) {
        byte[] all = ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE - 70_000).array();
        client.send(H2Client.WINDOW_UPDATE, 0, 0, all).get(1, "/large");
        client.send(H2Client.WINDOW_UPDATE, 0, 1, all);
        assertThat(server.nextCompleted().aborted()).isTrue();
        eventually("it is closed", () -> server.transport.connections() == 0);
        assertThat(log.about("")).isEmpty();
      }
    }
  }

  @Nested
  class The_end_of_the_server {

    @Test
    void lets_streams_finish() throws Exception {
      Thread draining;
      try (H2Client client = http2()) {
        client.get(1, "/wait");
        server.nextRequest();
        draining = Thread.ofPlatform().start(() -> server.transport.drain(Duration.ofSeconds(20)));
        eventually("it drains", () -> server.transport.shared.isDraining());
        client.get(3, "/a");
        assertThat(client.outcome(3)).isEqualTo("200 GET /a ");
        server.release();
        assertThat(client.outcome(1)).isEqualTo("200 waited");
        assertThat(client.outcome(5)).isEqualTo("end");
        assertThat(client.lastStream).isEqualTo(3);
      }
      draining.join();
    }

    @Test
    void closes_idle_connections() throws Exception {
      settings.drainGrace = SHORT;
      restart();
      try (H2Client client = http2()) {
        client.get(1, "/a");
        client.outcome(1);
        assertThat(server.transport.drain(Duration.ofSeconds(20))).isTrue();
        assertThat(client.outcome(3)).isEqualTo("end");
        assertThat(client.lastStream).isEqualTo(1);
      }
    }
  }
}
