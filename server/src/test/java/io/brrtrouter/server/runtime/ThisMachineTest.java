package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is for the machine of a developer only: by which names it can be asked for, and by which
 * not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThisMachineTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Local, version: "1"}
      paths:
        /secret:
          get:
            operationId: secret
            security: [{key: []}]
            responses: {"204": {description: ok}}
        /open:
          get: {operationId: open, responses: {"204": {description: ok}}}
        /q:
          post:
            operationId: q
            security: [{query: []}]
            responses: {"204": {description: ok}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          query: {type: apiKey, in: query, name: k}
      """;

  private BrrtServer development;
  private BrrtServer telling;

  private static BrrtServer.Builder builder(String... settings) {
    return BrrtServer.builder()
        .document(TestServer.file(DOCUMENT))
        .mock(true)
        .config(TestServer.config(settings))
        .output(new PrintStream(OutputStream.nullOutputStream()));
  }

  @BeforeAll
  void start() {
    development = builder("security.development", "true", "cors.origins", "*").start();
    telling =
        builder(
                "endpoints.security_decisions",
                "/why",
                "security.api_keys.key.key",
                "0123456789abcdef",
                "security.api_keys.query.key",
                "0123456789abcdef",
                "cors.origins",
                "*")
            .start();
  }

  @AfterAll
  void stop() {
    development.close();
    telling.close();
  }

  private static final String HOSTS =
      """
      localhost            | true
      LOCALHOST:8080       | true
      api.localhost:1      | true
      127.0.0.1            | true
      127.255.0.9:65535    | true
      [::1]                | true
      [::1]:8080           | true
      a_b.C-9.localhost    | true
      [0:0:0:0:0:0:0:1]    | false
      [::0:1]              | false
      [::ffff:127.0.0.1]   | false
      [::ffff:127.0.0.1]:8080 | false
      [::FFFF:7f00:1]      | false
      [0:0:0:0:0:ffff:127.0.0.1] | false
      [::127.0.0.1]        | false
      a..localhost         | false
      a.!.localhost        | false
      evil.test            | false
      localhost.evil.test  | false
      evillocalhost        | false
      .localhost           | false
      localhost.           | false
      127.0.0.1.evil.test  | false
      127.1                | false
      0127.0.0.1           | false
      127.0.0.256          | false
      128.0.0.1            | false
      0.0.0.0              | false
      [::]                 | false
      [fe80::1]            | false
      192.168.0.7:8080     | false
      ''                   | false
      """;

  @ParameterizedTest(name = "Host: {0}")
  @CsvSource(delimiter = '|', textBlock = HOSTS)
  void a_host_is_this_machine_or_another(String host, boolean ours) throws IOException {
    String[] fields = {"GET /secret HTTP/1.1", "Host: " + host, "X-Key: development-only"};
    assertThat(Wire.status(Wire.ask(development.port(), fields))).isEqualTo(ours ? 204 : 403);
    assertThat(Wire.status(Wire.ask(telling.port(), "GET /why HTTP/1.1", "Host: " + host)))
        .isEqualTo(ours ? 200 : 403);
  }

  @ParameterizedTest(name = "http://{0}/secret")
  @CsvSource(delimiter = '|', textBlock = HOSTS)
  void the_host_of_an_absolute_target_counts(String host, boolean ours) throws IOException {
    if (host.isEmpty()) {
      return; // is malformed
    }
    String answer =
        Wire.ask(
            development.port(),
            "GET http://" + host + "/secret HTTP/1.1",
            "Host: " + (ours ? "evil.test" : "localhost"),
            "X-Key: development-only");
    assertThat(Wire.status(answer)).isEqualTo(ours ? 204 : 403);
  }

  @Test
  void who_names_no_host_is_refused() throws IOException {
    assertThat(Wire.ask(development.port(), "GET /secret HTTP/1.0", "X-Key: development-only"))
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void everything_is_refused_before_a_credential_is_believed() throws IOException {
    for (String target : new String[] {"/open", "/secret", "/nowhere", "/health", "/docs"}) {
      assertThat(Wire.ask(development.port(), "GET " + target + " HTTP/1.1", "Host: evil.test"))
          .as(target)
          .startsWith("HTTP/1.1 403 ");
    }
    assertThat(Wire.ask(telling.port(), "GET /open HTTP/1.1", "Host: evil.test"))
        .as("without credentials for development")
        .startsWith("HTTP/1.1 204 ");
  }

  @Test
  void the_client_is_told_what_to_ask_for() throws IOException {
    String end =
        ", so only this machine may ask: with a URL whose host is localhost, a name that ends in"
            + " .localhost, an address that begins with 127., or [::1].\",\"requestId\":\"r\"}";
    String begin =
        "{\"type\":\"urn:brrtrouter:problem:host-not-local\",\"title\":\"For this machine only\","
            + "\"status\":403,\"detail\":\"";
    String[] more = {"Host: evil.test", "X-Request-ID: r"};

    assertThat(Wire.content(Wire.ask(development.port(), "GET /secret HTTP/1.1", more[0], more[1])))
        .isEqualTo(
            begin + "The server accepts credentials for development, which everybody knows" + end);
    assertThat(Wire.content(Wire.ask(telling.port(), "GET /why HTTP/1.1", more[0], more[1])))
        .isEqualTo(
            begin
                + "This tells why requests were refused, which helps whoever wants to get in"
                + end);
    assertThat(
            Wire.content(
                Wire.ask(telling.port(), "GET /why?request=r HTTP/1.1", "Host: localhost")))
        .contains("\"outcome\":\"host-not-local\",\"status\":403");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http.trusted_proxies | 127.0.0.1
          http.proxy_protocol  | required
          """)
  void proxies_before_the_server_are_refused_together_with_either(String setting, String value) {
    StartupException refused =
        catchThrowableOfType(
            StartupException.class,
            () ->
                builder(
                        "security.development",
                        "true",
                        "endpoints.security_decisions",
                        "/why",
                        setting,
                        value)
                    .start()
                    .close());

    assertThat(refused.getMessage())
        .contains(
            "code: error[security-provider]: security.development is on, and by "
                + setting
                + " proxies hand on the requests of others: everybody knows the credentials for"
                + " development\n  fix: remove "
                + setting
                + ", or configure providers\n",
            "code: error[security-provider]: endpoints.security_decisions = /why tells why"
                + " requests are refused, and by "
                + setting
                + " proxies hand on the requests of others\n  fix: remove "
                + setting
                + ", or turn it off\n");
  }

  /** A key in the query needs no preflight, and is nothing that a browser adds by itself. */
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -                             | -           | true
          -                             | none        | true
          -                             | same-origin | true
          -                             | same-site   | true
          -                             | cross-site  | false
          -                             | cross_site  | false
          http://localhost:3000         | same-site   | true
          http://localhost:3000         | -           | true
          https://127.0.0.1             | cross-site  | true
          http://[::1]:3000             | cross-site  | true
          http://app.localhost:3000     | cross-site  | true
          https://evil.example          | cross-site  | false
          https://evil.example          | same-origin | false
          https://evil.example          | -           | false
          http://localhost.evil.example | cross-site  | false
          http://evillocalhost          | cross-site  | false
          http://localhost@evil.example | cross-site  | false
          http://localhost:80@evil.example | cross-site | false
          http://evil.example/.localhost | cross-site | false
          http://evil#.localhost        | cross-site  | false
          http://evil?.localhost        | cross-site  | false
          http://evil.example\\.localhost | cross-site | false
          http://evil@a.localhost       | cross-site  | false
          http://a..localhost           | cross-site  | false
          http://[::ffff:127.0.0.1]     | cross-site  | false
          http://192.168.0.7            | cross-site  | false
          evil://localhost              | cross-site  | false
          localhost                     | cross-site  | false
          null                          | cross-site  | false
          null                          | -           | false
          """)
  void a_page_is_of_this_machine_or_of_another_site(String origin, String site, boolean ours)
      throws IOException {
    String[] fields = {
      "Host: localhost:" + development.port(),
      origin.equals("-") ? "X-No-Origin: -" : "Origin: " + origin,
      site.equals("-") ? "X-No-Site: -" : "Sec-Fetch-Site: " + site
    };
    String key = "POST /q?k=development-only HTTP/1.1";
    assertThat(Wire.status(Wire.ask(development.port(), key, fields[0], fields[1], fields[2])))
        .isEqualTo(ours ? 204 : 403);
    for (String request : new String[] {"GET /open HTTP/1.1", "GET /health HTTP/1.1"}) {
      assertThat(Wire.ask(development.port(), request, fields[0], fields[1], fields[2]))
          .as(request)
          .startsWith(ours ? "HTTP/1.1 20" : "HTTP/1.1 403 ");
    }
    for (String method : new String[] {"GET", "HEAD", "OPTIONS", "PUT"}) {
      String why = method + " /why HTTP/1.1";
      assertThat(Wire.ask(telling.port(), why, fields[0], fields[1], fields[2]))
          .as("no page can read it")
          .doesNotContain("Access-Control")
          .startsWith(
              "HTTP/1.1 "
                  + (!ours
                      ? 403
                      : method.equals("OPTIONS") ? 204 : method.equals("PUT") ? 405 : 200)
                  + " ");
    }
  }

  @Test
  void a_preflight_about_either_is_answered_for_pages_of_this_machine_at_most() throws IOException {
    String asks = "Access-Control-Request-Method: ";
    for (boolean ours : new boolean[] {true, false}) {
      String origin = "Origin: " + (ours ? "http://localhost:3000" : "https://evil.example");
      assertThat(
              Wire.ask(
                  development.port(),
                  "OPTIONS /q HTTP/1.1",
                  "Host: localhost",
                  origin,
                  asks + "POST"))
          .startsWith(ours ? "HTTP/1.1 204 " : "HTTP/1.1 403 ")
          .satisfies(answer ->
              assertThat(answer.contains("Access-Control-Allow-Methods: POST")).isEqualTo(ours));
      assertThat(
              Wire.ask(
                  telling.port(), "OPTIONS /why HTTP/1.1", "Host: localhost", origin, asks + "GET"))
          .startsWith(ours ? "HTTP/1.1 204 " : "HTTP/1.1 403 ")
          .doesNotContain("Access-Control");
    }
  }

  @Test
  void a_page_is_told_what_to_do() throws IOException {
    String begin =
        "{\"type\":\"urn:brrtrouter:problem:cross-site-request\",\"title\":\"Cross-site request"
            + " refused\",\"status\":403,\"detail\":\"";
    String[] fields = {"Host: localhost", "Origin: https://evil.example", "X-Request-ID: r"};

    assertThat(
            Wire.content(
                Wire.ask(
                    development.port(),
                    "POST /q?k=development-only HTTP/1.1",
                    fields[0],
                    fields[1],
                    fields[2])))
        .isEqualTo(
            begin
                + "The server accepts credentials for development, which everybody knows, so pages"
                + " of other sites may not ask: open them from this machine, or name their origin in"
                + " cors.origins.\",\"requestId\":\"r\"}");
    assertThat(
            Wire.content(
                Wire.ask(telling.port(), "GET /why HTTP/1.1", fields[0], fields[1], fields[2])))
        .isEqualTo(
            begin
                + "This tells why requests were refused, which helps whoever wants to get in, so"
                + " pages of other sites may not ask: open its URL itself.\",\"requestId\":\"r\"}");
    assertThat(
            Wire.content(
                Wire.ask(telling.port(), "GET /why?request=r HTTP/1.1", "Host: localhost")))
        .contains("\"outcome\":\"cross-site-request\",\"status\":403");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cors.origins         | https://app.example   | https://app.example     | 204
          cors.origins         | https://app.example   | https://evil.example    | 403
          cors.origin_patterns | https://*.app.example | https://one.app.example | 204
          cors.origins         | *, https://a.example  | https://a.example       | 204
          cors.origins         | *, https://a.example  | https://b.example       | 403
          cors.origins         | null                  | null                    | 403
          """)
  void a_page_of_an_origin_that_is_named_may(
      String setting, String value, String origin, int status) {
    TestServer server =
        TestServer.of(
            DOCUMENT,
            builder ->
                builder
                    .mock(true)
                    .config(TestServer.config(setting, value, "security.development", "true")));

    assertThat(
            server
                .ask(
                    "POST",
                    "/q?k=development-only",
                    "",
                    "Origin",
                    origin,
                    "Sec-Fetch-Site",
                    "cross-site")
                .status())
        .isEqualTo(status);
  }

  @Test
  void whoever_asks_in_process_is_on_this_machine() {
    TestServer server =
        TestServer.of(DOCUMENT, builder -> builder.mock(true).developmentSecurity(true));

    assertThat(server.get("/secret", "X-Key", "development-only").status()).isEqualTo(204);
    assertThat(server.get("/secret", "X-Key", "development-only", "Host", "evil.test").status())
        .isEqualTo(403);
  }
}
