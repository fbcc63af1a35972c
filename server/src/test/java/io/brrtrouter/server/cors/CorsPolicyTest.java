package io.brrtrouter.server.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.StartupException;
import io.brrtrouter.server.runtime.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsPolicyTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Items, version: "1"}
      paths:
        /items:
          get:
            operationId: list
            x-cors: {allowCredentials: true}
            responses: {"200": {description: ok}}
          put:
            operationId: put
            responses: {"200": {description: ok}}
      """;

  private static TestServer server(CorsPolicy policy) {
    return TestServer.of(
        DOCUMENT,
        builder ->
            builder
                .cors(policy)
                .handler("list", _ -> HttpResponse.of(200))
                .handler("put", _ -> HttpResponse.of(200)));
  }

  @Test
  void a_predicate_decides_about_what_is_neither_listed_nor_alike() {
    TestServer server =
        server(
            CorsPolicy.builder()
                .origins("https://app.test")
                .originPredicate(origin -> origin.startsWith("https://tenant-"))
                .build());

    assertThat(server.get("/items", "Origin", "https://tenant-1.test").headers().toString())
        .contains(
            "Access-Control-Allow-Origin: https://tenant-1.test\n"
                + "Access-Control-Allow-Credentials: true\n"
                + "Vary: Origin\n");
    assertThat(server.get("/items", "Origin", "https://app.test").status()).isEqualTo(200);
    assertThat(server.get("/items", "Origin", "https://other.test").status()).isEqualTo(403);
  }

  /** Though any client can send what it fails about, and often. */
  @Test
  void a_predicate_that_fails_allows_nothing_and_is_told_once() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .origins("https://app.test")
            .originPredicate(origin -> {
              if (!origin.startsWith("https://") || !origin.endsWith(".test")) {
                throw new IllegalStateException("told once");
              }
              return true;
            })
            .build();
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.cors")) {
      TestServer server = server(policy);
      for (String origin : List.of("https://a b", "null", "https://[", "%")) {
        HttpResponse refused = server.get("/items", "Origin", origin);
        assertThat(refused.status()).as(origin).isEqualTo(403);
        assertThat(refused.headers().contains("Access-Control-Allow-Origin")).isFalse();
        HttpResponse preflight =
            server.ask(
                "OPTIONS", "/items", "", "Origin", origin, "Access-Control-Request-Method", "PUT");
        assertThat(preflight.status()).as(origin).isEqualTo(403);
        assertThat(preflight.headers().contains("Access-Control-Allow-Origin")).isFalse();
      }
      assertThat(server.get("/items", "Origin", "https://app.test").status()).isEqualTo(200);
      assertThat(server.get("/items", "Origin", "https://other.test").status()).isEqualTo(200);
      assertThat(policy.names("https://a b")).as("by the CSRF guard").isFalse();

      assertThat(log.about("the predicate of the CORS policy failed about an origin"))
          .filteredOn(event -> event.getThrowableProxy().getMessage().equals("told once"))
          .as("other tests may have policies of their own")
          .hasSize(1);
    }
  }

  @Test
  void a_predicate_that_fails_lets_a_page_read_nothing_where_unlisted_ones_are_not_refused() {
    TestServer server =
        server(
            CorsPolicy.builder()
                .refuseUnlisted(false)
                .originPredicate(_ -> {
                  throw new IllegalStateException("thrown by a test");
                })
                .build());

    HttpResponse response = server.get("/items", "Origin", "https://other.test");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().contains("Access-Control-Allow-Origin")).isFalse();
  }

  @Test
  void a_policy_of_the_builder_goes_before_the_configuration() {
    TestServer server =
        TestServer.of(
            DOCUMENT,
            builder ->
                builder
                    .mock(true)
                    .config(TestServer.config("cors.origins", "https://configured.test"))
                    .cors(CorsPolicy.builder().origins("https://built.test").build()));

    assertThat(server.get("/items", "Origin", "https://built.test").status()).isEqualTo(200);
    assertThat(server.get("/items", "Origin", "https://configured.test").status()).isEqualTo(403);
  }

  @Test
  void routes_that_are_added_have_the_policy_of_the_server() {
    TestServer server = server(CorsPolicy.builder().origins("https://app.test").build());
    server.server().addRoute("PATCH", "/items", _ -> HttpResponse.of(200));

    HttpResponse preflight =
        server.ask(
            "OPTIONS",
            "/items",
            "",
            "Origin",
            "https://app.test",
            "Access-Control-Request-Method",
            "PATCH");

    assertThat(preflight.headers().get("Access-Control-Allow-Methods"))
        .isEqualTo("GET, HEAD, PATCH, PUT");
  }

  @Test
  void a_page_can_read_that_the_server_is_overloaded() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    TestServer server =
        TestServer.of(
            DOCUMENT,
            builder ->
                builder
                    .mock(true)
                    .config(
                        TestServer.config(
                            "http.max_in_flight", "1", "cors.origins", "https://app.test"))
                    .handler(
                        "list",
                        _ -> {
                          begun.countDown();
                          released.await();
                          return HttpResponse.of(200);
                        }));
    Thread first = Thread.ofVirtual().start(() -> server.get("/items"));
    begun.await();

    HttpResponse refused = server.ask("PUT", "/items", "", "Origin", "https://app.test");
    released.countDown();
    first.join();

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers().get("Access-Control-Allow-Origin")).isEqualTo("https://app.test");
  }

  @Test
  void a_page_can_read_that_it_asks_too_often() {
    TestServer server =
        TestServer.of(
            DOCUMENT,
            builder ->
                builder
                    .mock(true)
                    .config(
                        TestServer.config(
                            "rate_limit.enabled", "true",
                            "rate_limit.requests", "1",
                            "cors.origins", "https://app.test")));
    assertThat(server.getFrom("192.0.2.1", "/items").status()).isNotEqualTo(429);

    HttpResponse refused = server.getFrom("192.0.2.1", "/items", "Origin", "https://app.test");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers().get("Access-Control-Allow-Origin")).isEqualTo("https://app.test");
  }

  /** Refused by the transport, when the operation and so its policy are known. */
  @ParameterizedTest
  @CsvSource({
    "Content-Length: 5, 408, request-timeout",
    "Transfer-Encoding: chunked, 400, malformed-request"
  })
  void a_page_can_read_what_is_wrong_with_its_body(String framing, int status, String problem)
      throws Exception {
    try (BrrtServer server =
        BrrtServer.builder()
            .document(TestServer.file(CorsServers.DOCUMENT))
            .config(
                TestServer.config(
                    "http.body_timeout_ms", "1 s", "cors.origins", "https://app.test"))
            .mock(true)
            .security("key", (_, _) -> Verification.accepted("anybody"))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start()) {
      CorsServers.Answer answer =
          CorsServers.ask(
              server,
              "PUT /items",
              List.of("Origin: https://app.test", "Content-Type: application/json", framing),
              status == 408 ? "{" : "no size\r\n");
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.content()).contains("urn:brrtrouter:problem:" + problem);
      assertThat(answer.fields()).contains("Access-Control-Allow-Origin: https://app.test");
    }
  }

  @Nested
  class Is_refused {
    @Test
    void with_everything_that_is_wrong() {
      CorsPolicy.Builder builder =
          CorsPolicy.builder()
              .origins("*", "example.com")
              .allowedMethods("put")
              .allowCredentials(true)
              .maxAge(Duration.ofSeconds(-1));

      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              """
              origins has "example.com", which has no scheme; write https:// or http:// before it
              allowed_methods has "put", which is no method of HTTP; did you mean PUT?
              origins has "*", and allow_credentials is true: any page could act for its visitor; \
              list the origins, or do not allow credentials
              max_age is negative; 0 keeps nothing\
              """);
    }

    /** A page becomes {@code null} in a frame with {@code sandbox}. */
    @Test
    void with_credentials_for_pages_without_an_origin() {
      CorsPolicy.Builder builder =
          CorsPolicy.builder().origins("https://app.test", "null").allowCredentials(true);

      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "origins has \"null\", which is what any page can become, and allow_credentials is true:"
                  + " any page could act for its visitor; list the origins, or do not allow"
                  + " credentials");
    }

    @Test
    void where_document_and_configuration_contradict_each_other() {
      BrrtServer.Builder builder =
          BrrtServer.builder()
              .document(TestServer.file(DOCUMENT))
              .mock(true)
              .config(TestServer.config("cors.origins", "*"));

      assertThatThrownBy(builder::startInProcess)
          .isInstanceOf(StartupException.class)
          .message()
          .endsWith(
              """
              api.yaml:7:15: error[extension-value]: x-cors does not go with the configuration: \
              cors.origins has "*", and allow_credentials is true: any page could act for its visitor
                  7 |       x-cors: {allowCredentials: true}
                    |               ^
                fix: list the origins, or do not allow credentials
              1 error\
              """);
    }
  }

  /** {@code inherit} and {@code false} ask for nothing that is not there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {maxAge: 60} |                        | true
          {}           |                        | true
          {maxAge: 60} | https://app.test       | false
          false        |                        | false
          inherit      |                        | false
          """)
  void an_extension_that_does_nothing_is_told_at_the_start(
      String extension, String origins, boolean told) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT.replace("{allowCredentials: true}", extension)))
            .mock(true)
            .output(new PrintStream(said, true, StandardCharsets.UTF_8))
            .config(
                origins == null ? TestServer.config() : TestServer.config("cors.origins", origins));
    builder.port(0).start().close();

    String warning =
        "api.yaml:7:15: warning[cors-off]: x-cors does nothing: the server has no CORS policy, so"
            + " pages of other origins cannot use the operation; name their origins in the"
            + " configuration, as cors.origins, or remove the extension\n";
    assertThat(said.toString(StandardCharsets.UTF_8).contains(warning))
        .as(said.toString(StandardCharsets.UTF_8))
        .isEqualTo(told);
  }

  @Nested
  class Tells_the_client {
    private final TestServer server =
        server(CorsPolicy.builder().origins("https://app.test").allowedMethods("GET").build());

    private String preflight(String origin, String method, String headers) {
      return TestServer.text(
          server.ask(
              "OPTIONS",
              "/items",
              "",
              "Origin",
              origin,
              "Access-Control-Request-Method",
              method,
              "Access-Control-Request-Headers",
              headers,
              "X-Request-ID",
              "a"));
    }

    private static String problem(String slug, String title, String detail) {
      return "{\"type\":\"urn:brrtrouter:problem:%s\",\"title\":\"%s\",\"status\":403,\"detail\":\"%s\",\"requestId\":\"a\"}"
          .formatted(slug, title, detail);
    }

    @Test
    void that_its_origin_is_not_allowed() {
      assertThat(preflight("https://evil.test", "GET", ""))
          .isEqualTo(
              problem(
                  "origin-not-allowed",
                  "Origin not allowed by CORS policy",
                  "Pages of the origin that the request comes from may not use this API."));
    }

    @Test
    void that_the_method_is_not() {
      assertThat(preflight("https://app.test", "PUT", ""))
          .isEqualTo(
              problem(
                  "preflight-denied",
                  "CORS preflight request denied",
                  "The method asked for is none of those that pages of other origins may use"
                      + " here: GET, HEAD."));
    }

    @Test
    void which_header_field_is_not() {
      assertThat(preflight("https://app.test", "GET", "content-type, x-secret"))
          .isEqualTo(
              problem(
                  "preflight-denied",
                  "CORS preflight request denied",
                  "Name 2 of Access-Control-Request-Headers is none of the fields that pages of"
                      + " other origins may send here: Content-Type, Authorization."));
    }
  }
}
