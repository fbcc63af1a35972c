package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.status;
import static io.brrtrouter.security.Tokens.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.security.keys.CachedKeys;
import io.brrtrouter.server.auth.Verification;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
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
}
