package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service gets of a request (RFC 9110 sections 7.6 and 9). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class RequestTableTest {
  private RawService service;
  private Gateway gateway;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    service = RawService.text("ok");
    gateway = Gateway.of(directory, service);
  }

  @AfterAll
  void stop() throws IOException {
    gateway.close();
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.1 brrtrouter, 1.1 brrtrouter (twice), 2 brrtrouter, 1.1 BRRTROUTER                  | 200
          1.1 a, 1.1 b, 1.1 c, 1.1 d, 1.1 e, 1.1 f, 1.1 g, 1.1 h, 1.1 i, 1.1 j, 1.1 k          | 200
          1.1 brrtrouter, 1.1 brrtrouter, 1.1 brrtrouter, 1.1 brrtrouter, 1.1 brrtrouter       | 502
          """)
  void requests_that_go_round_are_handed_on_no_more(String line, int status) throws IOException {
    String got = gateway.ask("GET", "/api/items/7", "Via: " + line, "Via: " + line);

    assertThat(Gateway.status(got)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET     | /api/items/7               | GET /v2/items/7 HTTP/1.1
          GET     | /api/items/7?a=b&c         | GET /v2/items/7?a=b&c HTTP/1.1
          GET     | /api/items/7?              | GET /v2/items/7 HTTP/1.1
          GET     | /api/items/a%20b           | GET /v2/items/a%20b HTTP/1.1
          GET     | /api/items/a%2Fb           | GET /v2/items/a%2Fb HTTP/1.1
          GET     | /api/items/a%2fb           | GET /v2/items/a%2fb HTTP/1.1
          GET     | /api/items/%C3%A4?q=%C3%A4 | GET /v2/items/%C3%A4?q=%C3%A4 HTTP/1.1
          GET     | /api/items/a;b=c           | GET /v2/items/a;b=c HTTP/1.1
          GET     | /api/items/...             | GET /v2/items/... HTTP/1.1
          GET     | /api/items/a..b            | GET /v2/items/a..b HTTP/1.1
          GET     | /api/items/7?x=../../y     | GET /v2/items/7?x=../../y HTTP/1.1
          GET     | /api/items/7?a=%26&b=+     | GET /v2/items/7?a=%26&b=+ HTTP/1.1
          GET     | /api/items/%7Bid%7D        | GET /v2/items/%7Bid%7D HTTP/1.1
          GET     | /api/items/a%25b           | GET /v2/items/a%25b HTTP/1.1
          HEAD    | /api/items/7               | HEAD /v2/items/7 HTTP/1.1
          OPTIONS | /api/items/7               | OPTIONS /items/7 HTTP/1.1
          DELETE  | /api/items/7%20            | DELETE /items/7%20 HTTP/1.1
          """)
  void paths_and_queries_are_handed_on_as_they_were_sent(String method, String target, String line)
      throws IOException {
    assertThat(Gateway.status(gateway.ask(method, target))).isEqualTo(200);

    assertThat(service.received.getLast().line()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/items/%2e%2e",
    "/api/items/%2E%2e",
    "/api/items/.%2e",
    "/api/items/%2e",
    "/api/items/..%2f..%2fadmin",
    "/api/items/a%2F..%2F..%2Fadmin",
    "/api/items/..%5Cadmin",
    "/api/items/%252e%252e",
    "/api/items/%25252e%25252e",
    "/api/items/%2525252525252e%2525252525252e",
    "/api/items/%25252525252525252525252525252e",
    "/api/items/..;a=b",
    "/api/items/%2e%2e;x%2fadmin",
    "/api/items/x%2f%2e%2e%2fy"
  })
  void nothing_that_leads_elsewhere_is_handed_on(String target) throws IOException {
    int before = service.received.size();

    String answer = gateway.ask("GET", target);

    assertThat(Gateway.status(answer)).isIn(400, 404);
    assertThat(service.received).hasSize(before);
  }

  /** Names of fields that the service gets, or does not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          Accept: text/plain                     | Accept            | text/plain
          Accept-Encoding: gzip                  | Accept-Encoding   | gzip
          User-Agent: x/1                        | User-Agent        | x/1
          X-Own: a                               | X-Own             | a
          If-None-Match: "a"                     | If-None-Match     | "a"
          Range: bytes=0-1                       | Range             | bytes=0-1
          traceparent: 00-a-b-01                 | traceparent       | 00-a-b-01
          Connection: close, X-Hop~X-Hop: a      | X-Hop             | -
          Connection: x-hop,close~X-Hop: a       | X-Hop             | -
          Connection: close, Content-Type~Content-Type: text/plain | Content-Type | text/plain
          Connection: close~Keep-Alive: timeout=5 | Keep-Alive       | -
          TE: trailers                           | TE                | -
          Trailer: X-Sum                         | Trailer           | -
          Upgrade: h2c                           | Upgrade           | -
          Connection: close, Upgrade~Upgrade: h2c | Connection       | -
          Proxy-Authorization: Basic YQ==        | Proxy-Authorization | -
          Proxy-Connection: keep-alive           | Proxy-Connection  | -
          Proxy-Whatever: a                      | Proxy-Whatever    | -
          HTTP2-Settings: AAMAAABkAAQ            | HTTP2-Settings    | -
          X-A: 1                                 | Host              | HOST
          Expect: 100-continue                   | Expect            | -
          Authorization: Bearer secret           | Authorization     | -
          Cookie: a=b                            | Cookie            | -
          X-Forwarded-For: 9.9.9.9               | X-Forwarded-For   | 127.0.0.1
          X_Forwarded_For: 9.9.9.9               | X_Forwarded_For   | -
          X_Real_IP: 9.9.9.9                     | X_Real_IP         | -
          X_Request-ID: 9                        | X_Request-ID      | -
          Proxy_Authorization: Basic YQ==        | Proxy_Authorization | -
          X_Own: a                               | X_Own             | a
          X-Forwarded-Host: evil                 | X-Forwarded-Host  | shop.example
          X-Forwarded-Proto: https               | X-Forwarded-Proto | http
          X-Forwarded-Prefix: /x                 | X-Forwarded-Prefix | -
          Forwarded: for=9.9.9.9                 | Forwarded         | -
          X-Real-IP: 9.9.9.9                     | X-Real-IP         | -
          X-A: 1                                 | Via               | 1.1 brrtrouter
          Via: 1.0 before                        | Via               | 1.0 before, 1.1 brrtrouter
          X-Request-ID: abc-1                    | X-Request-ID      | abc-1
          Content-Length: 0                      | Content-Length    | 0
          X-A: 1                                 | Content-Length    | -
          X-A: 1                                 | Transfer-Encoding | -
          """)
  void header_fields_are_handed_on_but_for_those_of_the_hop(
      String fields, String name, String value) throws IOException {
    assertThat(Gateway.status(gateway.ask("GET", "/api/items/7", fields.split("~"))))
        .isEqualTo(200);

    String head = service.received.getLast().head();
    String expected =
        value == null ? "" : value.equals("HOST") ? "127.0.0.1:" + service.port() : value;
    assertThat(RawService.field(head, name)).isEqualTo(expected);
  }

  @Test
  void a_body_is_handed_on_as_it_was_sent() throws IOException {
    String body = "{ \"a\" :  1.0 }";
    String answer =
        gateway.raw(
            "PUT /api/items/7 HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\nConnection: close\r\n\r\n"
                + body);

    assertThat(Gateway.status(answer)).isEqualTo(200);
    assertThat(service.received.getLast().text()).isEqualTo(body);
    assertThat(RawService.field(service.received.getLast().head(), "Content-Length"))
        .isEqualTo("" + body.length());
  }

  @Test
  void a_body_in_chunks_that_was_collected_has_a_length() throws IOException {
    String answer =
        gateway.raw(
            "POST /api/items/7 HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n");

    assertThat(Gateway.status(answer)).isEqualTo(200);
    assertThat(service.received.getLast().text()).isEqualTo("{}");
    String head = service.received.getLast().head();
    assertThat(RawService.field(head, "Content-Length")).isEqualTo("2");
    assertThat(RawService.field(head, "Transfer-Encoding")).isEmpty();
  }

  @Test
  void what_the_document_does_not_allow_never_arrives() throws IOException {
    int before = service.received.size();
    String answer =
        gateway.raw(
            "PUT /api/items/7 HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\nConnection: close\r\n\r\n[]");

    assertThat(Gateway.status(answer)).isEqualTo(400);
    assertThat(service.received).hasSize(before);
  }

  @Test
  void a_head_and_its_body_that_wait_for_each_other_arrive() throws IOException {
    String answer =
        gateway.raw(
            "POST /api/items/7 HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");

    assertThat(answer).contains("HTTP/1.1 200 OK");
    assertThat(RawService.field(service.received.getLast().head(), "Expect")).isEmpty();
  }
}
