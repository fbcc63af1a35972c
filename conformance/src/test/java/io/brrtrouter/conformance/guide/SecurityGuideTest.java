package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.testing.BrrtClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page on handlers says about who may call. */
@DisplayName("The guide to security")
class SecurityGuideTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Orders, version: "1"}
      paths:
        /order:
          get:
            operationId: get_order
            security: [{}, {partner_key: [orders]}]
            responses: {"200": {description: Whose., content: {application/json: {}}}}
        /orders:
          get:
            operationId: list_orders
            security: [{partner_key: [orders]}]
            responses: {"200": {description: All.}}
        /basic:
          get:
            operationId: get_basic
            security: [{user: []}]
            responses: {"200": {description: Fine.}}
        /bearer:
          get:
            operationId: get_bearer
            security: [{token: []}]
            responses: {"200": {description: Fine., content: {text/plain: {example: yes}}}}
      components:
        securitySchemes:
          partner_key: {type: apiKey, in: header, name: X-Key}
          user: {type: http, scheme: basic}
          token: {type: http, scheme: bearer}
      """;

  private final Map<String, String> partners = Map.of("key-of-acme", "acme");
  private BrrtServer.Builder server;

  @BeforeEach
  void begin(@TempDir Path directory) throws IOException {
    server =
        BrrtServer.builder()
            .mock(true)
            .developmentSecurity(true)
            .document(Files.writeString(directory.resolve("orders.yaml"), DOCUMENT));
    handler();
  }

  private void handler() {
    server.handler(
        "get_order",
        request ->
            HttpResponse.json(
                200, Map.of("for", request.principal().map(Principal::subject).orElse("anybody"))));
  }

  private static String asked(BrrtClient client) {
    return client.get("/order").send().expect(200).text();
  }

  @Test
  void aProviderSaysWhoItIs() {
    server.security(
        "partner_key",
        (credential, request) ->
            credential instanceof Credential.ApiKey(String key) && partners.containsKey(key)
                ? Verification.accepted(partners.get(key), List.of("orders"))
                : Verification.refused("the key is not known"));
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      assertThat(asked(client)).isEqualTo("{\"for\":\"anybody\"}");
      assertThat(asked(client.with("X-Key", "key-of-acme"))).isEqualTo("{\"for\":\"acme\"}");
      client.get("/order").header("X-Key", "development-only").send().expect(401);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, t1, 200, ann of ann@example.com",
    "true, t2, 401, the session has ended",
    "false, t1, 503, Credentials cannot be verified"
  })
  void aProviderAnswersWithClaimsOrThatNobodyCanTell(
      boolean read, String sent, int status, String told) {
    Map<String, String> sessions = read ? Map.of("t1", "ann") : Map.of();
    server.security(
        "token",
        (credential, request) -> {
          if (!(credential instanceof Credential.Bearer(String token))) {
            return Verification.refused("a bearer token is needed");
          }
          if (sessions.isEmpty()) {
            return new Verification.Unavailable("the sessions are not read yet");
          }
          String user = sessions.get(token);
          return user == null
              ? Verification.refused("the session has ended")
              : new Verification.Accepted(
                  user, List.of("orders"), Map.of("email", user + "@example.com"));
        });
    server.handler(
        "get_bearer",
        request -> {
          Principal who = request.principal().orElseThrow();
          return HttpResponse.text(200, who.subject() + " of " + who.claims().get("email"));
        });
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      assertThat(client.get("/bearer").bearer(sent).send().expect(status).text()).contains(told);
    }
  }

  @ParameterizedTest
  @CsvSource({"development-only, 200", "development-only.no-scopes, 403", "another, 401"})
  void credentialsForDevelopmentHaveEveryScopeOrNone(String key, int status) {
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      client.get("/orders").header("X-Key", key).send().expect(status);
      client.get("/basic").basic("developer", "development-only").send().expect(200);
      client.get("/bearer").bearer("development-only").send().expect(200);
    }
  }
}
