package io.brrtrouter.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose configuration says who verifies. */
class ConfiguredProvidersTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Configured, version: "1"}
      paths:
        /pets:
          get:
            operationId: pets
            security: [{token: [read]}]
            responses: {"200": {description: ok}}
      components:
        securitySchemes:
          token: {type: http, scheme: bearer}
          key: {type: apiKey, in: header, name: X-Key}
      """;

  @TempDir Path directory;

  private BrrtServer.Builder builder(String yaml) throws IOException {
    return builder(DOCUMENT, yaml);
  }

  private BrrtServer.Builder builder(String document, String yaml) throws IOException {
    Path api = Files.writeString(directory.resolve("api.yaml"), document);
    Path config = Files.writeString(directory.resolve("config.yaml"), yaml);
    return BrrtServer.builder()
        .document(api)
        .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
        .handler(
            "pets",
            request -> HttpResponse.text(200, request.principal().orElseThrow().toString()));
  }

  private static HttpResponse get(BrrtServer server, String... headers) {
    HttpRequest head =
        new HttpRequest(
            Method.GET,
            "/pets",
            "HTTP/1.1",
            Headers.of(headers),
            Peer.of(new InetSocketAddress(0)));
    return server.exchange(head, new byte[0]);
  }

  private static String text(HttpResponse response) {
    return response.body() instanceof Body.Bytes(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  private static String claims(long expiresIn, String... more) {
    long now = System.currentTimeMillis() / 1000;
    return Tokens.claimsUntil(now + expiresIn, more);
  }

  @Nested
  class Tokens_of_a_configured_scheme {
    private static final String JWKS =
        """
        security:
          jwks:
            token:
              jwks_url: %s
              iss: https://id.example.com/
              aud: https://api.example.com
              cookie_name: session
        """;

    /** Keys come in the background, and until then a token cannot be judged. */
    private static HttpResponse eventually(BrrtServer server, String token) {
      HttpResponse response = get(server, "Authorization", "Bearer " + token);
      for (int i = 0; response.status() == 503 && i < 2_000; i++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        response = get(server, "Authorization", "Bearer " + token);
      }
      return response;
    }

    @Test
    void are_verified_with_keys_of_a_url() throws IOException {
      try (KeyServer keys = new KeyServer().keys(TestKey.RSA);
          BrrtServer server = builder(JWKS.formatted(keys.url("/keys"))).startInProcess()) {
        String token = TestKey.RSA.token("RS256", claims(600, "\"scope\":\"read write\""));

        assertThat(text(eventually(server, token)))
            .startsWith("Principal[scheme=token, subject=anna, scopes=[read, write], claims={");
        assertThat(get(server, "Cookie", "session=" + token).status()).isEqualTo(200);
        assertThat(get(server).status()).isEqualTo(401);

        HttpResponse late =
            get(server, "Authorization", "Bearer " + TestKey.RSA.token("RS256", claims(-600)));
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.headers().first("WWW-Authenticate"))
            .hasValue(
                "Bearer realm=\"Configured\", scope=\"read\", error=\"invalid_token\","
                    + " error_description=\"the token has expired\"");

        HttpResponse poor =
            get(
                server,
                "Authorization",
                "Bearer " + TestKey.RSA.token("RS256", claims(600, "\"scope\":\"write\"")));
        assertThat(poor.status()).isEqualTo(403);
        assertThat(poor.headers().first("WWW-Authenticate"))
            .hasValue("Bearer realm=\"Configured\", scope=\"read\", error=\"insufficient_scope\"");
      }
    }

    @Test
    void are_let_in_where_a_neighbour_guesses_whether_they_were_seen_before_or_not()
        throws IOException {
      try (KeyServer keys = new KeyServer().keys(TestKey.RSA);
          BrrtServer server =
              builder(JWKS.formatted(keys.url("/keys")) + "rate_limit: {auth_failures: 2}\n")
                  .startInProcess()) {
        String forged = TestKey.OTHER_RSA.token("RS256", claims(600, "\"scope\":\"read\""));
        assertThat(eventually(server, forged).status()).isEqualTo(401);
        assertThat(get(server, "Authorization", "Bearer " + forged).status()).isEqualTo(401);
        assertThat(get(server, "Authorization", "Bearer " + forged).status()).isEqualTo(429);

        String good = TestKey.RSA.token("RS256", claims(600, "\"scope\":\"read\""));
        for (String time : List.of("first", "second")) {
          assertThat(get(server, "Authorization", "Bearer " + good).status())
              .as("asked for the %s time", time)
              .isEqualTo(200);
        }
        assertThat(get(server, "Authorization", "Bearer " + forged).status()).isEqualTo(429);
      }
    }

    @Test
    void are_verified_as_the_openid_provider_of_the_document_says() throws IOException {
      try (KeyServer keys = new KeyServer().keys(TestKey.P256)) {
        keys.on(
            "/.well-known/openid-configuration",
            KeyServer.status(
                200,
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}"
                    .formatted(keys.url(""), keys.url("/keys"))));
        String document =
            DOCUMENT.replace(
                "{type: http, scheme: bearer}",
                "{type: openIdConnect, openIdConnectUrl: '%s'}"
                    .formatted(keys.url("/.well-known/openid-configuration")));
        try (BrrtServer server =
            builder(document, "security: {jwks: {token: {aud: pets}}}").startInProcess()) {
          long now = System.currentTimeMillis() / 1000;
          String token =
              TestKey.P256.token(
                  "ES256",
                  "{\"iss\":\"%s\",\"aud\":\"pets\",\"sub\":\"ben\",\"exp\":%d,\"scp\":[\"read\"]}"
                      .formatted(keys.url(""), now + 600));

          assertThat(text(eventually(server, token))).contains("subject=ben, scopes=[read]");
        }
      }
    }

    @Test
    void cannot_be_judged_while_no_keys_were_ever_there() throws IOException {
      try (KeyServer keys = new KeyServer();
          BrrtServer server = builder(JWKS.formatted(keys.url("/keys"))).startInProcess()) {
        HttpResponse response =
            get(server, "Authorization", "Bearer " + TestKey.RSA.token("RS256", claims(600)));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers().contains("Retry-After")).isTrue();
        assertThat(get(server).status()).isEqualTo(401);
      }
    }
  }
}
