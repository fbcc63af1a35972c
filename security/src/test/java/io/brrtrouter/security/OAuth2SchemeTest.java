package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.json;
import static io.brrtrouter.security.KeyServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Servers whose document has a scheme of type {@code oauth2}, over sockets: the tokens are JWTs of
 * an authorization server whose keys {@code config.yaml} names, or the metadata that the document
 * does.
 */
@Timeout(120) // for one that is waited for and never comes
class OAuth2SchemeTest {
  private static final String METADATA = "/.well-known/oauth-authorization-server/realms/pets";

  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Pets, version: "1"}
      security: [{login: [pets:read]}]
      paths:
        /pets:
          get: {operationId: list, responses: {"200": {description: pets, content: {text/plain: {}}}}}
          post:
            operationId: add
            security: [{login: [pets:read, pets:write]}]
            responses: {"200": {description: added, content: {text/plain: {}}}}
      components:
        securitySchemes:
          login:
            type: oauth2
            %s
            flows:
              authorizationCode:
                authorizationUrl: https://id.example.com/authorize
                tokenUrl: https://id.example.com/token
                scopes: {"pets:read": see pets, "pets:write": add pets}
              clientCredentials:
                tokenUrl: https://id.example.com/token
                scopes: {"pets:read": see pets}
      """;

  @TempDir private Path directory;
  private final KeyServer authority = new KeyServer().keys(TestKey.P256);
  private final String issuer = authority.url("/realms/pets").toString();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    authority.close();
  }

  private BrrtServer server(String member, String jwks) throws IOException {
    Path api = Files.writeString(directory.resolve("api.yaml"), DOCUMENT.formatted(member));
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            port: 0
            host: 127.0.0.1
            security:
              jwks:
                login: {%s}
            """
                .formatted(jwks));
    return BrrtServer.builder()
        .document(api)
        .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
        .handler(
            "list",
            request -> {
              var who = request.principal().orElseThrow();
              return HttpResponse.text(200, who.subject() + " " + who.scopes());
            })
        .handler("add", _ -> HttpResponse.text(200, "added"))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  private String token(String from, String audience, String scopes) {
    return token(TestKey.P256, from, audience, 600, scopes);
  }

  private static String token(
      TestKey key, String issuer, String audience, int seconds, String scopes) {
    return key.token(
        "ES256",
        "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"anna\",\"exp\":%d,\"scope\":\"%s\"}"
            .formatted(issuer, audience, Instant.now().getEpochSecond() + seconds, scopes));
  }

  /** {@return status, challenge, and content of what is let in} */
  private String ask(BrrtServer server, String method, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/pets"))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    var response = client.send(request.build(), BodyHandlers.ofString());
    return response.statusCode()
        + " "
        + (response.statusCode() == 200
            ? response.body()
            : response.headers().firstValue("WWW-Authenticate").orElse("-"));
  }

  /** Keys come in the background, and until then a token cannot be judged. */
  private String eventually(BrrtServer server, String method, String token) throws Exception {
    String answer = ask(server, method, token);
    while (answer.startsWith("503")) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      answer = ask(server, method, token);
    }
    return answer;
  }

  private static String challenge(String scope, String error) {
    return "401 Bearer realm=\"Pets\", scope=\"%s\", error=\"invalid_token\", error_description=\"%s\""
        .formatted(scope, error);
  }

  @Nested
  class With_keys_of_the_configuration {
    private BrrtServer server() throws IOException {
      return OAuth2SchemeTest.this.server(
          "description: of the shop",
          "jwks_url: \"%s\", iss: \"%s\", aud: pets-api".formatted(authority.url("/keys"), issuer));
    }

    @Test
    void who_has_the_scopes_is_let_in() throws Exception {
      try (BrrtServer server = server()) {
        assertThat(eventually(server, "GET", token(issuer, "pets-api", "pets:read")))
            .isEqualTo("200 anna [pets:read]");
        assertThat(ask(server, "POST", token(issuer, "pets-api", "pets:write pets:read")))
            .isEqualTo("200 added");
        assertThat(authority.asked("/keys")).isPositive();
      }
    }

    @Test
    void who_lacks_a_scope_is_told_which_it_takes() throws Exception {
      String insufficient = "403 Bearer realm=\"Pets\", scope=\"%s\", error=\"insufficient_scope\"";
      try (BrrtServer server = server()) {
        assertThat(eventually(server, "POST", token(issuer, "pets-api", "pets:read")))
            .isEqualTo(insufficient.formatted("pets:read pets:write"));
        assertThat(ask(server, "GET", token(issuer, "pets-api", "pets:write")))
            .isEqualTo(insufficient.formatted("pets:read"));
        assertThat(ask(server, "GET", token(issuer, "pets-api", "")))
            .isEqualTo(insufficient.formatted("pets:read"));
      }
    }

    @Test
    void who_has_no_token_is_challenged_for_one() throws Exception {
      try (BrrtServer server = server()) {
        assertThat(ask(server, "GET", ""))
            .isEqualTo("401 Bearer realm=\"Pets\", scope=\"pets:read\"");
        assertThat(ask(server, "POST", ""))
            .isEqualTo("401 Bearer realm=\"Pets\", scope=\"pets:read pets:write\"");
      }
    }

    @Test
    void a_token_for_another_or_of_another_or_of_yesterday_is_refused() throws Exception {
      String scope = "pets:read";
      try (BrrtServer server = server()) {
        assertThat(eventually(server, "GET", token(issuer, "shop-api", scope)))
            .isEqualTo(challenge(scope, "the token is not for this audience"));
        assertThat(ask(server, "GET", token(issuer + "/", "pets-api", scope)))
            .isEqualTo(challenge(scope, "the token is not of this issuer"));
        assertThat(ask(server, "GET", token(TestKey.P256, issuer, "pets-api", -600, scope)))
            .isEqualTo(challenge(scope, "the token has expired"));
        TestKey forger = TestKey.generate(TestKey.P256.kid(), "EC", 256);
        assertThat(ask(server, "GET", token(forger, issuer, "pets-api", 600, scope)))
            .isEqualTo(challenge(scope, "the signature is not valid"));
        String[] parts = token(issuer, "pets-api", scope).split("\\.");
        String unsigned = TestKey.base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";
        assertThat(ask(server, "GET", unsigned)).startsWith("401 ");
        assertThat(ask(server, "GET", token(issuer, "pets-api", scope))).startsWith("200 ");
      }
    }
  }

  /** OpenAPI 3.2 section 4.24, RFC 8414. */
  @Nested
  class With_metadata_of_the_document {
    private BrrtServer server(String more) throws IOException {
      return OAuth2SchemeTest.this.server(
          "oauth2MetadataUrl: \"" + authority.url(METADATA) + "\"", "aud: pets-api" + more);
    }

    private void metadata(String named, String keys) {
      authority.on(
          METADATA,
          json(
              """
              {"issuer": "%s", "jwks_uri": "%s", "token_endpoint": "https://id.example.com/token",
               "response_types_supported": ["code"]}
              """
                  .formatted(named, authority.url(keys))));
    }

    @Test
    void keys_and_issuer_are_those_that_it_tells() throws Exception {
      authority.on("/other", status(200, TestKey.keySet(TestKey.P256.namedJwk())));
      metadata(issuer, "/other");
      try (BrrtServer server = server("")) {
        assertThat(eventually(server, "GET", token(issuer, "pets-api", "pets:read")))
            .isEqualTo("200 anna [pets:read]");
        assertThat(authority.asked(METADATA)).isPositive();
        assertThat(authority.asked("/other")).isPositive();
        assertThat(authority.asked("/keys")).isZero();
        assertThat(ask(server, "GET", token("https://id.example.com", "pets-api", "pets:read")))
            .isEqualTo(challenge("pets:read", "the token is not of this issuer"));
        assertThat(ask(server, "GET", token(issuer, "shop-api", "pets:read")))
            .isEqualTo(challenge("pets:read", "the token is not for this audience"));
        assertThat(ask(server, "POST", token(issuer, "pets-api", "pets:read")))
            .startsWith("403 ")
            .contains("insufficient_scope");
      }
    }

    /** RFC 8414 section 3.3: what names another issuer must not be used. */
    @ParameterizedTest
    @CsvSource({
      "https://evil.example.com, https://evil.example.com",
      "https://evil.example.com, ISSUER",
      "ISSUER/other, ISSUER/other",
    })
    void metadata_of_another_issuer_lets_nobody_in(String named, String from) throws Exception {
      metadata(named.replace("ISSUER", issuer), "/keys");
      try (BrrtServer server = server("")) {
        String token = token(from.replace("ISSUER", issuer), "pets-api", "pets:read");
        while (authority.asked(METADATA) == 0) {
          assertThat(ask(server, "GET", token)).isEqualTo("503 -");
        }
        assertThat(ask(server, "GET", token)).isEqualTo("503 -");
        assertThat(ask(server, "GET", "")).startsWith("401 ");
        assertThat(authority.asked("/keys")).as("nobody asks for its keys").isZero();
      }
    }

    @Test
    void while_there_is_none_nobody_can_tell_and_then_tokens_are_good() throws Exception {
      authority.on(METADATA, status(500, ""));
      try (BrrtServer server = server(", refetch_secs: 1")) {
        String token = token(issuer, "pets-api", "pets:read");
        assertThat(ask(server, "GET", token)).isEqualTo("503 -");
        assertThat(ask(server, "GET", "")).startsWith("401 ");

        metadata(issuer, "/keys");
        assertThat(eventually(server, "GET", token)).isEqualTo("200 anna [pets:read]");
      }
    }

    @Test
    void what_it_told_last_goes_on_when_it_is_gone() throws Exception {
      metadata(issuer, "/keys");
      try (BrrtServer server = server(", cache_ttl_secs: 1, stale_secs: 1 h, refetch_secs: 1")) {
        String first = token(issuer, "pets-api", "pets:read");
        assertThat(eventually(server, "GET", first)).startsWith("200 ");

        authority.on(METADATA, status(503, ""));
        int before = authority.asked(METADATA);
        while (authority.asked(METADATA) < before + 2) { // the second begins behind a failed one
          assertThat(ask(server, "GET", token(issuer, "pets-api", "pets:read pets:write")))
              .startsWith("200 ");
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(ask(server, "GET", token(issuer, "shop-api", "pets:read"))).startsWith("401 ");
      }
    }
  }
}
