package io.brrtrouter.security;

import static io.brrtrouter.security.Tokens.AUDIENCE;
import static io.brrtrouter.security.Tokens.ISSUER;
import static io.brrtrouter.security.Tokens.NOW;
import static io.brrtrouter.security.Tokens.builder;
import static io.brrtrouter.security.Tokens.withKeys;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Verification;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When tokens are good. {@code now} is 1767225600; the leeway is 30 seconds. */
class TimesTest {
  private static final String EXPIRED = "the token has expired";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"exp\":1767225601 | accepted",
        "\"exp\":1767225571 | accepted",
        "\"exp\":1767225570.001 | accepted",
        "\"exp\":1767225570 | the token has expired",
        "\"exp\":1767225569.999 | the token has expired",
        "\"exp\":0 | the token has expired",
        "\"exp\":1.7672256005e9 | accepted",
        "\"exp\":1767225700.123456789 | accepted",
        "\"exp\":253402300799 | accepted",
        "\"exp\":253402300800 | a time of the token is not valid",
        "\"exp\":1767225700000 | a time of the token is not valid",
        "\"exp\":-1 | a time of the token is not valid",
        "\"exp\":\"1767225700\" | a time of the token is not valid",
        "\"exp\":null | a time of the token is not valid",
        "\"exp\":true | a time of the token is not valid",
        "\"exp\":[1767225700] | a time of the token is not valid",
        "\"exp\":1e400 | a time of the token is not valid",
        "\"exp\":1e-999999999 | a time of the token is not valid",
        "\"exp\":1e999999999 | a time of the token is not valid",
        "\"exp\":1e99999999999 | the claims of the token are not a JSON object with unique names",
        "\"exp\":NaN | the claims of the token are not a JSON object with unique names",
        "\"sub\":\"x\" | the token does not say when it expires",
        "\"exp\":1767225700,\"nbf\":1767225630 | accepted",
        "\"exp\":1767225700,\"nbf\":1767225630.001 | the token is not valid yet",
        "\"exp\":1767225700,\"nbf\":1767225631 | the token is not valid yet",
        "\"exp\":1767225700,\"nbf\":\"0\" | a time of the token is not valid",
        "\"exp\":1767225700,\"iat\":1767225630 | accepted",
        "\"exp\":1767225700,\"iat\":1767225631 | the token was issued in the future",
        "\"exp\":1767225700,\"iat\":1 | accepted",
        "\"exp\":1767225700,\"iat\":-5 | a time of the token is not valid"
      })
  void times_are_seconds_and_differ_by_the_leeway_at_most(String members, String expected) {
    assertThat(outcome(builder(new TestClock()), members)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"exp\":1767225601 | accepted",
        "\"exp\":1767225600 | the token has expired",
        "\"exp\":1767225700,\"nbf\":1767225600 | accepted",
        "\"exp\":1767225700,\"nbf\":1767225601 | the token is not valid yet"
      })
  void without_leeway_times_are_exact(String members, String expected) {
    assertThat(outcome(builder(new TestClock()).leeway(Duration.ZERO), members))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"exp\":1767226600,\"iat\":1767225511 | accepted",
        "\"exp\":1767226600,\"iat\":1767225510 | the token was issued too long ago",
        "\"exp\":1767226600 | the token does not say when it was issued"
      })
  void a_token_may_have_an_age_at_most(String members, String expected) {
    assertThat(outcome(builder(new TestClock()).maxTokenAge(Duration.ofSeconds(60)), members))
        .isEqualTo(expected);
  }

  @Test
  void a_token_need_not_expire_where_that_is_asked_for() {
    assertThat(outcome(builder(new TestClock()).requireExpiry(false), "\"sub\":\"x\""))
        .isEqualTo("accepted");
    assertThat(outcome(builder(new TestClock()).requireExpiry(false), "\"exp\":" + (NOW - 30)))
        .isEqualTo(EXPIRED);
  }

  @Test
  void what_was_verified_before_expires_too() {
    TestClock clock = new TestClock();
    JwtProvider provider = withKeys(builder(clock), TestKey.RSA.namedJwk());
    String token = TestKey.RSA.token("RS256", Tokens.claimsUntil(NOW + 2));

    assertThat(Tokens.verify(provider, token)).isInstanceOf(Verification.Accepted.class);
    assertThat(Tokens.onLoop(provider, token)).isInstanceOf(Verification.Accepted.class);
    clock.pass(Duration.ofMillis(31_999));
    assertThat(Tokens.verify(provider, token)).isInstanceOf(Verification.Accepted.class);
    clock.pass(Duration.ofMillis(1));
    assertThat(Tokens.onLoop(provider, token)).isInstanceOf(Verification.NeedsThread.class);
    assertThat(Tokens.refusal(provider, token)).isEqualTo(EXPIRED);
  }

  @Test
  void what_was_verified_before_grows_too_old_too() {
    TestClock clock = new TestClock();
    JwtProvider provider =
        withKeys(builder(clock).maxTokenAge(Duration.ofSeconds(60)), TestKey.RSA.namedJwk());
    String token = TestKey.RSA.token("RS256", Tokens.claimsUntil(NOW + 600, "\"iat\":" + NOW));

    assertThat(Tokens.verify(provider, token)).isInstanceOf(Verification.Accepted.class);
    clock.pass(Duration.ofSeconds(90));
    assertThat(Tokens.refusal(provider, token)).isEqualTo("the token was issued too long ago");
  }

  /** A clock that was set ahead let the token in too early; what was kept does not do so again. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"nbf\":1767225700 | 1767225670 | the token is not valid yet",
        "\"iat\":1767225700 | 1767225670 | the token was issued in the future",
        "\"nbf\":1767225700,\"iat\":1767225600 | 1767225670 | the token is not valid yet",
        "\"nbf\":1767225600,\"iat\":1767225700 | 1767225670 | the token was issued in the future"
      })
  void what_was_verified_before_is_not_valid_yet_where_the_clock_goes_back(
      String members, long first, String reason) {
    TestClock clock = new TestClock();
    JwtProvider provider = withKeys(builder(clock), TestKey.RSA.namedJwk());
    String token = TestKey.RSA.token("RS256", Tokens.claimsUntil(NOW + 600, members));

    clock.pass(Duration.ofSeconds(first - NOW));
    assertThat(Tokens.verify(provider, token)).isInstanceOf(Verification.Accepted.class);
    assertThat(Tokens.onLoop(provider, token)).isInstanceOf(Verification.Accepted.class);
    clock.pass(Duration.ofMillis(-1));
    assertThat(Tokens.onLoop(provider, token)).isInstanceOf(Verification.NeedsThread.class);
    assertThat(Tokens.refusal(provider, token)).isEqualTo(reason);
    clock.pass(Duration.ofMillis(1));
    assertThat(Tokens.verify(provider, token)).isInstanceOf(Verification.Accepted.class);
  }

  @Test
  void what_has_no_beginning_stays_known_where_the_clock_goes_back() {
    TestClock clock = new TestClock();
    JwtProvider provider = withKeys(builder(clock), TestKey.RSA.namedJwk());
    String token = TestKey.RSA.token("RS256", Tokens.claims());

    assertThat(Tokens.verify(provider, token)).isInstanceOf(Verification.Accepted.class);
    clock.pass(Duration.ofDays(-1));
    assertThat(Tokens.onLoop(provider, token)).isInstanceOf(Verification.Accepted.class);
  }

  private static String outcome(JwtProviderBuilder builder, String members) {
    String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",%s}".formatted(ISSUER, AUDIENCE, members);
    JwtProvider provider = withKeys(builder, TestKey.RSA.namedJwk());
    Verification verification = Tokens.verify(provider, TestKey.RSA.token("RS256", claims));
    return verification instanceof Verification.Refused(String reason) ? reason : "accepted";
  }
}
