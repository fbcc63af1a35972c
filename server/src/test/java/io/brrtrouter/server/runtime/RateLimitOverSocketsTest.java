package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.transport.TestCertificates;
import io.brrtrouter.server.transport.TlsFolder;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rate limits over sockets, by HTTP/1.1 and HTTP/2, as a client of structured fields reads them.
 */
class RateLimitOverSocketsTest {
  private static final String API =
      """
      openapi: 3.1.1
      info: {title: Limited, version: "1"}
      paths:
        /few:
          get:
            operationId: few
            x-brrtrouter-rate-limit: {requests: 3, window: 3600}
            responses: {"200": {description: ok}}
        /vault:
          get:
            operationId: vault
            security: [{password: []}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          password: {type: http, scheme: basic}
      """;

  private final TlsFolder folder = new TlsFolder();
  private final AtomicInteger asked = new AtomicInteger();

  private BrrtServer server(String... settings) {
    ServerConfig config =
        TestServer.config(settings)
            .with(
                Map.of(
                    "tls.certificate_file", folder.path("server.pem").toString(),
                    "tls.key_file", folder.path("server.key").toString()));
    SecurityProvider provider =
        (_, _) -> {
          asked.incrementAndGet();
          return Verification.refused("no such user");
        };
    return BrrtServer.builder()
        .document(TestServer.file(API))
        .config(config)
        .security("password", provider)
        .handler("few", Handler.neverBlocking(_ -> HttpResponse.of(200)))
        .handler("vault", _ -> HttpResponse.of(200))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(TestCertificates.trusting().context())
        .build();
  }

  private static java.net.http.HttpResponse<String> get(
      HttpClient client, BrrtServer server, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void fields_say_what_is_left_and_never_less_than_nothing(HttpClient.Version version)
      throws Exception {
    try (BrrtServer server = server();
        HttpClient client = client(version)) {
      for (int request = 1; request <= 5; request++) {
        var response = get(client, server, "/few");
        Map<String, Long> limit = item(response.headers().firstValue("RateLimit").orElseThrow());
        Map<String, Long> policy =
            item(response.headers().firstValue("RateLimit-Policy").orElseThrow());

        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(request <= 3 ? 200 : 429);
        assertThat(policy).containsExactly(Map.entry("q", 3L), Map.entry("w", 3600L));
        assertThat(limit).containsOnlyKeys("r", "t");
        assertThat(limit.get("r")).isEqualTo(Math.max(0, 3 - request));
        assertThat(limit.get("t")).isBetween(1L, 1200L);
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(request > 3);
        response
            .headers()
            .firstValue("Retry-After")
            .ifPresent(seconds -> assertThat(seconds).matches("[1-9][0-9]*"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void guesses_beyond_the_limit_are_not_verified(HttpClient.Version version) throws Exception {
    try (BrrtServer server = server("rate_limit.auth_failures", "4");
        HttpClient client = client(version)) {
      for (int guess = 1; guess <= 8; guess++) {
        var response = get(client, server, "/vault", "Authorization", "Basic YW5uOmd1ZXNz");

        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(guess <= 4 ? 401 : 429);
        assertThat(response.headers().firstValue("Retry-After").orElse("none"))
            .matches(guess <= 4 ? "none" : "[1-9][0-9]*");
      }
      assertThat(asked).hasValue(4);
      assertThat(get(client, server, "/few").statusCode()).isEqualTo(200);
    }
  }

  /**
   * {@return the parameters of the one string in a list} Reads what RFC 9651 section 3.1 allows,
   * and of its items those that the draft has: strings with integers as parameters.
   */
  private static Map<String, Long> item(String field) {
    assertThat(field).matches("\"[ !#-\\[\\]-~]+\"(; *[a-z*][a-z0-9_.*-]*=-?[0-9]{1,15})*");
    Map<String, Long> parameters = new LinkedHashMap<>();
    for (String parameter : field.substring(field.lastIndexOf('"') + 1).split(";")) {
      if (!parameter.isEmpty()) {
        String[] parts = parameter.strip().split("=");
        assertThat(parameters.put(parts[0], Long.parseLong(parts[1]))).isNull();
      }
    }
    return parameters;
  }
}
