package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.transport.RawClient.Answer;
import io.brrtrouter.server.transport.TestServer.Completed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests become and how responses are written. */
class ResponseTest extends ServerTest {

  @Test
  void a_request_is_handed_over_as_sent() throws Exception {
    try (RawClient client = client()) {
      client.send("QUERY /%41/?b=%20 HTTP/1.1\r\nHOST: y\r\nX-Two: 1\r\nx-two:  2 \r\n\r\n").read();
      HttpRequest request = server.nextRequest();
      assertThat(request.method()).isSameAs(Method.QUERY);
      assertThat(request.target()).isEqualTo("/%41/?b=%20");
      assertThat(request.version()).isEqualTo("HTTP/1.1");
      assertThat(request.headers()).hasToString("HOST: y\nX-Two: 1\nx-two: 2\n");
      assertThat(request.peer().secure()).isEqualTo(settings.protocols.get().tls().isPresent());
      assertThat(((InetSocketAddress) request.peer().address()).getAddress().isLoopbackAddress())
          .isTrue();
    }
  }

  @Test
  void the_authority_of_an_absolute_target_replaces_the_host() throws Exception {
    try (RawClient client = client()) {
      client.send("GET http://y:8/a HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n").read();
      HttpRequest request = server.nextRequest();
      assertThat(request.target()).isEqualTo("/a");
      assertThat(request.headers().all("Host")).containsExactly("y:8");
      client.send("GET /a HTTP/1.0\r\n\r\n").read();
      assertThat(server.nextRequest().version()).isEqualTo("HTTP/1.0");
    }
  }

