package io.brrtrouter.server.transport;

import static io.brrtrouter.server.transport.H2Client.CONTINUATION;
import static io.brrtrouter.server.transport.H2Client.DATA;
import static io.brrtrouter.server.transport.H2Client.END_HEADERS;
import static io.brrtrouter.server.transport.H2Client.HEADERS;
import static io.brrtrouter.server.transport.H2Client.PING;
import static io.brrtrouter.server.transport.H2Client.PRIORITY;
import static io.brrtrouter.server.transport.H2Client.SETTINGS;
import static io.brrtrouter.server.transport.H2Client.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.transport.RawClient.Answer;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RFC 9113 does not let a client do, section by section. */
class Http2RulesTest extends ServerTest {
  private static final String BAD = "RST PROTOCOL_ERROR";

  /** A stream that no test opens: what is asked about it is what becomes of the connection. */
  private static final int NONE = 9_999;

  private H2Client http2() throws IOException {
    return new H2Client(client());
  }

  /**
   * Fields are written as {@code name=value}, with {@code ~} for a space and {@code ^} for CR, !
   * for NUL, | for LF.
   */
  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource({
    // Section 8.1.1: content.
    "8.1.1, content-length=5, 'abc', RST PROTOCOL_ERROR",
    "8.1.1, content-length=2, 'abc', RST PROTOCOL_ERROR",
    "8.1.1, content-length=1, , RST PROTOCOL_ERROR",
    "8.1.1, content-length=3;content-length=4, 'abc', RST PROTOCOL_ERROR",
    "8.1.1, 'content-length=3, 4', 'abc', RST PROTOCOL_ERROR",
    "8.1.1, content-length=3;content-length=3, 'abc', 200 POST /a abc",
    "8.1.1, 'content-length=3, 3', 'abc', 200 POST /a abc",
    "8.1.1, content-length=3, 'abc', 200 POST /a abc",
    "8.1.1, content-length=0, , '200 POST /a '",
    "8.1.1, content-length=, , RST PROTOCOL_ERROR",
    "8.1.1, content-length=-1, , RST PROTOCOL_ERROR",
    "8.1.1, content-length=+3, 'abc', RST PROTOCOL_ERROR",
    // Section 8.2.1: names and values.
    "8.2, X-Capital=a, , RST PROTOCOL_ERROR",
    "8.2.1, x y=a, , RST PROTOCOL_ERROR",
    "8.2.1, x:y=a, , RST PROTOCOL_ERROR",
    "8.2.1, x=~a, , RST PROTOCOL_ERROR",
    "8.2.1, x=a~, , RST PROTOCOL_ERROR",
    "8.2.1, x=a^b, , RST PROTOCOL_ERROR",
    "8.2.1, x=a!b, , RST PROTOCOL_ERROR",
    "8.2.1, x=a|b, , RST PROTOCOL_ERROR",
    "8.2.1, x=, , '200 POST /a '",
    // Section 8.2.2: fields about the connection.
    "8.2.2, connection=close, , RST PROTOCOL_ERROR",
    "8.2.2, keep-alive=5, , RST PROTOCOL_ERROR",
    "8.2.2, proxy-connection=close, , RST PROTOCOL_ERROR",
    "8.2.2, transfer-encoding=chunked, , RST PROTOCOL_ERROR",
    "8.2.2, upgrade=h2c, , RST PROTOCOL_ERROR",
    "8.2.2, te=gzip, , RST PROTOCOL_ERROR",
    "8.2.2, 'te=trailers, gzip', , RST PROTOCOL_ERROR",
    "8.2.2, te=trailers, , '200 POST /a '",
    // Section 8.3: pseudo-header fields behind others, unknown ones, and those of responses.
    "8.3, x=a;:path=/b, , RST PROTOCOL_ERROR",
    "8.3, :path=/b, , RST PROTOCOL_ERROR",
    "8.3, :method=GET, , RST PROTOCOL_ERROR",
    "8.3, :authority=z, , RST PROTOCOL_ERROR",
    "8.3, :unknown=a, , RST PROTOCOL_ERROR",
    "8.3, :status=200, , RST PROTOCOL_ERROR",
    // Section 8.3.1: who is asked.
    "8.3.1, host=y, , RST PROTOCOL_ERROR",
    "8.3.1, host=X, , '200 POST /a '",
    // What a server of HTTP/1 refuses too is answered.
    "9110 5.3, content-type=a/b;content-type=a/b, , 400 a request has at most one Content-Type field",
    "9110 10.1.1, expect=magic, , 417 the only expectation the server meets is 100-continue",
  })
  void a_field(String section, String fields, String content, String expected) throws IOException {
    String[] pairs = fields.split(";");
    String[] all = new String[2 * pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      int equals = pairs[i].indexOf('=');
      all[2 * i] = pairs[i].substring(0, equals);
      all[2 * i + 1] =
          pairs[i]
              .substring(equals + 1)
              .replace('~', ' ')
              .replace('^', '\r')
              .replace('!', '\0')
              .replace('|', '\n');
    }
    try (H2Client client = http2()) {
      client.request(1, content == null, "POST", "/a", all);
      if (content != null) {
        client.data(1, true, content);
      }
      assertThat(client.outcome(1)).isEqualTo(expected);
      client.get(3, "/next");
      assertThat(client.outcome(3)).isEqualTo("200 GET /next ");
    }
  }

