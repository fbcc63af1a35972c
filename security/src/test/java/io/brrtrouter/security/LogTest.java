package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.status;
import static io.brrtrouter.security.Tokens.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.security.keys.CachedKeys;
import io.brrtrouter.server.auth.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, because it reads what is logged meanwhile. */
@Isolated
class LogTest {
  private static final String SECRET = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I";

  @Test
  void an_outage_is_told_once_and_its_end_too_and_no_secret_is() {
    TestClock clock = new TestClock();
    String oct = "{\"kty\":\"oct\",\"kid\":\"x\",\"k\":\"" + SECRET + "\"}";
    String set = TestKey.keySet(TestKey.P256.namedJwk(), oct);
    String token = TestKey.P256.token("ES256", Tokens.claimsUntil(Tokens.NOW + 90_000));
    List<String> lines;
    String url;
    try (Lines log = new Lines(CachedKeys.class);
        KeyServer server = new KeyServer().on("/keys", status(200, set));
        JwtProvider provider =
            Tokens.builder(clock).jwksUrl(server.url("/keys?key=" + SECRET)).build()) {
      url = server.url("/keys").toString();
      assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);
      verify(provider, token.replace('.', ','));
      verify(provider, token + "AAAA");
      server.on("/keys", status(500, SECRET));
      for (int i = 0; i < 5; i++) {
        clock.pass(Duration.ofSeconds(301));
        verify(provider, token);
      }
      clock.pass(Duration.ofSeconds(3_600));
      verify(provider, token);
      server.on("/keys", status(200, set));
      clock.pass(Duration.ofSeconds(60));
      assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);
      lines = log.lines();
    }
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("DEBUG"))
        .containsExactly(
            "WARN Keys of "
                + url
                + " that verify nothing: key 2: it is a secret, and a key set is public.",
            "WARN Keys of "
                + url
                + " cannot be loaded, and the last ones stay good for 3600 s: it answers 500",
            "INFO Keys of " + url + " are loaded again.");
    assertThat(String.join("\n", lines))
        .doesNotContain(SECRET)
        .doesNotContain(token.substring(token.lastIndexOf('.')));
  }

  /** Three schemes may have the keys of one provider. */
  @Test
  void keys_that_cannot_be_loaded_are_told_with_their_scheme(@TempDir Path directory)
      throws Exception {
    List<String> lines;
    try (KeyServer server = new KeyServer();
        Lines log = new Lines(CachedKeys.class)) {
      String url = server.url("/none").toString();
      server.on("/none", status(500, ""));
      String yaml =
          "security: {jwks: {door: {jwks_url: \"%s\", iss: id, aud: pets}}}".formatted(url);
      try (Served served = Served.over(directory, "{type: http, scheme: bearer}", yaml)) {
        served.get("Authorization", "Bearer " + TestKey.P256.token("ES256", "{}"));
      }
      lines = log.lines();
      assertThat(lines)
          .contains(
              "WARN Keys of security scheme door at "
                  + url
                  + " cannot be loaded, and tokens are not verified: it answers 500");
    }
  }

  /** Whoever issues tokens may let others choose names in them. */
  @Test
  void what_a_token_says_begins_no_line_and_no_field(@TempDir Path directory) throws Exception {
    Path keys = directory.resolve("keys.json");
    Files.writeString(keys, TestKey.keySet(TestKey.P256.namedJwk()));
    String yaml =
        """
        security:
          jwks:
            door: {jwks_file: "%s", iss: id, aud: pets}
        """
            .formatted(keys);
    String evil = "x\\r\\nEvil: 1\\r\\n\\u001b[2J";
    String claims =
        "{\"iss\":\"id\",\"aud\":\"pets\",\"exp\":%d,\"sub\":\"%s\",\"scope\":\"%s\",\"scp\":[\"a b\",\"%s\"]}"
            .formatted(Clock.systemUTC().instant().getEpochSecond() + 600, evil, evil, evil);
    try (Lines log = new Lines("io.brrtrouter.server.security");
        Served served = Served.over(directory, "{type: http, scheme: bearer}", yaml)) {
      var answer = served.get("Authorization", "Bearer " + TestKey.P256.token("ES256", claims));

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.headers().map().toString()).doesNotContainIgnoringCase("evil");
      assertThat(log.lines())
          .filteredOn(line -> line.contains("is not let in"))
          .singleElement()
          .asString()
          .endsWith("[door: accepted as x\ufffd\ufffdEvil: 1\ufffd\ufffd\ufffd[2J, scopes [a b]]")
          .matches("\\P{Cc}*");
    }
  }
}
