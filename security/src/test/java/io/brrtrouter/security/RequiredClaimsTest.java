package io.brrtrouter.security;

import static io.brrtrouter.security.Tokens.builder;
import static io.brrtrouter.security.Tokens.claims;
import static io.brrtrouter.security.Tokens.onLoop;
import static io.brrtrouter.security.Tokens.refusal;
import static io.brrtrouter.security.Tokens.withKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token must say beyond issuer, audience and times. */
class RequiredClaimsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          token_use | access | "token_use":"access"             | ''
          token_use | access | "token_use":"id"                 | the claim token_use of the token is not what is required here
          token_use | access | "token_use":"Access"             | the claim token_use of the token is not what is required here
          token_use | access | "token_use":"access "            | the claim token_use of the token is not what is required here
          token_use | access | "use":"access"                   | the token has no claim token_use
          token_use | access | "token_use":null                 | the claim token_use of the token is not what is required here
          token_use | access | "token_use":{"access":true}      | the claim token_use of the token is not what is required here
          groups    | staff  | "groups":["all","staff"]         | ''
          groups    | staff  | "groups":["staffing"]            | the claim groups of the token is not what is required here
          groups    | staff  | "groups":[["staff"]]             | the claim groups of the token is not what is required here
          groups    | staff  | "groups":[]                      | the claim groups of the token is not what is required here
          groups    | staff  | "groups":"all staff"             | the claim groups of the token is not what is required here
          verified  | true   | "verified":true                  | ''
          verified  | true   | "verified":"true"                | ''
          verified  | true   | "verified":false                 | the claim verified of the token is not what is required here
          level     | 2      | "level":2                        | ''
          level     | 2      | "level":[1,2]                    | ''
          level     | 2      | "level":20                       | the claim level of the token is not what is required here
          org.id    | a=b    | "org":{"id":"a=b"}               | ''
          org.id    | a=b    | "org":{"id":"a"}                 | the claim org.id of the token is not what is required here
          org.id    | a=b    | "org":"id"                       | the token has no claim org.id
          """)
  void is_there_with_its_value_or_among_others(
      String claim, String value, String members, String refused) {
    String token = TestKey.P256.token("ES256", claims(members));
    JwtProviderBuilder one = builder(new TestClock()).requiredClaim(claim, value);
    JwtProvider provider = withKeys(one, TestKey.P256.namedJwk());
    if (refused.isEmpty()) {
      assertThat(refusal(provider, token)).startsWith("Accepted");
      assertThat(onLoop(provider, token)).isInstanceOf(Verification.Accepted.class);
    } else {
      assertThat(refusal(provider, token)).isEqualTo(refused);
      assertThat(onLoop(provider, token)).isInstanceOf(Verification.NeedsThread.class);
    }
  }

  @Test
  void are_required_all_together() {
    JwtProvider provider =
        withKeys(
            builder(new TestClock())
                .requiredClaim("token_use", "access")
                .requiredClaim("client_id", "shop"),
            TestKey.P256.namedJwk());
    String access = "\"token_use\":\"access\"";

    assertThat(refusal(provider, TestKey.P256.token("ES256", claims(access))))
        .isEqualTo("the token has no claim client_id");
    assertThat(
            refusal(
                provider, TestKey.P256.token("ES256", claims(access, "\"client_id\":\"shop\""))))
        .startsWith("Accepted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void have_a_name_and_a_value(String blank) {
    assertThatThrownBy(() -> builder(new TestClock()).requiredClaim(blank, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("requiredClaim is empty: give it a value");
    assertThatThrownBy(() -> builder(new TestClock()).requiredClaim("x", blank))
        .hasMessage("requiredClaim is empty: give it a value");
  }

  /** Who is refused learns which claim it is, and not which value is wanted. */
  @Test
  void can_be_configured(@TempDir Path directory) throws Exception {
    Path keys = directory.resolve("keys.json");
    Files.writeString(keys, TestKey.keySet(TestKey.P256.namedJwk()));
    String yaml =
        """
        security:
          jwks:
            door:
              jwks_file: "%s"
              iss: https://id.example.com/
              aud: https://api.example.com
              required_claims: [token_use=access, tid = 4711]
        """
            .formatted(keys);
    long end = Clock.systemUTC().instant().getEpochSecond() + 600;
    String[] members = {"\"scope\":\"read\"", "\"token_use\":\"access\""};
    try (Served served = Served.over(directory, "{type: http, scheme: bearer}", yaml)) {
      String good = Tokens.claimsUntil(end, members[0], members[1], "\"tid\":4711");
      assertThat(
              served
                  .get("Authorization", "Bearer " + TestKey.P256.token("ES256", good))
                  .statusCode())
          .isEqualTo(200);
      String other = Tokens.claimsUntil(end, members[0], members[1], "\"tid\":\"other\"");
      var refused = served.get("Authorization", "Bearer " + TestKey.P256.token("ES256", other));
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("error_description=\"the claim tid of the token is not what is required here\"")
          .doesNotContain("4711");
    }
  }
}
