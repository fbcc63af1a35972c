package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of answers, odd and wrong ones too (RFC 9110, RFC 9112 sections 4 to 7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class AnswerTableTest {
  private RawService service;
  private Gateway gateway;
  private volatile String answer = "";

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    service =
        RawService.of((request, out, socket) -> {
          out.write(RawService.octets(answer));
          out.flush();
          socket.shutdownOutput();
        });
    gateway =
        Gateway.of(
            directory,
            service,
            "retries: 0",
            "keep_alive_ms: 0",
            "circuit_failure_percent: 0",
            "max_header_bytes: 4KiB",
            "response_timeout_ms: 20000");
  }

  @AfterAll
  void stop() throws IOException {
    gateway.close();
    service.close();
  }

  private String ask(String method, String raw) throws IOException {
    answer =
        raw.replace("^", "\r\n").replace("_NUL_", "\0").replace("_LF_", "\n").replace("_CR_", "\r");
    return gateway.ask(method, "/api/items/7");
  }

  /** Answers, where a line ends with a circumflex, and what the client gets. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK^Content-Length: 2^^ok                                | 200 | ok
          HTTP/1.1 200^Content-Length: 2^^ok                                   | 200 | ok
          HTTP/1.1 200 ^Content-Length: 2^^ok                                  | 200 | ok
          HTTP/1.0 200 OK^Content-Length: 2^^ok                                | 200 | ok
          HTTP/1.0 200 OK^^to the end                                          | 200 | to the end
          HTTP/1.1 200 OK^^to the end                                          | 200 | to the end
          HTTP/1.1 200 OK^Connection: close^^to the end                        | 200 | to the end
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^ok^0^^                 | 200 | ok
          HTTP/1.1 200 OK^Transfer-Encoding: CHUNKED^^2^ok^0^^                 | 200 | ok
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2;a=b^ok^0^X-Sum: 1^^    | 200 | ok
          HTTP/1.1 200 OK^Content-Length: 2^^ok and more                       | 200 | ok
          HTTP/1.1 100 Continue^^HTTP/1.1 200 OK^Content-Length: 2^^ok         | 200 | ok
          HTTP/1.1 103 Early Hints^Link: </a>^^HTTP/1.1 200 OK^Content-Length: 2^^ok | 200 | ok
          HTTP/1.1 404 Not Found^Content-Length: 4^^none                       | 404 | none
          HTTP/1.1 418 I'm a teapot^Content-Length: 3^^tea                     | 418 | tea
          HTTP/1.1 500 No^Content-Length: 4^^oops                              | 500 | oops
          HTTP/1.1 503 No^Content-Length: 4^^busy                              | 503 | busy
          HTTP/1.1 599 Odd^Content-Length: 3^^odd                              | 599 | odd
          HTTP/1.1 206 Partial^Content-Range: bytes 0-1/9^Content-Length: 2^^ok | 206 | ok
          HTTP/1.1 302 Found^Location: /a^Content-Length: 0^^                  | 302 | ''
          HTTP/1.1 204 No Content^^                                            | 204 | ''
          HTTP/1.1 204 No Content^Content-Length: 2^^ok                        | 204 | ''
          HTTP/1.1 205 Reset^Content-Length: 2^^ok                             | 205 | ''
          HTTP/1.1 304 Not Modified^ETag: "a"^Content-Length: 99^^             | 304 | ''
          HTTP/1.1 200 OK^X-Folded: a^ b^Content-Length: 2^^ok                 | 200 | ok
          """)
  void is_handed_back(String raw, int status, String body) throws IOException {
    String got = ask("GET", raw);

    assertThat(Gateway.status(got)).isEqualTo(status);
    if (got.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
      assertThat(Gateway.body(got))
          .isEqualTo(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    } else {
      assertThat(Gateway.body(got)).isEqualTo(body);
    }
  }

  /** Answers that two readers could understand differently, or nobody. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''
          ^^
          HTTP/1.1
          HTTP/1.1 200 OK
          HTTP/1.1 200 OK^Content-Length: 2
          HTTP/1.1 abc OK^^
          HTTP/1.1 99 Low^^
          HTTP/1.1 600 High^Content-Length: 0^^
          HTTP/1.1 999 High^Content-Length: 0^^
          HTTP/1.1 -200 OK^^
          HTTP/2.0 200 OK^Content-Length: 2^^ok
          HTTP/3 200 OK^Content-Length: 2^^ok
          ICY 200 OK^Content-Length: 2^^ok
          <html>hello</html>^^
          SSH-2.0-OpenSSH_9.6^
          HTTP/1.1 101 Switching Protocols^Upgrade: x^Connection: Upgrade^^raw
          HTTP/1.1 200 OK^Content-Length: 2^Content-Length: 3^^ok
          HTTP/1.1 200 OK^Content-Length: 2^Content-Length: 2^^ok
          HTTP/1.1 200 OK^Content-Length: 2, 2^^ok
          HTTP/1.1 200 OK^Content-Length: -1^^ok
          HTTP/1.1 200 OK^Content-Length: +2^^ok
          HTTP/1.1 200 OK^Content-Length: 0x2^^ok
          HTTP/1.1 200 OK^Content-Length: 99999999999999999999^^ok
          HTTP/1.1 200 OK^Content-Length: 2 2^^ok
          HTTP/1.1 200 OK^Content-Length: two^^ok
          HTTP/1.1 200 OK^Content-Length:^^ok
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^Content-Length: 2^^2^ok^0^^
          HTTP/1.1 200 OK^Content-Length: 2^Transfer-Encoding: chunked^^2^ok^0^^
          HTTP/1.1 200 OK^Transfer-Encoding: gzip^^ok
          HTTP/1.1 200 OK^Transfer-Encoding: gzip, chunked^^2^ok^0^^
          HTTP/1.1 200 OK^Transfer-Encoding: chunked, identity^^2^ok^0^^
          HTTP/1.1 200 OK^Transfer-Encoding: xchunked^^2^ok^0^^
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^Transfer-Encoding: chunked^^2^ok^0^^
          HTTP/1.1 200 OK^Transfer-Encoding : chunked^^2^ok^0^^
          HTTP/1.0 200 OK^Transfer-Encoding: chunked^^2^ok^0^^
          HTTP/1.1 200 OK^Content-Length : 2^^ok
          HTTP/1.1 200 OK^No colon^Content-Length: 2^^ok
          HTTP/1.1 200 OK^: no name^Content-Length: 2^^ok
          HTTP/1.1 200 OK^Two Names: x^Content-Length: 2^^ok
          HTTP/1.1 200 OK^X-A: a_NUL_b^Content-Length: 2^^ok
          HTTP/1.1 200 OK^X-A: a_CR_b^Content-Length: 2^^ok
          HTTP/1.1 200 OK^X(A): a^Content-Length: 2^^ok
          """)
  void is_no_answer(String raw) throws IOException {
    String got = ask("GET", raw);

    assertThat(Gateway.status(got)).isEqualTo(502);
    assertThat(got)
        .contains("application/problem+json")
        .contains("urn:brrtrouter:problem:bad-gateway");
    assertThat(got).doesNotContain("127.0.0.1");
  }

  /** The beginning is right: the client must not take what it has for all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK^Content-Length: 9^^ok
          HTTP/1.1 200 OK^Content-Length: 9^^
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^ok
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^ok^
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^ok^9^ok
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^okay^0^^
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^ok^x^^
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^ok^-1^^
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^ok^FFFFFFFFFFFFFFFFFF^^
          """)
  void is_cut_off_where_the_service_cuts_off(String raw) throws IOException {
    String got = ask("GET", raw);

    assertThat(Gateway.status(got)).isEqualTo(200);
    String length = RawService.field(got, "Content-Length");
    if (length.isEmpty()) {
      assertThat(got).contains("Transfer-Encoding: chunked").doesNotEndWith("0\r\n\r\n");
    } else {
      assertThat(Gateway.body(got).length()).isLessThan(Integer.parseInt(length));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          X-Own: a                        | X-Own            | a
          ETag: "a"                       | ETag             | "a"
          Content-Encoding: gzip          | Content-Encoding | gzip
          Accept-Ranges: bytes            | Accept-Ranges    | bytes
          Cache-Control: no-store         | Cache-Control    | no-store
          Retry-After: 7                  | Retry-After      | 7
          Location: http://inner/a        | Location         | http://inner/a
          Server: inner/1                 | Server           | inner/1
          Set-Cookie: a=b                 | Set-Cookie       | -
          Connection: X-Hop~X-Hop: a      | X-Hop            | -
          Keep-Alive: timeout=5           | Keep-Alive       | -
          Proxy-Authenticate: Basic       | Proxy-Authenticate | -
          Proxy-Connection: close         | Proxy-Connection | -
          Trailer: X-Sum                  | Trailer          | -
          Upgrade: h2c                    | Upgrade          | -
          Alt-Svc: h3=":443"              | Alt-Svc          | -
          Access-Control-Allow-Origin: *  | Access-Control-Allow-Origin | -
          X-Request-ID: of-the-service    | X-Request-ID     | ours
          X-A: 1                          | Via              | 1.1 brrtrouter
          Via: 1.1 inner                  | Via              | 1.1 inner, 1.1 brrtrouter
          """)
  void header_fields_are_handed_back_but_for_those_of_the_hop(
      String fields, String name, String value) throws IOException {
    answer =
        "HTTP/1.1 200 OK\r\n"
            + fields.replace("~", "\r\n")
            + "\r\nContent-Type: image/png\r\nContent-Length: 2\r\n\r\nok";

    String got = gateway.ask("GET", "/api/items/7", "X-Request-ID: ours");

    String head = got.substring(0, got.indexOf("\r\n\r\n"));
    assertThat(RawService.field(head, name)).isEqualTo(value == null ? "" : value);
    assertThat(Gateway.body(got)).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource({"4000,200", "4100,502", "200000,502"})
  void a_head_is_as_large_as_it_may_be(int octets, int status) throws IOException {
    String got = ask("GET", "HTTP/1.1 200 OK^X: " + "a".repeat(octets) + "^Content-Length: 2^^ok");

    assertThat(Gateway.status(got)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK^Content-Length: 12345^^                | 12345
          HTTP/1.1 200 OK^Transfer-Encoding: chunked^^           | ''
          HTTP/1.1 200 OK^Content-Length: 2^^no                  | 2
          """)
  void a_response_to_head_has_the_length_and_no_content(String raw, String length)
      throws IOException {
    String got = ask("HEAD", raw);

    assertThat(Gateway.status(got)).isEqualTo(200);
    assertThat(Gateway.body(got)).isEmpty();
    assertThat(RawService.field(got, "Content-Length")).isEqualTo(length);
  }
}
