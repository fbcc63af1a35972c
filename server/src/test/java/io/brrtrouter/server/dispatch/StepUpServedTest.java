package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import io.brrtrouter.server.runtime.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code x-brrtrouter-step-up} from the document to the octets of the answer (RFC 9470 section 3).
 */
class StepUpServedTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Bank, version: "1"}
      security: [{token: []}]
      paths:
        /balance:
          get: {operationId: balance, responses: {"200": {description: ok, content: {text/plain: {}}}}}
        /pay:
          get:
            operationId: pay
            x-brrtrouter-step-up: {acrValues: [gold, platinum], maxAge: 60}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /sign:
          get:
            operationId: sign
            x-brrtrouter-step-up: {acrValues: [gold]}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /change:
          get:
            operationId: change
            x-brrtrouter-step-up: {maxAge: 60}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      components:
        securitySchemes:
          token: {type: http, scheme: bearer}
      """;

  private static final String OLD = "a more recent authentication is required";
  private static final String WEAK = "a different authentication level is required";
  private static final String NO_ACR =
      "the token has no acr that says how its user authenticated; let its issuer put one into access"
          + " tokens";
  private static final String NO_TIME =
      "the token has no auth_time in seconds since 1970 that says when its user authenticated; let"
          + " its issuer put one into access tokens";

  private static BrrtServer server;

  /** A token is the words that its claims are made of. */
  private static Map<String, Object> claims(String token) {
    Map<String, Object> claims = new HashMap<>();
    long now = Instant.now().getEpochSecond();
    for (String word : token.split("\\.")) {
      switch (word) {
        case "recent" -> claims.put("auth_time", now);
        case "old" -> claims.put("auth_time", now - 3_600);
        case "plain" -> {}
        default -> claims.put("acr", word);
      }
    }
    return claims;
  }

  @BeforeAll
  static void start() {
    SecurityProvider provider =
        (credential, _) ->
            credential instanceof Credential.Bearer(String token)
                ? new Verification.Accepted("me", List.of(), claims(token))
                : Verification.refused("not a token");
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config())
            .security("token", provider)
            .output(new PrintStream(OutputStream.nullOutputStream()));
    for (String name : List.of("balance", "pay", "sign", "change")) {
      builder.handler(name, _ -> HttpResponse.text(200, name));
    }
    server = builder.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String ask(String path, String token) throws IOException {
    return Wire.ask(
        server.port(), "GET " + path + " HTTP/1.1", "Host: a", "Authorization: Bearer " + token);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "/balance, plain",
    "/pay, gold.recent",
    "/pay, platinum.recent",
    "/sign, gold",
    "/sign, gold.old",
    "/change, recent",
    "/change, silver.recent",
  })
  void what_is_strong_and_recent_enough_is_served(String path, String token) throws IOException {
    String answer = ask(path, token);

    assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("WWW-Authenticate");
    assertThat(Wire.content(answer)).isEqualTo(path.substring(1));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /pay    | plain         | NO_ACR  | acr_values="gold platinum", max_age="60"
          /pay    | recent        | NO_ACR  | acr_values="gold platinum", max_age="60"
          /pay    | gold          | NO_TIME | acr_values="gold platinum", max_age="60"
          /pay    | gold.old      | OLD     | acr_values="gold platinum", max_age="60"
          /pay    | silver.recent | WEAK    | acr_values="gold platinum", max_age="60"
          /sign   | plain         | NO_ACR  | acr_values="gold"
          /sign   | silver        | WEAK    | acr_values="gold"
          /change | plain         | NO_TIME | max_age="60"
          /change | gold.old      | OLD     | max_age="60"
          """)
  void what_is_not_is_told_what_would_be(String path, String token, String missing, String asked)
      throws IOException {
    String words =
        switch (missing) {
          case "NO_ACR" -> NO_ACR;
          case "NO_TIME" -> NO_TIME;
          case "OLD" -> OLD;
          default -> WEAK;
        };

    String answer = ask(path, token);

    assertThat(answer)
        .startsWith("HTTP/1.1 401 ")
        .contains("\"detail\":\"The token is good, but " + words);
    assertThat(answer.lines().filter(line -> line.startsWith("WWW-Authenticate:")))
        .singleElement()
        .asString()
        .startsWith("WWW-Authenticate: Bearer realm=")
        .endsWith(
            ", error=\"insufficient_user_authentication\", error_description=\""
                + words
                + "\", "
                + asked);
  }
}
