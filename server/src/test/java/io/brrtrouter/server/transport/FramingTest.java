package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
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
        row("a Host with an empty port", "GET /a HTTP/1.1\r\nHost: x:\r\n\r\n", 200, "GET /a "),
        row("a Host with escapes", "GET /a HTTP/1.1\r\nHost: %C3%a9\r\n\r\n", 200, "GET /a "),
        row("the greatest port", "GET /a HTTP/1.1\r\nHost: x:65535\r\n\r\n", 200, "GET /a "),
        row(
            "an IPv4 address in IPv6",
            "GET /a HTTP/1.1\r\nHost: [::ffff:1.2.3.4]\r\n\r\n",
            200,
            "GET /a "),
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
            "GET HTTP://y HTTP/1.1\r\n" + HOST + "\r\n",
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
        row(
            "chunk extensions with white space",
            CHUNKED + "1 \t; \ta \t= \tb; c\t=\t\"\"; d ;e\r\nx\r\n0 ;d;e\r\n\r\n",
            200,
            "POST /a x"),
        row(
            "quoted values of chunk extensions",
            CHUNKED + "1;a=\"\\\";\t=\\\\\";b=\" \"\r\nx\r\n0\r\n\r\n",
            200,
            "POST /a x"),
        row(
            "fields that may come twice",
            "GET /a HTTP/1.1\r\n"
                + HOST
                + "Accept: a/b\r\nAccept: a/b\r\nCookie: a\r\nCookie: a\r\nUser-Agent: a\r\n"
                + "User-Agent: a\r\nIf-Match: *\r\nIf-Match: *\r\nVia: a\r\nVia: a\r\n\r\n",
            200,
            "GET /a "),
        row(
            "a wish to speak HTTP/2",
            "GET /a HTTP/1.1\r\n"
                + HOST
                + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
            200,
            "GET /a "),
        row(
            "a Connection option that names the length",
            POST + "Connection: Content-Length, Host\r\nContent-Length: 3\r\n\r\nabc",
            200,
            "POST /a abc"),
        row(
            "the expectation twice, with empty elements",
            POST + "Expect: ,100-Continue\r\nExpect: 100-continue\r\nExpect:\r\n\r\n",
            200,
            "POST /a "),
        row("an expectation of nothing", POST + "Expect:\r\n\r\n", 200, "POST /a "),
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

  private static Stream<Arguments> rows() {
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
            "an https URI without TLS",
            "GET https://y/a HTTP/1.1",
            421,
            "an https URI was asked for on a connection that is not encrypted; ask for it over"
                + " TLS"),
        line("an https URI without host", "GET HTTPS:///a HTTP/1.1", 400, "an http URI has a host"),
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
            "what is almost the preface of HTTP/2",
            "PRI / HTTP/2.0",
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
        bad(
            "a Host with a port only",
            "GET /a HTTP/1.1\r\nHost: :80\r\n\r\n",
            400,
            "the authority in the Host field has a port but no host"),
        bad(
            "a port beyond 16 bits",
            "GET /a HTTP/1.1\r\nHost: x:65536\r\n\r\n",
            400,
            "the port in the Host field is a number up to 65535"),
        bad(
            "a port beyond 32 bits",
            "GET /a HTTP/1.1\r\nHost: x:4294967376\r\n\r\n",
            400,
            "the port in the Host field is a number up to 65535"),
        bad(
            "a port with a sign",
            "GET /a HTTP/1.1\r\nHost: x:+80\r\n\r\n",
            400,
            "the port in the Host field is a number up to 65535"),
        bad(
            "two ports",
            "GET /a HTTP/1.1\r\nHost: x:80:81\r\n\r\n",
            400,
            "the port in the Host field is a number up to 65535"),
        bad(
            "an IPv6 address without brackets",
            "GET /a HTTP/1.1\r\nHost: ::1\r\n\r\n",
            400,
            "the authority in the Host field has a port but no host"),
        bad(
            "an IPv6 address without end",
            "GET /a HTTP/1.1\r\nHost: [::1\r\n\r\n",
            400,
            "brackets in the Host field hold an IPv6 address and end the host"),
        bad(
            "text behind an IPv6 address",
            "GET /a HTTP/1.1\r\nHost: [::1]x\r\n\r\n",
            400,
            "brackets in the Host field hold an IPv6 address and end the host"),
        bad(
            "a name in brackets",
            "GET /a HTTP/1.1\r\nHost: [x]\r\n\r\n",
            400,
            "brackets in the Host field hold an IPv6 address and end the host"),
        bad(
            "an IPv6 address of nine groups",
            "GET /a HTTP/1.1\r\nHost: [1:2:3:4:5:6:7:8:9]\r\n\r\n",
            400,
            "brackets in the Host field hold an IPv6 address and end the host"),
        bad(
            "an IPv6 address with a zone",
            "GET /a HTTP/1.1\r\nHost: [fe80::1%25eth0]\r\n\r\n",
            400,
            "brackets in the Host field hold an IPv6 address and end the host"),
        bad(
            "an address of another version",
            "GET /a HTTP/1.1\r\nHost: [v1.a]\r\n\r\n",
            400,
            "brackets in the Host field hold an IPv6 address and end the host"),
        bad(
            "a percent sign in a Host",
            "GET /a HTTP/1.1\r\nHost: x%4g\r\n\r\n",
            400,
            "a \"%\" of the host in the Host field begins no percent-encoding"),
        bad(
            "a percent sign that ends a Host",
            "GET /a HTTP/1.1\r\nHost: x%4\r\n\r\n",
            400,
            "a \"%\" of the host in the Host field begins no percent-encoding"),
        bad(
            "a name beyond ASCII in a Host",
            "GET /a HTTP/1.1\r\nHost: \u00e9\r\n\r\n",
            400,
            "the host in the Host field has a character that no host has"),
        line(
            "a port of a target beyond 16 bits",
            "GET http://y:65536/a HTTP/1.1",
            400,
            "the port in the request target is a number up to 65535"),
        line(
            "a target with a port but no host",
            "GET http://:80/a HTTP/1.1",
            400,
            "the authority in the request target has a port but no host"),
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
            "another expectation before the usual one",
            "Expect: 200-ok\r\nExpect: 100-continue",
            417,
            "the only expectation the server meets is 100-continue"),
        field(
            "another expectation in a list",
            "Expect: 100-continue, 200-ok",
            417,
            "the only expectation the server meets is 100-continue"),
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
        field(
            "no coding",
            "Transfer-Encoding:",
            400,
            "Transfer-Encoding has an empty transfer coding"),
        field(
            "an empty coding",
            "Transfer-Encoding: , chunked",
            400,
            "Transfer-Encoding has an empty transfer coding"),
        field(
            "an empty coding in front, without a space",
            "Transfer-Encoding: ,chunked",
            400,
            "Transfer-Encoding has an empty transfer coding"),
        field(
            "an empty coding behind",
            "Transfer-Encoding: chunked,",
            400,
            "Transfer-Encoding has an empty transfer coding"),
        field(
            "an empty coding in a field of its own",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding:",
            400,
            "Transfer-Encoding has an empty transfer coding"),
        field(
            "a vertical tab before chunked",
            "Transfer-Encoding: \u000bchunked",
            400,
            "octet 0x0b is not allowed in a field value"),
        bad(
            "both framings in HTTP/1.0",
            "POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
            400,
            "an HTTP/1.0 request has no Transfer-Encoding"),
        field(
            "a list of lengths", "Content-Length: 5, 5", 400, "Content-Length is a decimal number"),
        field("no length", "Content-Length:", 400, "Content-Length is a decimal number"),
        field(
            "a length with a sign",
            "Content-Length: +5",
            400,
            "Content-Length is a decimal number"),
        field("a length below 0", "Content-Length: -5", 400, "Content-Length is a decimal number"),
        field(
            "a length in hexadecimal digits",
            "Content-Length: 0x5",
            400,
            "Content-Length is a decimal number"),
        field(
            "two numbers as length",
            "Content-Length: 5 5",
            400,
            "Content-Length is a decimal number"),
        field(
            "a fraction as length",
            "Content-Length: 5.0",
            400,
            "Content-Length is a decimal number"),
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
        chunks(
            "an extension without name",
            "1;\r\nx\r\n",
            400,
            "a chunk extension has a name behind its semicolon"),
        chunks(
            "an extension of white space",
            "1; \t\r\nx\r\n",
            400,
            "a chunk extension has a name behind its semicolon"),
        chunks(
            "two semicolons",
            "1;;a\r\nx\r\n",
            400,
            "octet 0x3b is not allowed in a chunk extension"),
        chunks(
            "an extension that is a value",
            "1;=b\r\nx\r\n",
            400,
            "octet 0x3d is not allowed in a chunk extension"),
        chunks(
            "an equals sign behind a size",
            "1=b\r\nx\r\n",
            400,
            "a chunk size has hexadecimal digits only"),
        chunks(
            "an extension without value",
            "1;a=\r\nx\r\n",
            400,
            "a chunk extension has a value behind its equals sign"),
        chunks(
            "two values of an extension",
            "1;a=b=c\r\nx\r\n",
            400,
            "octet 0x3d is not allowed in a chunk extension"),
        chunks(
            "two names of an extension",
            "1;a b\r\nx\r\n",
            400,
            "octet 0x62 is not allowed in a chunk extension"),
        chunks(
            "a quoted name of an extension",
            "1;\"a\"\r\nx\r\n",
            400,
            "octet 0x22 is not allowed in a chunk extension"),
        chunks(
            "a value without end",
            "1;a=\"b\r\nx\r\n",
            400,
            "a quoted value of a chunk extension ends with \""),
        chunks(
            "a value that ends in an escape",
            "1;a=\"b\\\r\nx\r\n",
            400,
            "a quoted value of a chunk extension ends with \""),
        chunks(
            "a token behind a quoted value",
            "1;a=\"b\"c\r\nx\r\n",
            400,
            "octet 0x63 is not allowed in a chunk extension"),
        chunks(
            "a quote within a token",
            "1;a=b\"c\"\r\nx\r\n",
            400,
            "octet 0x22 is not allowed in a chunk extension"),
        chunks(
            "a control octet in a quoted value",
            "1;a=\"\u0001\"\r\nx\r\n",
            400,
            "octet 0x01 is not allowed in a chunk extension"),
        chunks(
            "white space behind an extension",
            "1;a \r\nx\r\n",
            400,
            "no white space is allowed behind a chunk extension"),
        chunks(
            "white space behind a value",
            "1;a=b\t\r\nx\r\n",
            400,
            "octet 0x09 is not allowed in a chunk extension"),
        chunks(
            "white space between a value and the next extension",
            "1;a=\"b\" ;c\r\nx\r\n",
            400,
            "octet 0x20 is not allowed in a chunk extension"),
        chunks(
            "an octet beyond ASCII in a quoted value",
            "1;a=\"\u00e9\"\r\nx\r\n",
            400,
            "octet 0xe9 is not allowed in a chunk extension"),
        chunks(
            "no semicolon before an extension",
            "1 a\r\nx\r\n",
            400,
            "white space behind a chunk size is followed by an extension"),
        chunks(
            "a malformed extension of the last chunk",
            "0;a=\r\n\r\nx\r\n",
            400,
            "a chunk extension has a value behind its equals sign"),
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

  /** Fields of which only one decides, which nobody can choose for the client. */
  static Stream<Arguments> doubles() {
    return Stream.of(
            "Access-Control-Request-Method",
            "Authorization",
            "Content-Range",
            "Content-Type",
            "If-Modified-Since",
            "If-Range",
            "If-Unmodified-Since",
            "Max-Forwards",
            "Origin",
            "Proxy-Authorization",
            "Range")
        .map(name ->
            field(
                "two fields " + name,
                name + ": a\r\n" + name.toLowerCase(Locale.ROOT) + ": a",
                400,
                "a request has at most one " + name + " field"));
  }

  static Stream<Arguments> errors() {
    return Stream.concat(doubles(), rows());
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
