package io.brrtrouter.conformance.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that believes the tokens of a Keycloak, whose distribution is in the directory that
 * {@code BRRT_KEYCLOAK} names; {@code .ci/run} fetches one. The last tests change its keys and end
 * it, so they have an order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Pets, version: "1"}
      paths:
        /pets:
          get:
            operationId: list
            security: [{login: ["pets:read"]}]
            responses: {"200": {description: pets}}
          post:
            operationId: add
            security: [{login: ["pets:write"]}]
            responses: {"200": {description: added}}
        /keepers:
          get:
            operationId: keepers
            security: [{login: [keeper]}]
            responses: {"200": {description: keepers}}
      components:
        securitySchemes:
          login: {type: openIdConnect, openIdConnectUrl: '%s'}
      """;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path directory;
  private static Keycloak keycloak;
  private static BrrtServer server;

  @BeforeAll
  static void start() throws Exception {
    String distribution = System.getenv("BRRT_KEYCLOAK");
    if (distribution == null) {
      System.out.println("KeycloakTest is skipped: BRRT_KEYCLOAK names no distribution.");
    }
    Assumptions.assumeTrue(distribution != null, "BRRT_KEYCLOAK names no distribution");
    keycloak = Keycloak.start(Path.of(distribution), directory);
    server = serve("2");
  }

  private static BrrtServer serve(String ttl) throws Exception {
    Path document =
        Files.writeString(directory.resolve("api.yaml"), DOCUMENT.formatted(keycloak.discovery()));
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            port: 0
            security:
              jwks:
                login:
                  aud: pets-api
                  scope_claims: [scope, realm_access.roles]
                  leeway_secs: 0
                  cache_ttl_secs: %s
                  stale_secs: 1 h
                  refetch_secs: 1
            """
                .formatted(ttl));
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(document)
            .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (String operation : new String[] {"list", "add", "keepers"}) {
      builder.handler(
          operation,
          request -> {
            var principal = request.principal().orElseThrow();
            assertThat(principal.subject()).as("an identifier, no name").hasSize(36);
            return io.brrtrouter.server.http.HttpResponse.text(
                200, String.valueOf(principal.claims().get("preferred_username")));
          });
    }
    return builder.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
    HTTP.close();
  }

  private static HttpResponse<String> ask(String method, String path, String token)
      throws Exception {
    return ask(server, method, path, token);
  }

  private static HttpResponse<String> ask(
      BrrtServer asked, String method, String path, String token) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(asked.url() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String told(HttpResponse<String> response) {
    return response.statusCode()
        + response
            .headers()
            .firstValue("WWW-Authenticate")
            .map(field -> " " + field.replaceAll(".*error_description=\"(.*?)\".*", "$1"))
            .orElse(" " + response.body());
  }

  /** Keys come in the background, and clocks tick. */
  private static String eventually(String wanted, String path, String token) throws Exception {
    return eventually(server, wanted, path, token);
  }

  private static String eventually(BrrtServer asked, String wanted, String path, String token)
      throws Exception {
    String told = "";
    for (int i = 0; i < 600; i++) {
      told = told(ask(asked, "GET", path, token));
      if (told.equals(wanted)) {
        return told;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return told;
  }

  @Test
  @Order(1)
  void a_token_of_the_code_flow_lets_its_user_in() throws Exception {
    String token = new CodeFlow(keycloak).login("pets:write");

    assertThat(eventually("200 anna", "/pets", token)).isEqualTo("200 anna");
    assertThat(told(ask("POST", "/pets", token))).isEqualTo("200 anna");
  }

  @Test
  @Order(2)
  void scopes_and_roles_are_what_the_token_has() throws Exception {
    String token = keycloak.tokenOf("shop", "");

    assertThat(eventually("200 anna", "/pets", token)).isEqualTo("200 anna");
    assertThat(told(ask("GET", "/keepers", token))).isEqualTo("200 anna");
    HttpResponse<String> poor = ask("POST", "/pets", token);
    assertThat(poor.statusCode()).isEqualTo(403);
    assertThat(poor.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"Pets\", scope=\"pets:write\", error=\"insufficient_scope\"");
  }

  @Test
  @Order(3)
  void a_service_has_a_token_of_its_own() throws Exception {
    String token =
        keycloak.token(
            keycloak.tokens(),
            Map.of(
                "grant_type", "client_credentials",
                "client_id", "warehouse",
                "client_secret", "warehouse-secret-of-a-test"));

    assertThat(told(ask("GET", "/pets", token))).startsWith("200");
    assertThat(ask("GET", "/keepers", token).statusCode()).isEqualTo(403);
  }

  @Test
  @Order(4)
  void a_token_for_another_audience_is_refused() throws Exception {
    assertThat(told(ask("GET", "/pets", keycloak.tokenOf("stranger", ""))))
        .isEqualTo("401 the token is not for this audience");
  }

  @Test
  @Order(5)
  void a_token_expires() throws Exception {
    String token = keycloak.tokenOf("hasty", "");

    assertThat(eventually("401 the token has expired", "/pets", token))
        .isEqualTo("401 the token has expired");
  }

  @Test
  @Order(6)
  void a_token_of_a_new_key_is_believed_at_once_and_one_of_a_deleted_key_no_more()
      throws Exception {
    String before = keycloak.tokenOf("shop", "");
    String key = keycloak.rotate(1_000);
    String after = keycloak.tokenOf("shop", "");

    assertThat(keyOf(after)).isNotEqualTo(keyOf(before));
    assertThat(eventually("200 anna", "/pets", after)).isEqualTo("200 anna");
    assertThat(told(ask("GET", "/pets", before))).isEqualTo("200 anna");

    keycloak.forgetKeysBut(key);
    assertThat(eventually("401 the key of the token is not known", "/pets", before))
        .isEqualTo("401 the key of the token is not known");
    assertThat(told(ask("GET", "/pets", after))).isEqualTo("200 anna");
  }

  /**
   * Keys that are good for an hour are loaded for a token that names another, and for no other
   * reason.
   */
  @Test
  @Order(7)
  void a_new_key_is_known_long_before_those_that_are_held_are_old() throws Exception {
    try (BrrtServer patient = serve("1 h")) {
      String before = keycloak.tokenOf("shop", "");
      assertThat(eventually(patient, "200 anna", "/pets", before)).isEqualTo("200 anna");

      String key = keycloak.rotate(2_000);
      String after = keycloak.tokenOf("shop", "");
      assertThat(keyOf(after)).isNotEqualTo(keyOf(before));
      assertThat(eventually(patient, "200 anna", "/pets", after)).isEqualTo("200 anna");

      keycloak.forgetKeysBut(key);
      assertThat(eventually("401 the key of the token is not known", "/pets", before))
          .as("where keys are good for two seconds")
          .isEqualTo("401 the key of the token is not known");
      assertThat(told(ask(patient, "GET", "/pets", before)))
          .as("where they are good for an hour")
          .isEqualTo("200 anna");
    }
  }

  private static String keyOf(String token) {
    String header = token.substring(0, token.indexOf('.'));
    return Keycloak.json(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
        .get("kid")
        .asString();
  }

  @Test
  @Order(8)
  void an_outage_keeps_nobody_out_whose_key_is_known() throws Exception {
    String token = keycloak.tokenOf("shop", "");
    assertThat(eventually("200 anna", "/pets", token)).isEqualTo("200 anna");
    keycloak.stop();

    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
    while (System.nanoTime() < end) {
      assertThat(told(ask("GET", "/pets", token))).isEqualTo("200 anna");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }

    server.close();
    server = serve("2");
    assertThat(ask("GET", "/pets", token).statusCode()).isEqualTo(503);
    assertThat(ask("GET", "/pets", "").statusCode()).isEqualTo(401);
  }

  /** A browser that logs a user in, with proof of possession of the code (RFC 7636). */
  private static final class CodeFlow {
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
    private static final String CALLBACK = "http://127.0.0.1/callback";
    private static final String VERIFIER = "a-verifier-of-a-test-that-is-long-enough-0123456789";

    private final Keycloak keycloak;

    CodeFlow(Keycloak keycloak) {
      this.keycloak = keycloak;
    }

    String login(String scope) throws Exception {
      HttpResponse<String> page =
          HTTP.send(
              HttpRequest.newBuilder(authorization(scope)).build(),
              HttpResponse.BodyHandlers.ofString());
      Matcher form = FORM.matcher(page.body());
      assertThat(form.find()).as(page.body()).isTrue();
      HttpResponse<String> posted =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("Cookie", cookies(page))
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "username=anna&password=annas-password-of-a-test"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(posted.statusCode()).as(posted.body()).isEqualTo(302);
      String location = posted.headers().firstValue("Location").orElseThrow();
      assertThat(location).startsWith(CALLBACK + "?");
      String code = location.replaceAll(".*[?&]code=([^&]+).*", "$1");
      return keycloak.token(
          keycloak.tokens(),
          Map.of(
              "grant_type", "authorization_code",
              "client_id", "shop",
              "code", code,
              "redirect_uri", CALLBACK,
              "code_verifier", VERIFIER));
    }

    /** Browsers take a loopback address for secure, as Keycloak does; the JDK's client does not. */
    private static String cookies(HttpResponse<String> page) {
      return page.headers().allValues("Set-Cookie").stream()
          .map(cookie -> cookie.replaceFirst(";.*", ""))
          .collect(Collectors.joining("; "));
    }

    private URI authorization(String scope) throws Exception {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
      return keycloak.url(
          "/realms/pets/protocol/openid-connect/auth?"
              + Keycloak.encoded(
                  Map.of(
                      "response_type", "code",
                      "client_id", "shop",
                      "redirect_uri", CALLBACK,
                      "scope", "openid " + scope,
                      "state", "s",
                      "code_challenge",
                          Base64.getUrlEncoder().withoutPadding().encodeToString(hash),
                      "code_challenge_method", "S256")));
    }
  }
}
