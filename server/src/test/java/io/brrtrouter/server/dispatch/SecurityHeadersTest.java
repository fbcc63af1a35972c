package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.TestServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every response tells browsers it is never used for. */
class SecurityHeadersTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Items, version: "1"}
      paths:
        /items:
          get: {operationId: list, responses: {"200": {description: ok, content: {text/plain: {}}}}}
        /page:
          get: {operationId: page, responses: {"200": {description: ok, content: {text/html: {}}}}}
        /boom:
          get: {operationId: boom, responses: {"200": {description: ok}}}
      """;

  private static final String ALL =
      """
      X-Content-Type-Options: nosniff
      X-Frame-Options: DENY
      Referrer-Policy: no-referrer
      Content-Security-Policy: default-src 'none'; frame-ancestors 'none'
      """;

  private static final Set<String> NAMES =
      Set.of(
          "x-content-type-options",
          "x-frame-options",
          "referrer-policy",
          "content-security-policy",
          "strict-transport-security");

  private static TestServer server(String... settings) {
    ServerConfig config = TestServer.config(settings);
    return TestServer.of(
        DOCUMENT,
        builder ->
            builder
                .config(config)
                .handler("list", _ -> HttpResponse.text(200, "items"))
                .handler(
                    "page",
                    _ ->
                        HttpResponse.bytes(200, "text/html", new byte[0])
                            .withHeader("content-security-policy", "default-src 'self'")
                            .withHeader("X-Frame-Options", "SAMEORIGIN"))
                .handler(
                    "boom",
                    _ -> {
                      throw new IllegalStateException("thrown by a test");
                    }));
  }

  private static String told(HttpResponse response) {
    StringBuilder told = new StringBuilder();
    response
        .headers()
        .forEach((name, value) -> {
          if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            told.append(name).append(": ").append(value).append('\n');
          }
        });
    return told.toString();
  }

  private static HttpResponse overTls(TestServer server) {
    Peer peer = new Peer(InetSocketAddress.createUnresolved("client", 1), true, List.of());
    return server
        .server()
        .exchange(
            new HttpRequest(Method.GET, "/items", "HTTP/1.1", Headers.empty(), peer), new byte[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /items, 200", "HEAD, /items, 200", "OPTIONS, /items, 204", "PUT, /items, 405",
    "FOO, /items, 501", "GET, /nowhere, 404", "GET, /%zz, 400", "GET, /boom, 500",
    "GET, /health, 200", "GET, /metrics, 200", "GET, /openapi.json, 200", "OPTIONS, *, 204"
  })
  void stand_on_every_response(String method, String target, int status) {
    HttpResponse response = server().ask(method, target, "");

    assertThat(response.status()).isEqualTo(status);
    assertThat(told(response)).isEqualTo(ALL);
  }

  @Test
  void give_way_to_those_of_a_handler() {
    assertThat(told(server().get("/page")))
        .isEqualTo(
            """
            content-security-policy: default-src 'self'
            X-Frame-Options: SAMEORIGIN
            X-Content-Type-Options: nosniff
            Referrer-Policy: no-referrer
            """);
  }

  @Test
  void give_way_to_those_of_swagger_ui() {
    HttpResponse page = server().get("/docs");

    assertThat(page.headers().all("Content-Security-Policy"))
        .singleElement()
        .asString()
        .startsWith("default-src 'none'; script-src 'self';");
    assertThat(page.headers().all("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(page.headers().all("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(new TreeSet<>(page.headers().names())).contains("x-frame-options");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "security_headers.enabled | false | X-Content-Type-Options: nosniff",
        "security_headers.frame_options | off | X-Content-Type-Options: nosniff, Referrer-Policy:"
            + " no-referrer, Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
        "security_headers.referrer_policy | same-origin | X-Content-Type-Options: nosniff,"
            + " X-Frame-Options: DENY, Referrer-Policy: same-origin, Content-Security-Policy:"
            + " default-src 'none'; frame-ancestors 'none'",
        "security_headers.content_security_policy | off | X-Content-Type-Options: nosniff,"
            + " X-Frame-Options: DENY, Referrer-Policy: no-referrer"
      })
  void can_be_configured(String setting, String value, String told) {
    assertThat(told(server(setting, value).get("/items")))
        .isEqualTo(told.replace(", ", "\n") + "\n");
  }

  @Test
  void demand_TLS_over_TLS_only() {
    TestServer server = server("host", "0.0.0.0");

    assertThat(told(server.get("/items"))).isEqualTo(ALL);
    assertThat(told(overTls(server)))
        .isEqualTo(ALL + "Strict-Transport-Security: max-age=31536000\n");
  }

  /** Browsers would take it for every port of localhost. */
  @Test
  void do_not_demand_TLS_of_a_developers_machine() {
    assertThat(told(overTls(server("host", "127.0.0.1")))).isEqualTo(ALL);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "nothing",
      value = {
        "1 h, false, max-age=3600",
        "1 h, true, max-age=3600; includeSubDomains",
        "0, true, nothing"
      })
  void demand_TLS_for_as_long_as_configured(String age, boolean subdomains, String field) {
    TestServer server =
        server(
            "host",
            "0.0.0.0",
            "security_headers.hsts_max_age_secs",
            age,
            "security_headers.hsts_include_subdomains",
            String.valueOf(subdomains));

    assertThat(overTls(server).headers().get("Strict-Transport-Security")).isEqualTo(field);
  }

  @Test
  void are_values_of_header_fields() {
    assertThatThrownBy(() -> new SecurityHeaders("DENY\n", "", "", Duration.ZERO, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "X-Frame-Options cannot be a text with a control character or one beyond Latin-1");
  }
}
