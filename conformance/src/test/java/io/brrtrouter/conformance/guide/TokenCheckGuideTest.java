package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.security.JwtProvider;
import io.brrtrouter.security.TokenCheck;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.BrrtClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/security.md, revoking tokens")
class TokenCheckGuideTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Shop, version: "1"}
      paths:
        /orders:
          get:
            operationId: list_orders
            security: [{login: []}]
            responses: {"200": {description: All., content: {text/plain: {example: none}}}}
      components:
        securitySchemes:
          login: {type: http, scheme: bearer}
      """;

  final class LiveSessions implements TokenCheck {
    private final Set<String> live = ConcurrentHashMap.newKeySet();
    private volatile boolean known;

    @Override
    public Answer check(Map<String, Object> claims) {
      if (!known) {
        return Answer.UNKNOWN;
      }
      return claims.get("sid") instanceof String id && live.contains(id)
          ? Answer.GOOD
          : Answer.REVOKED;
    }

    @Override
    public boolean mayBlock() {
      return false;
    }
  }

  private final class Shop implements BrrtApplication {
    private final String issuer;

    Shop(String issuer) {
      this.issuer = issuer;
    }

    @Override
    public void configure(BrrtServer.Builder server, Resources resources) {
      JwtProvider login =
          resources.get(
              "login",
              JwtProvider.class,
              () ->
                  JwtProvider.builder()
                      .discovery(URI.create(issuer + "/.well-known/openid-configuration"))
                      .audience("shop-api")
                      .revocation(sessions)
                      .build());
      server.security("login", login);
    }
  }

  private final LiveSessions sessions = new LiveSessions();

  @Test
  void aTokenIsGoodAsLongAsItsSessionLives(@TempDir Path directory) throws Exception {
    Path document = Files.writeString(directory.resolve("shop.yaml"), DOCUMENT);
    try (LocalIssuer issuer = new LocalIssuer()) {
      issuer.metadata("/.well-known/openid-configuration", issuer.url(), "/keys");
      Resources resources = Resources.of(ServerConfig.defaults());
      BrrtServer.Builder server =
          BrrtServer.builder().mock(true).document(document).resources(resources);
      new Shop(issuer.url()).configure(server, resources);
      long now = Instant.now().getEpochSecond();
      String token =
          issuer.token(
              "",
              """
              {"iss": "%s", "aud": "shop-api", "sub": "ann", "sid": "s1", "iat": %d, "exp": %d}
              """
                  .formatted(issuer.url(), now, now + 600));
      try (BrrtClient client =
          BrrtClient.inProcess(server.startInProcess()).with("Authorization", "Bearer " + token)) {
        client.get("/orders").send().expect(503);
        sessions.known = true;
        sessions.live.add("s1");
        client.get("/orders").send().expect(200);
        sessions.live.remove("s1");
        assertThat(client.get("/orders").send().expect(401).header("WWW-Authenticate"))
            .contains("the token is revoked");
      }
    }
  }
}
