package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Octets in, status out. Promise 2: every framing error is answered at most once and closes the
 * connection.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramingTest {
  private static final String HOST = "Host: x\r\n";
  private static final String POST = "POST /a HTTP/1.1\r\n" + HOST;
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String NEXT = "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n";

  private TestServer server;

  @BeforeAll
  void start() throws IOException {
    server = new TestServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static Arguments row(String what, String octets, int status, String body) {
    return Arguments.of(what, octets, status, body);
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        row("a simple request", "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n", 200, "GET /a?b=c "),
        row("an HTTP/1.0 request", "GET /a HTTP/1.0\r\n\r\n", 200, "GET /a "),
        row("HTTP/1.0 with Host", "GET /a HTTP/1.0\r\nHost: x\r\n\r\n", 200, "GET /a "),
        row("an empty line before", "\r\nGET /a HTTP/1.1\r\nHost: x\r\n\r\n", 200, "GET /a "),
        row("an unknown method", "PURGE /a HTTP/1.1\r\nHost: x\r\n\r\n", 200, "PURGE /a "),
        row("a method in lower case", "get /a HTTP/1.1\r\nHost: x\r\n\r\n", 200, "get /a "),
        row(
            "raw brackets in a query",
            "GET /a?b[0]=1 HTTP/1.1\r\n" + HOST + "\r\n",
            200,
            "GET /a?b[0]=1 "),
        row("no space after a colon", "GET /a HTTP/1.1\r\nHost:x\r\n\r\n", 200, "GET /a "),
        row(
            "white space around a value",
            "GET /a HTTP/1.1\r\nHost: \t x \t \r\n\r\n",
            200,
            "GET /a "),
        row("an empty value", "GET /a HTTP/1.1\r\nHost: x\r\nA:\r\n\r\n", 200, "GET /a "),
        row("an empty Host", "GET /a HTTP/1.1\r\nHost:\r\n\r\n", 200, "GET /a "),
        row("a Host with port", "GET /a HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 200, "GET /a "),
        row(
            "octets beyond ASCII in a value",
            "GET /a HTTP/1.1\r\n" + HOST + "A: \u00e9\u00ff\r\n\r\n",
            200,
            "GET /a "),
        row(
            "an absolute target",
            "GET http://y:80/a?b HTTP/1.1\r\n" + HOST + "\r\n",
            200,
            "GET /a?b "),
        row(
            "an absolute target without path",
            "GET HTTPS://y HTTP/1.1\r\n" + HOST + "\r\n",
            200,
            "GET / "),
        row(
            "an absolute target with query only",
            "GET http://y?q HTTP/1.1\r\n" + HOST + "\r\n",
            200,
            "GET /?q "),
        row("OPTIONS *", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", 200, "OPTIONS * "),
        row(
            "an absolute OPTIONS *",
            "OPTIONS http://y HTTP/1.1\r\n" + HOST + "\r\n",
            200,
            "OPTIONS * "),
        row("a body of known length", POST + "Content-Length: 3\r\n\r\nabc", 200, "POST /a abc"),
        row(
            "leading zeros in a length",
            POST + "Content-Length: 003\r\n\r\nabc",
            200,
            "POST /a abc"),
        row("a length of 0", POST + "Content-Length: 0\r\n\r\n", 200, "POST /a "),
        row(
            "a body of a GET",
            "GET /a HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\n\r\nx",
            200,
            "GET /a x"),
        row(
            "a chunked body",
            CHUNKED + "3\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\n",
            200,
            "POST /a abc0123456789"),
        row("an empty chunked body", CHUNKED + "0\r\n\r\n", 200, "POST /a "),
        row(
            "chunked in any case",
            POST + "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n",
            200,
            "POST /a "),
        row(
            "chunk extensions",
            CHUNKED + "1;a=b;c=\"d\"\r\nx\r\n1 ;e\r\ny\r\n0;f\r\n\r\n",
            200,
            "POST /a xy"),
        row("trailers", CHUNKED + "1\r\nx\r\n0\r\nA: b\r\nC:\r\n\r\n", 200, "POST /a x"),
        row("Expect in HTTP/1.0", "POST /a HTTP/1.0\r\nExpect: x\r\n\r\n", 200, "POST /a "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void a_request_is_understood(String what, String octets, int status, String body)
      throws IOException {
    try (RawClient client = server.client()) {
      RawClient.Answer answer = client.send(octets).read();
      assertThat(answer.body()).isEqualTo(body);
      assertThat(answer.status()).isEqualTo(status);
    }
    // The same, one octet at a time: where a packet ends makes no difference.
    try (RawClient client = server.client()) {
      for (int i = 0; i < octets.length(); i++) {
        client.send(octets.substring(i, i + 1));
      }
      RawClient.Answer answer = client.read();
      assertThat(answer.body()).isEqualTo(body);
      assertThat(answer.status()).isEqualTo(status);
    }
  }

  private static Arguments bad(String what, String octets, int status, String detail) {
    return Arguments.of(what, octets, status, detail);
  }

  private static Arguments line(String what, String line, int status, String detail) {
    return bad(what, line + "\r\n" + HOST + "\r\n", status, detail);
  }

  private static Arguments field(String what, String field, int status, String detail) {
    return bad(what, POST + field + "\r\n\r\n" + NEXT, status, detail);
  }

  private static Arguments chunks(String what, String body, int status, String detail) {
    return bad(what, CHUNKED + body + NEXT, status, detail);
  }

  private static final String NO_VERSION =
      "a request line ends with \"HTTP/\", two digits with a dot between, and CRLF";
  private static final String ONE_CODING =
      "chunked is the last transfer coding of a request, and once";

  static Stream<Arguments> errors() {
    return Stream.of(
        // request lines
        line("no target and version", "GET", 400, "octet 0x0d is not allowed in a method"),
        line("no version", "GET /a", 400, "a request line ends with \" HTTP/1.1\""),
        line("HTTP/0.9", "GET /a ", 400, NO_VERSION),
        line(
            "two spaces before the target",
            "GET  /a HTTP/1.1",
            400,
            "exactly one space separates the parts of a request line"),
        line("two spaces before the version", "GET /a  HTTP/1.1", 400, NO_VERSION),
        line("a space behind the version", "GET /a HTTP/1.1 ", 400, NO_VERSION),
        line(
            "a tab as separator", "GET\t/a HTTP/1.1", 400, "octet 0x09 is not allowed in a method"),
        line(
            "a tab behind the target",
            "GET /a\tHTTP/1.1",
            400,
            "octet 0x09 is not allowed in a request target; percent-encode it"),
        line(
            "a vertical tab as separator",
            "GET\u000b/a HTTP/1.1",
            400,
            "octet 0x0b is not allowed in a method"),
        line(
            "a bare CR as separator",
            "GET\r/a HTTP/1.1",
            400,
            "octet 0x0d is not allowed in a method"),
        line("white space first", " GET /a HTTP/1.1", 400, "octet 0x20 is not allowed in a method"),
        line(
            "two empty lines before",
            "\r\n\r\nGET /a HTTP/1.1",
            400,
            "octet 0x0d is not allowed in a method"),
        line(
            "a method that is no token",
            "GE(T /a HTTP/1.1",
            400,
            "octet 0x28 is not allowed in a method"),
        line(
            "a NUL in the method",
            "G\u0000T /a HTTP/1.1",
            400,
            "octet 0x00 is not allowed in a method"),
        line(
            "a NUL in the target",
            "GET /a\u0000b HTTP/1.1",
            400,
            "octet 0x00 is not allowed in a request target; percent-encode it"),
        line(
            "an octet beyond ASCII in the target",
            "GET /\u00e9 HTTP/1.1",
            400,
            "octet 0xe9 is not allowed in a request target; percent-encode it"),
        line(
            "DEL in the target",
            "GET /\u007f HTTP/1.1",
            400,
            "octet 0x7f is not allowed in a request target; percent-encode it"),
        line(
            "a fragment",
            "GET /a#b HTTP/1.1",
            400,
            "octet 0x23 is not allowed in a request target; percent-encode it"),
        line("a bare LF behind the version", "GET /a HTTP/1.1\nA: b", 400, NO_VERSION),
        bad("bare LF throughout", "GET /a HTTP/1.1\nHost: x\n\n", 400, NO_VERSION),
        line(
            "a target without slash",
            "GET a HTTP/1.1",
            400,
            "a request target begins with \"/\" or is an http URI"),
        line(
            "a target of another scheme",
            "GET ftp://y/a HTTP/1.1",
            400,
            "a request target begins with \"/\" or is an http URI"),
        line(
            "an absolute target without host",
            "GET http:///a HTTP/1.1",
            400,
            "an http URI has a host"),
        line(
            "user information in a target",
            "GET http://u@y/a HTTP/1.1",
            400,
            "the host in the request target has a character that no host has"),
        line("* of a GET", "GET * HTTP/1.1", 400, "only OPTIONS has the request target *"),
        line("CONNECT", "CONNECT y:80 HTTP/1.1", 501, "the server is no proxy: no CONNECT"),
        line(
            "a target of an authority",
            "GET y:80 HTTP/1.1",
            400,
            "a request target begins with \"/\" or is an http URI"),
        line(
            "a method longer than any",
            "A".repeat(33) + " /a HTTP/1.1",
            501,
            "a method has at most 32 characters"),
        line("HTTP/2.0", "GET /a HTTP/2.0", 505, "the server speaks HTTP/1.1 and HTTP/1.0"),
        line(
            "the preface of HTTP/2",
            "PRI * HTTP/2.0",
            505,
            "the server speaks HTTP/1.1 and HTTP/1.0"),
        line("HTTP/1.2", "GET /a HTTP/1.2", 505, "the server speaks HTTP/1.1 and HTTP/1.0"),
        line(
            "HTTP/0.9 with version",
            "GET /a HTTP/0.9",
            505,
            "the server speaks HTTP/1.1 and HTTP/1.0"),
        line("a version in lower case", "GET /a http/1.1", 400, NO_VERSION),
        line("a long version", "GET /a HTTP/1.10", 400, NO_VERSION),
        line("another protocol", "GET /a ICAP/1.1", 400, NO_VERSION),
        bad(
            "TLS",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            400,
            "octet 0x16 is not allowed in a method"),
        // fields
        bad("no Host", "GET /a HTTP/1.1\r\n\r\n", 400, "an HTTP/1.1 request has a Host field"),
        field("two Hosts", "Host: x", 400, "a request has one Host field"),
        bad(
            "two Hosts in HTTP/1.0",
            "GET /a HTTP/1.0\r\nHost: x\r\nhost: y\r\n\r\n",
            400,
            "a request has one Host field"),
        bad(
            "a Host with a path",
            "GET /a HTTP/1.1\r\nHost: x/y\r\n\r\n",
            400,
            "the host in the Host field has a character that no host has"),
        bad(
            "a Host with a user",
            "GET /a HTTP/1.1\r\nHost: u@x\r\n\r\n",
            400,
            "the host in the Host field has a character that no host has"),
        field(
            "a folded line",
            "A: b\r\n c",
            400,
            "a field line does not begin with white space: folded lines are not accepted"),
        field(
            "a line folded with a tab",
            "A: b\r\n\tc",
            400,
            "a field line does not begin with white space: folded lines are not accepted"),
        bad(
            "white space before the first field",
            "GET /a HTTP/1.1\r\n Host: x\r\n\r\n",
            400,
            "a field line does not begin with white space: folded lines are not accepted"),
        field(
            "a space before a colon",
            "Content-Length : 5",
            400,
            "no white space is allowed between a field name and its colon"),
        field(
            "a tab before a colon",
            "Transfer-Encoding\t: chunked",
            400,
            "no white space is allowed between a field name and its colon"),
        field(
            "a space in a name",
            "Content Length: 5",
            400,
            "no white space is allowed between a field name and its colon"),
        field("no colon", "A", 400, "a field line has a name and a colon"),
        field("no name", ": b", 400, "a field line begins with a name"),
        field(
            "a name that is no token", "A(b: c", 400, "octet 0x28 is not allowed in a field name"),
        field("a NUL in a name", "A\u0000: c", 400, "octet 0x00 is not allowed in a field name"),
        field("a name beyond ASCII", "\u00e9: c", 400, "octet 0xe9 is not allowed in a field name"),
        field("a NUL in a value", "A: b\u0000c", 400, "octet 0x00 is not allowed in a field value"),
        field("a bare CR in a value", "A: b\rc", 400, "octet 0x0d is not allowed in a field value"),
        field(
            "a bare LF in a value",
            "A: b\nContent-Length: 5",
            400,
            "octet 0x0a is not allowed in a field value"),
        field("CR CR LF", "A: b\r", 400, "octet 0x0d is not allowed in a field value"),
        field("DEL in a value", "A: b\u007f", 400, "octet 0x7f is not allowed in a field value"),
        bad(
            "a bare CR for the end of the fields",
            POST + "\rX",
            400,
            "octet 0x0d is not allowed in a field line"),
        bad(
            "a bare LF for the end of the fields",
            POST + "\n",
            400,
            "a field line has a name and a colon"),
        field(
            "another expectation",
            "Expect: 200-ok",
            417,
            "the only expectation the server meets is 100-continue"),
        // lengths and codings
        field(
            "both framings",
            "Content-Length: 4\r\nTransfer-Encoding: chunked",
            400,
            "a request has Content-Length or Transfer-Encoding, not both"),
        field(
            "both framings, the other way round",
            "Transfer-Encoding: chunked\r\nContent-Length: 4",
            400,
            "a request has Content-Length or Transfer-Encoding, not both"),
        field(
            "two lengths",
            "Content-Length: 5\r\nContent-Length: 6",
            400,
            "a request has at most one Content-Length field"),
        field(
            "two equal lengths",
            "Content-Length: 5\r\ncontent-length: 5",
            400,
            "a request has at most one Content-Length field"),
        field(
            "two codings",
            "Transfer-Encoding: gzip, chunked",
            501,
            "the server implements no transfer coding but chunked"),
        field(
            "two codings in two fields",
            "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked",
            501,
            "the server implements no transfer coding but chunked"),
        field("chunked twice", "Transfer-Encoding: chunked, chunked", 400, ONE_CODING),
        field(
            "chunked in two fields",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            400,
            ONE_CODING),
        field("chunked first", "Transfer-Encoding: chunked, identity", 400, ONE_CODING),
        field("another coding", "Transfer-Encoding: gzip", 400, ONE_CODING),
        field("identity", "Transfer-Encoding: identity", 400, ONE_CODING),
        field("chunked with a parameter", "Transfer-Encoding: chunked;q=1", 400, ONE_CODING),
        field("xchunked", "Transfer-Encoding: xchunked", 400, ONE_CODING),
        field("a quoted coding", "Transfer-Encoding: \"chunked\"", 400, ONE_CODING),
        field("no coding", "Transfer-Encoding:", 400, ONE_CODING),
        field(
            "an empty coding",
            "Transfer-Encoding: , chunked",
            400,
            "Transfer-Encoding has an empty transfer coding"),
        field(
            "a vertical tab before chunked",
            "Transfer-Encoding: \u000bchunked",
            400,
            "octet 0x0b is not allowed in a field value"),
        bad(
            "chunked in HTTP/1.0",
            "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            "an HTTP/1.0 request has no Transfer-Encoding"),
        field("a length too large", "Content-Length: 100001", 413, "too large: 100001"),
        field(
            "a length beyond 64 bits",
            "Content-Length: 99999999999999999999999",
            413,
            "too large: 9223372036854775807"),
        // chunks
        chunks(
            "a chunk without size",
            "\r\nabc\r\n",
            400,
            "a chunk begins with its size in hexadecimal digits"),
        chunks(
            "a chunk with an extension only",
            ";a\r\nabc\r\n",
            400,
            "a chunk begins with its size in hexadecimal digits"),
        chunks(
            "a size that is no number",
            "xyz\r\n",
            400,
            "a chunk begins with its size in hexadecimal digits"),
        chunks(
            "a size with a sign",
            "+1\r\nx\r\n",
            400,
            "a chunk begins with its size in hexadecimal digits"),
        chunks(
            "a size below 0",
            "-1\r\nx\r\n",
            400,
            "a chunk begins with its size in hexadecimal digits"),
        chunks("a size with 0x", "0x1\r\nx\r\n", 400, "a chunk size has hexadecimal digits only"),
        chunks(
            "a size with underscore",
            "1_0\r\nx\r\n",
            400,
            "a chunk size has hexadecimal digits only"),
        chunks(
            "white space before a size",
            " 1\r\nx\r\n",
            400,
            "a chunk begins with its size in hexadecimal digits"),
        chunks(
            "white space behind a size",
            "1 \r\nx\r\n",
            400,
            "no white space is allowed behind a chunk size"),
        chunks("a size beyond 32 bits", "100000001\r\n", 400, "a chunk size has at most 8 digits"),
        chunks(
            "a size padded with zeros",
            "000000001\r\nx\r\n",
            400,
            "a chunk size has at most 8 digits"),
        chunks("a size ended by LF", "1\nx\r\n", 400, "a chunk size has hexadecimal digits only"),
        chunks("a size ended by CR", "1\rx\r\n", 400, "a chunk size ends with CRLF"),
        chunks(
            "an extension ended by LF",
            "1;a\nx\r\n",
            400,
            "octet 0x0a is not allowed in a chunk extension"),
        chunks("a bare CR in an extension", "1;a\rb\r\nx\r\n", 400, "a chunk size ends with CRLF"),
        chunks(
            "a NUL in an extension",
            "1;\u0000\r\nx\r\n",
            400,
            "octet 0x00 is not allowed in a chunk extension"),
        chunks("a chunk longer than its size", "1\r\nxy\r\n", 400, "a chunk ends with CRLF"),
        chunks("a chunk ended by LF", "1\r\nx\n0\r\n\r\n", 400, "a chunk ends with CRLF"),
        chunks("a chunk ended by CR", "1\r\nx\r0\r\n\r\n", 400, "a chunk ends with CRLF"),
        chunks("a last chunk ended by CR", "0\r\n\rX", 400, "a chunked body ends with CRLF"),
        chunks(
            "a last chunk ended by LF",
            "0\r\n\n",
            400,
            "octet 0x0a is not allowed in the name of a trailer field"),
        chunks(
            "a folded trailer",
            "0\r\nA: b\r\n c\r\n\r\n",
            400,
            "octet 0x20 is not allowed in the name of a trailer field"),
        chunks(
            "a trailer without colon",
            "0\r\nA\r\n\r\n",
            400,
            "octet 0x0d is not allowed in the name of a trailer field"),
        chunks(
            "a trailer with a bare LF",
            "0\r\nA: b\n\r\n",
            400,
            "octet 0x0a is not allowed in the value of a trailer field"),
        chunks(
            "a trailer with a bare CR",
            "0\r\nA: b\rC\r\n\r\n",
            400,
            "a trailer field ends with CRLF"),
        chunks("a chunk too large", "186A1\r\n", 413, "too large: -1"),
        chunks(
            "chunk extensions too large",
            "1;" + "a".repeat(600) + "\r\nx\r\n1;" + "a".repeat(600) + "\r\nx\r\n",
            400,
            "the chunk extensions of a body have at most 1024 octets"),
        chunks(
            "trailers too large",
            "0\r\n" + ("A: " + "b".repeat(1000) + "\r\n").repeat(9),
            400,
            "the trailer fields of a body have at most 8192 octets"),
        // limits of the head
        line(
            "a target too long",
            "GET /" + "a".repeat(8192) + " HTTP/1.1",
            414,
            "the request target is longer than 8192 octets"),
        bad(
            "a request line without end",
            "GET /" + "a".repeat(9000),
            414,
            "the request target is longer than 8192 octets"),
        field(
            "a field too large",
            "A: " + "b".repeat(16 * 1024),
            431,
            "the header fields are more than 100 or larger than 16384 octets"),
        bad(
            "a field without end",
            POST + "A: " + "b".repeat(17 * 1024),
            431,
            "the header fields are more than 100 or larger than 16384 octets"),
        field(
            "fields too large",
            ("A: " + "b".repeat(500) + "\r\n").repeat(33) + "A: b",
            431,
            "the header fields are more than 100 or larger than 16384 octets"),
        field(
            "too many fields",
            "A: b\r\n".repeat(99) + "A: b",
            431,
            "the header fields are more than 100 or larger than 16384 octets"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("errors")
  void a_framing_error_is_answered_once_and_closes(
      String what, String octets, int status, String detail) throws IOException {
    try (RawClient client = server.client()) {
      RawClient.Answer answer = client.send(octets).read();
      assertThat(answer.body()).isEqualTo(detail);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  /** What is behind the error must not be taken for a request: nothing is ever smuggled. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("errors")
  void a_framing_error_in_pieces_is_the_same(String what, String octets, int status, String detail)
      throws IOException {
    try (RawClient client = server.client()) {
      int step = Math.max(1, octets.length() / 7);
      for (int i = 0; i < octets.length(); i += step) {
        client.send(octets.substring(i, Math.min(octets.length(), i + step)));
      }
      RawClient.Answer answer = client.read();
      assertThat(answer.body()).isEqualTo(detail);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(server.requests).noneMatch(request -> request.target().equals("/smuggled"));
  }
}