  @Test
  void a_response_has_a_date_and_a_length_and_does_not_name_the_server() throws IOException {
    try (RawClient client = client()) {
      Answer answer = client.send("GET /a" + END).read();
      assertThat(answer.headers()).containsOnlyKeys("content-type", "content-length", "date");
      assertThat(answer.header("Content-Length")).isEqualTo("7");
      Instant date =
          ZonedDateTime.parse(answer.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant();
      assertThat(date).isCloseTo(Instant.now(), within(20));
    }
  }

  private static org.assertj.core.data.TemporalUnitOffset within(int seconds) {
    return org.assertj.core.api.Assertions.within(seconds, ChronoUnit.SECONDS);
  }

  @Test
  void fields_of_the_framing_are_the_transports_own() throws IOException {
    try (RawClient client = client()) {
      Answer answer = client.send("GET /own" + END).read();
      assertThat(answer.status()).isEqualTo(299);
      assertThat(answer.headers()).containsOnlyKeys("date", "content-length", "x-note");
      assertThat(answer.header("Date")).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
      assertThat(answer.header("X-Note")).isEqualTo("caf\u00e9");
      assertThat(answer.body()).isEqualTo("own");
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2}, length <{3}>")
  @CsvSource({
    "GET, /empty, 200, 0",
    "GET, /none, 204, ''",
    "GET, /none/with-body, 204, ''",
    "GET, /not-modified, 304, ''",
    "HEAD, /a, 200, 8",
    "HEAD, /none, 204, ''",
    "HEAD, /empty, 200, ''",
    "HEAD, /length, 200, 1234",
    "HEAD, /bad-length, 200, ''",
    "GET, /length, 200, 0",
    "HEAD, /large, 200, 3000000",
    "HEAD, /refuse, 404, 2",
  })
  void a_response_without_content_has_the_length_it_should(
      String method, String path, int status, String length) throws IOException {
    try (RawClient client = client()) {
      client.send(method + " " + path + END);
      Answer answer = method.equals("HEAD") ? client.readHead() : client.read();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("Content-Length")).isEqualTo(length);
      assertThat(answer.body()).isEmpty();
      // Nothing is left on the connection that would be taken for the next response.
      assertThat(client.send("GET /next" + END).read().body()).isEqualTo("GET /next ");
    }
  }

  /** As soon as the method is known, whatever is wrong behind it (RFC 9110 section 9.3.2). */
  static Stream<Arguments> malformedHeads() {
    return Stream.of(
        Arguments.of("no Host", "HEAD /a HTTP/1.1\r\n\r\n", 400),
        Arguments.of("a field without name", "HEAD /a HTTP/1.1\r\n: x\r\n\r\n", 400),
        Arguments.of("no target", "HEAD  HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        Arguments.of("two spaces", "HEAD /a  HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        Arguments.of("a control character", "HEAD /\u0000a HTTP/1.1\r\n", 400),
        Arguments.of("an octet beyond ASCII", "HEAD /\u00e9 HTTP/1.1\r\n", 400),
        Arguments.of("HTTP/0.9", "HEAD /a\r\n", 400),
        Arguments.of("a bare LF", "HEAD /a HTTP/1.1\nHost: x\n\n", 400),
        Arguments.of("no version", "HEAD /a HTTQ/1.1\r\nHost: x\r\n\r\n", 400),
        Arguments.of("another version", "HEAD /a HTTP/2.0\r\nHost: x\r\n\r\n", 505),
        Arguments.of("a target without end", "HEAD /" + "a".repeat(20_000), 414),
        Arguments.of("a long target", "HEAD /" + "a".repeat(8192) + " HTTP/1.1\r\n", 414),
        Arguments.of("an empty line before", "\r\nHEAD /a b HTTP/1.1\r\n", 400));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformedHeads")
  void an_error_of_a_head_request_has_no_content(String what, String octets, int status)
      throws IOException {
    try (RawClient client = client()) {
      Answer answer = client.send(octets).readHead();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(client.isEnded()).isTrue();
    }
  }

  /** What was read of another request says nothing about this one. */
  @ParameterizedTest
  @ValueSource(
      strings = {"HEADER /a b HTTP/1.1\r\n", "HEAD\t/a HTTP/1.1\r\n", "head /a b HTTP/1.1\r\n"})
  void an_error_of_what_is_no_head_request_has_content(String octets) throws IOException {
    try (RawClient client = client()) {
      client.send("HEAD /a" + END);
      assertThat(client.readHead().status()).isEqualTo(200);
      Answer answer = client.send(octets).read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isNotEmpty();
      assertThat(client.isEnded()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/large", "/refuse/large"})
  void a_large_response_reaches_a_slow_reader(String path) throws Exception {
    try (RawClient client = server.client(4096)) {
      client.send("GET " + path + END + "GET " + path + END + "GET /next" + END);
      for (int i = 0; i < 2; i++) {
        Answer answer = client.read();
        assertThat(answer.body()).hasSize(TestServer.LARGE);
        assertThat(server.nextCompleted())
            .isEqualTo(new Completed(path, answer.status(), TestServer.LARGE, false));
      }
      assertThat(client.read().body()).isEqualTo("GET /next ");
    }
  }

  @Test
  void each_decision_is_completed_once() throws Exception {
    try (RawClient client = client()) {
      client.send("GET /a" + END + "GET /refuse" + END + "HEAD /a" + END);
      client.read();
      client.read();
      client.readHead();
    }
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/a", 200, 7, false));
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/refuse", 404, 2, false));
    assertThat(server.nextCompleted()).isEqualTo(new Completed("/a", 200, 0, false));
    server.close();
    assertThat(server.completed).isEmpty();
  }

  /** Neither what decides nor what is told of the end leaves it to the next request. */
  @Test
  void an_interruption_of_an_event_loop_ends_with_what_caused_it() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawClient client = client()) {
        assertThat(client.send("GET /interrupt/decide" + END).read().status()).isEqualTo(200);
        for (int j = 0; j < 3; j++) {
          assertThat(client.send("GET /interrupted" + END).read().body()).isEqualTo("false");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/throw/work", "/throw/error", "/throw/decide", "/throw/decide/error", "/json"})
  void what_should_not_happen_is_a_minimal_500_and_the_server_lives_on(String path)
      throws IOException {
    try (RawClient client = client()) {
      Answer answer = client.send("GET " + path + END).read();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
    try (RawClient client = client()) {
      assertThat(client.send("GET /a" + END).read().status()).isEqualTo(200);
    }
  }

  @Test
  void a_refusal_that_cannot_be_rendered_is_a_minimal_500() throws IOException {
    server.failsToRefuse = true;
    try (RawClient client = client()) {
      Answer answer = client.send("POST /a" + AND + "Content-Length: x\r\n\r\n").read();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(client.isEnded()).isTrue();
    }
  }
}