  /** Section 5.1: what was on its way when a stream was reset is ignored. */
  @ParameterizedTest
  @CsvSource({
    "te, gzip, /a, RST PROTOCOL_ERROR",
    "X-Capital, a, /a, RST PROTOCOL_ERROR",
    "x, ' a', /a, RST PROTOCOL_ERROR",
    "host, another, /a, RST PROTOCOL_ERROR",
    "x, a, /refuse, 404 no",
  })
  void the_rest_of_a_request_that_is_refused_is_of_no_interest(
      String name, String value, String path, String expected) throws Exception {
    try (H2Client client = http2()) {
      client.get(1, "/wait");
      server.nextRequest();
      client.request(3, false, "POST", path, name, value);
      assertThat(client.outcome(3)).isEqualTo(expected);
      client.data(3, false, "one").send(DATA, 0, 3).data(3, false, "two");
      client.send(WINDOW_UPDATE, 0, 3, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
      client.headers(3, true, "digest", "x").cancel(3);
      assertThat(client.get(5, "/a").outcome(5)).isEqualTo("200 GET /a ");
      assertThat(client.resets).isEqualTo(java.util.Map.of(3, 1));
      server.release();
      assertThat(client.outcome(1)).isEqualTo("200 waited");
    }
  }

  /**
   * Section 8.1: uploads that are answered before they end, as those of many clients of a proxy.
   */
  @Test
  void what_was_on_its_way_of_many_requests_is_of_no_interest() throws Exception {
    try (H2Client client = http2()) {
      int requests = 2 * TransportLimits.RESET_STREAMS;
      for (int i = 0; i < requests; i++) {
        int stream = 2 * i + 1;
        client.request(stream, false, "POST", "/refuse");
        assertThat(client.outcome(stream)).isEqualTo("404 no");
        for (int frame = 0; frame < ResetStreams.FRAMES_OF_STREAM; frame++) {
          client.data(stream, false, "x");
        }
      }
      int last = 2 * requests + 1;
      assertThat(client.get(last, "/a").outcome(last)).isEqualTo("200 GET /a ");
    }
  }

  @Test
  void a_flood_of_what_is_of_no_interest_ends_the_connection() throws Exception {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/refuse");
      assertThat(client.outcome(1)).isEqualTo("404 no");
      for (int i = 0;
          i <= ResetStreams.FRAMES_OF_STREAM * (TransportLimits.RESET_STREAMS + 1);
          i++) {
        client.data(1, false, "x");
      }
      assertThat(client.get(3, "/a").outcome(3)).isEqualTo("GOAWAY ENHANCE_YOUR_CALM");
    }
  }

  /** Section 5.1.2: before the client knows how many streams it may have. */
  @Test
  void streams_beyond_their_number_do_no_harm_to_the_others() throws Exception {
    try (H2Client client = http2()) {
      for (int stream = 1; stream < 220; stream += 2) {
        client.request(stream, false, "POST", "/wait").data(stream, true, "abc");
      }
      assertThat(client.outcome(219)).isEqualTo("RST REFUSED_STREAM");
      assertThat(client.resets).hasSize(10);
      server.release();
      for (int i = 0; i < 100; i++) {
        assertThat(server.nextCompleted().status()).isEqualTo(200);
      }
      assertThat(client.get(221, "/a").outcome(221)).isEqualTo("200 GET /a ");
      assertThat(client.heads).hasSize(101);
      assertThat(client.resets).hasSize(10);
    }
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3} {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "8.3.1, -, http, x, /a, RST PROTOCOL_ERROR",
        "8.3.1, '', http, x, /a, RST PROTOCOL_ERROR",
        "8.3.1, GET, -, x, /a, RST PROTOCOL_ERROR",
        "8.3.1, GET, http, -, /a, RST PROTOCOL_ERROR",
        "8.3.1, GET, http, '', /a, RST PROTOCOL_ERROR",
        "8.3.1, GET, http, x, -, RST PROTOCOL_ERROR",
        "8.3.1, GET, http, x, '', RST PROTOCOL_ERROR",
        "8.3.1, GET, http, x, a, RST PROTOCOL_ERROR",
        "8.3.1, GET, http, x, http://x/a, RST PROTOCOL_ERROR",
        "8.3.1, OPTIONS, http, x, *, '200 OPTIONS * '",
        "8.3.1, GET, http, x, *, 400 only OPTIONS has the request target *",
        "8.3.1, GET, http, u@x, /a, 400 the host in the Host field has a character that no host has",
        "8.3.1, GET, http, x:99999, /a, 400 the port in the Host field is a number up to 65535",
        "8.3.1, GET, http, x, /a#b, '400 octet 0x23 is not allowed in a request target; percent-encode it'",
        "8.3.1, GET, http, x, /a b, '400 octet 0x20 is not allowed in a request target; percent-encode it'",
        "8.3.1, G T, http, x, /a, 400 octet 0x20 is not allowed in a method",
        "8.3.1, GET, ftp, x, /a, 400 the scheme of a request is http or https",
        "9110 7.4, GET, https, x, /a, 421 an https URI was asked for on a connection that is not encrypted; ask for it over TLS",
        "8.5, CONNECT, -, x, -, 501 the server is no proxy: no CONNECT",
        "8.3.1, get, http, x, /a, '200 get /a '",
      })
  void a_head(
      String section, String method, String scheme, String authority, String path, String expected)
      throws IOException {
    String[] pairs = {":method", method, ":scheme", scheme, ":authority", authority, ":path", path};
    String[] given = new String[8];
    int size = 0;
    for (int i = 0; i < 8; i += 2) {
      if (pairs[i + 1] != null) {
        given[size++] = pairs[i];
        given[size++] = pairs[i + 1];
      }
    }
    try (H2Client client = http2()) {
      client.headers(1, true, java.util.Arrays.copyOf(given, size));
      assertThat(client.outcome(1)).isEqualTo(expected);
      client.get(3, "/next");
      assertThat(client.outcome(3)).isEqualTo("200 GET /next ");
    }
  }

  @Test
  void a_host_field_names_the_authority_where_nothing_else_does() throws Exception {
    try (H2Client client = http2()) {
      client.headers(1, true, ":method", "GET", ":scheme", "http", ":path", "/a", "host", "y");
      assertThat(client.outcome(1)).isEqualTo("200 GET /a ");
      assertThat(server.nextRequest().headers()).hasToString("host: y\n");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({":path=/a", "Upper=a", "connection=close"})
  void trailers_have_fields_of_content_only(String field) throws IOException {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/a");
      client.headers(1, true, field.split("=")[0], field.split("=")[1]);
      assertThat(client.outcome(1)).isEqualTo(BAD);
    }
  }

  @Test
  void trailers_end_a_stream() throws IOException {
    try (H2Client client = http2()) {
      client.request(1, false, "POST", "/a").headers(1, false, "x", "y");
      assertThat(client.outcome(1)).isEqualTo(BAD);
    }
  }

  /** Sends frames that a connection does not survive. */
  private interface Sent {
    void by(H2Client client) throws IOException;
  }

  private String outcome(Sent sent) throws IOException {
    try (H2Client client = http2()) {
      client.acknowledges = false;
      try {
        sent.by(client);
      } catch (SocketException closed) {
        // The server has said what there is to say, and more was sent.
      }
      String outcome = client.outcome(NONE);
      assertThat(client.outcome(NONE)).isEqualTo("end");
      return outcome;
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "4.1, a frame of another stream within a head, PROTOCOL_ERROR",
    "4.2, a frame that is too large, FRAME_SIZE_ERROR",
    "4.3, a head that is not compressed, COMPRESSION_ERROR",
    "5.1, content of a stream that was not opened, PROTOCOL_ERROR",
    "5.1.1, a stream of an even number, PROTOCOL_ERROR",
    "6.1, content of no stream, PROTOCOL_ERROR",
    "6.4, a reset of a stream that was not opened, PROTOCOL_ERROR",
    "6.5, settings of half a setting, FRAME_SIZE_ERROR",
    "6.5, settings of a stream, PROTOCOL_ERROR",
    "6.5.2, a window that is too large, FLOW_CONTROL_ERROR",
    "6.6, a promise, PROTOCOL_ERROR",
    "6.7, a ping of seven octets, FRAME_SIZE_ERROR",
    "6.9, a window that grows by nothing, PROTOCOL_ERROR",
    "6.9.1, a window that grows beyond its size, FLOW_CONTROL_ERROR",
    "6.10, a continuation of nothing, PROTOCOL_ERROR",
    "10.5, 3000 pings, ENHANCE_YOUR_CALM",
    "10.5, 3000 settings, ENHANCE_YOUR_CALM",
    "10.5, 3000 priorities, ENHANCE_YOUR_CALM",
    "10.5, 3000 windows that grow, ENHANCE_YOUR_CALM",
    "10.5, 3000 frames unknown, ENHANCE_YOUR_CALM",
    "10.5, 300 streams that are reset, ENHANCE_YOUR_CALM",
    "10.5, 300 streams that are malformed, ENHANCE_YOUR_CALM",
    "10.5, 20000 frames of a stream that was reset, ENHANCE_YOUR_CALM",
    "10.5, 300 small continuations, ENHANCE_YOUR_CALM",
    "10.5, 300 empty frames of content, ENHANCE_YOUR_CALM",
  })
  void a_connection_does_not_survive(String section, String what, String why) throws IOException {
    assertThat(outcome(client -> send(client, what))).isEqualTo("GOAWAY " + why);
  }

  private static void send(H2Client client, String what) throws IOException {
    byte[] head =
        what.contains("malformed") || what.contains("was reset")
            ? new byte[0]
            : client.block(":method", "POST", ":scheme", "http", ":path", "/a", ":authority", "x");
    byte[] four = {0, 0, 0, 1};
    switch (what) {
      case "a frame of another stream within a head" ->
          client.send(HEADERS, 0, 1, head).send(PING, 0, 0, new byte[8]);
      case "a frame that is too large" -> client.send(DATA, 0, 1, new byte[16_385]);
      case "a head that is not compressed" ->
          client.send(HEADERS, END_HEADERS, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF);
      case "content of a stream that was not opened" -> client.data(1, true, "x");
      case "a stream of an even number" -> client.head(2, true, head);
      case "content of no stream" -> client.data(0, true, "x");
      case "a reset of a stream that was not opened" -> client.cancel(1);
      case "settings of half a setting" -> client.send(SETTINGS, 0, 0, new byte[3]);
      case "settings of a stream" -> client.send(SETTINGS, 0, 1);
      case "a window that is too large" ->
          client.send(
              SETTINGS, 0, 0, (byte) 0, (byte) 4, (byte) 0x80, (byte) 0, (byte) 0, (byte) 0);
      case "a promise" -> client.head(1, false, head).send(5, END_HEADERS, 1, four);
      case "a ping of seven octets" -> client.send(PING, 0, 0, new byte[7]);
      case "a window that grows by nothing" -> client.send(WINDOW_UPDATE, 0, 0, new byte[4]);
      case "a window that grows beyond its size" ->
          client.send(WINDOW_UPDATE, 0, 0, (byte) 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF);
      case "a continuation of nothing" -> client.send(CONTINUATION, END_HEADERS, 1, head);
      default -> {
        int times = Integer.parseInt(what.substring(0, what.indexOf(' ')));
        if (what.contains("continuation")) {
          client.send(HEADERS, 0, 1, head);
        } else if (what.contains("was reset")) {
          client.request(1, false, "POST", "/a", "te", "gzip");
        } else if (what.contains("empty")) {
          client.head(1, false, head);
        }
        for (int i = 0; i < times; i++) {
          flood(client, what, 2 * i + 1, head);
        }
      }
    }
  }

  private static void flood(H2Client client, String what, int stream, byte[] head)
      throws IOException {
    switch (what.substring(what.indexOf(' ') + 1)) {
      case "pings" -> client.send(PING, 0, 0, new byte[8]);
      case "settings" -> client.send(SETTINGS, 0, 0);
      case "windows that grow" ->
          client.send(WINDOW_UPDATE, 0, 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
      case "priorities" -> client.send(PRIORITY, 0, 1, new byte[5]);
      case "frames unknown" -> client.send(0x77, 0, 0);
      case "streams that are reset" -> client.head(stream, false, head).cancel(stream);
      case "streams that are malformed" ->
          client.headers(stream, true, ":method", "GET", ":path", "/a");
      case "frames of a stream that was reset" -> client.data(1, false, "x");
      case "small continuations" -> client.send(CONTINUATION, 0, 1, (byte) 0);
      case "empty frames of content" -> client.send(DATA, 0, 1);
      default -> throw new AssertionError(what);
    }
  }

  /** There is a reason for as many windows as what is read fills. */
  @Test
  void a_client_may_open_windows_again_and_again_for_what_it_reads() throws Exception {
    try (H2Client client = http2()) {
      client.takes = false;
      client.get(1, "/large");
      for (int read = 0; client.received(1) < TestServer.LARGE; ) {
        assertThat(client.readOne()).isNotNull();
        for (; read + 100 <= client.received(1); read += 100) {
          byte[] octets = {0, 0, 0, 100};
          client.send(WINDOW_UPDATE, 0, 0, octets).send(WINDOW_UPDATE, 0, 1, octets);
        }
      }
      client.get(3, "/a");
      assertThat(client.whole(3)).isEqualTo("200 GET /a ");
    }
  }

  /** RFC 9113 section 3.1: the upgrade of HTTP/1.1 is no way to HTTP/2 any more. */
  @Test
  void an_upgrade_is_ignored() throws IOException {
    try (RawClient client = client()) {
      Answer answer =
          client
              .send(
                  "GET /a"
                      + AND
                      + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n")
              .read();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(client.send("GET /b" + END).read().body()).isEqualTo("GET /b ");
    }
  }

  @ParameterizedTest(name = "<{0}>")
  @CsvSource({
    "'PRI * HTTP/2.0|', 408",
    "'PRI * HTTP/2.0||XX||', GOAWAY",
    "'PRI / HTTP/2.0|', 505",
    "'GET / HTTP/2.0|', 505",
    "'PRIZE * HTTP/1.1|Host: x||', 400",
  })
  void what_is_like_the_preface_is_not_it(String sent, String expected) throws Exception {
    settings.head = java.time.Duration.ofMillis(200);
    restart();
    try (RawClient client = client()) {
      String answer = client.send(sent.replace("|", "\r\n")).readToEnd();
      if (expected.equals("GOAWAY") || expected.equals("408")) {
        assertThat(answer.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
            .contains(H2Client.GOAWAY);
      } else {
        assertThat(answer).startsWith("HTTP/1.1 " + expected);
      }
    }
  }

  @Test
  void the_preface_comes_octet_by_octet() throws IOException {
    try (RawClient client = client()) {
      for (char c : H2Client.PREFACE.substring(0, 20).toCharArray()) {
        client.send(String.valueOf(c));
      }
      client.send(H2Client.PREFACE.substring(20) + "\0\0\0\4\0\0\0\0\0");
      assertThat(client.octets(9)).startsWith(0, 0).contains(H2Client.SETTINGS);
    }
  }

  @Test
  void a_preface_where_http_2_is_off_is_a_version_not_supported() throws Exception {
    settings.protocols =
        () -> new Protocols(java.util.Optional.empty(), false, java.util.Optional.empty());
    restart();
    try (RawClient client = client()) {
      assertThat(client.send(H2Client.PREFACE).read().status()).isEqualTo(505);
    }
  }

  @Test
  void a_preface_behind_a_request_is_a_version_not_supported() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /a" + END + H2Client.PREFACE);
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(client.read().status()).isEqualTo(505);
    }
  }

  /** Each takes memory, however small its response: else 100 of each connection would. */
  @Test
  void streams_that_wait_for_a_window_are_reset_when_there_is_no_room_for_more() throws Exception {
    settings.bufferedBytes = 20_000;
    restart();
    try (H2Client client = new H2Client(client())) {
      client.send(H2Client.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
      for (int i = 0; i < 40; i++) {
        client.get(2 * i + 1, "/a");
      }
      assertThat(client.outcome(79)).isEqualTo("RST ENHANCE_YOUR_CALM");
      assertThat(client.resets).hasSizeBetween(20, 38);
      assertThat(server.transport.bufferedBytes()).isBetween(10_000L, 20_000L);
    }
    eventually("nothing is held", () -> server.transport.bufferedBytes() == 0);
  }
}
