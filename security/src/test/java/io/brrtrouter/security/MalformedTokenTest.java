package io.brrtrouter.security;

import static io.brrtrouter.security.TestKey.base64;
import static io.brrtrouter.security.Tokens.claims;
import static io.brrtrouter.security.Tokens.provider;
import static io.brrtrouter.security.Tokens.refusal;
import static io.brrtrouter.security.Tokens.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedTokenTest {
  private static final String NOT_CANONICAL = "the token is not base64url in its canonical form";
  private static final String NO_HEADER =
      "the header of the token is not a JSON object with unique names";
  private static final String NO_CLAIMS =
      "the claims of the token are not a JSON object with unique names";

  private final JwtProvider provider = provider(TestKey.RSA.namedJwk());
  private final String valid = TestKey.RSA.token("RS256", claims());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abc | the token is not a signed JWT",
        "a.b | the token is not a signed JWT",
        "a.b.c.d | the token is not a signed JWT",
        "a.b.c.d.e | encrypted tokens are not accepted",
        "a.b.c.d.e.f | the token is not a signed JWT",
        ".. | the token is not base64url in its canonical form",
        "e30..AAAA | the token is not base64url in its canonical form",
        ".e30.AAAA | the token is not base64url in its canonical form",
        "e30.e30.AAAA | the algorithm of the token is not accepted"
      })
  void a_token_has_three_segments(String token, String reason) {
    assertThat(refusal(provider, token)).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "==", " ", "\n", "%00", "\u0000", "+", "/", "\u00e9", "\u0141"})
  void nothing_may_stand_behind_a_token(String more) {
    assertThat(refusal(provider, valid + more)).isEqualTo(NOT_CANONICAL);
    assertThat(verify(provider, more + valid)).isInstanceOf(Verification.Refused.class);
    assertThat(refusal(provider, valid + "A")).isEqualTo("the signature is not valid");
  }

  /** 256 octets of RSA take 342 letters, the last of which has four bits that say nothing. */
  @Test
  void another_spelling_of_the_same_signature_is_not_the_same_token() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(valid.charAt(valid.length() - 1));
    String start = valid.substring(0, valid.length() - 1);

    assertThat(verify(provider, valid)).isInstanceOf(Verification.Accepted.class);
    for (int bits = 1; bits < 16; bits++) {
      assertThat(refusal(provider, start + alphabet.charAt(last + bits))).isEqualTo(NOT_CANONICAL);
    }
  }

  @Test
  void a_token_has_at_most_8192_characters() {
    assertThat(refusal(provider, "a".repeat(8192))).isEqualTo("the token is not a signed JWT");
    assertThat(refusal(provider, "a".repeat(8193)))
        .isEqualTo("the token is longer than 8192 characters");
    String longest = TestKey.RSA.token("RS256", claims("\"x\":\"" + "y".repeat(5600) + "\""));
    assertThat(longest.length()).isBetween(7900, 8192);
    assertThat(verify(provider, longest)).isInstanceOf(Verification.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"RS256\",\"alg\":\"RS256\"}",
        "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"kid\":\"rsa\"}",
        "{\"alg\":\"RS256\",\"x\":{\"a\":1,\"a\":2}}",
        "{\"alg\":\"RS256\"} {}",
        "{\"alg\":\"RS256\"}x",
        "{\"alg\":\"RS256\",}",
        "{'alg':'RS256'}",
        "{alg:\"RS256\"}",
        "\ufeff{\"alg\":\"RS256\"}",
        "[{\"alg\":\"RS256\"}]",
        "\"RS256\"",
        "null",
        " "
      })
  void the_header_is_an_object_of_strict_JSON(String header) {
    assertThat(refusal(provider, TestKey.RSA.sign("RS256", header, claims()))).isEqualTo(NO_HEADER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"aud\":\"https://api.example.com\",\"aud\":\"https://api.example.com\"}",
        "{\"x\":{\"a\":1,\"a\":1}}",
        "{} {}",
        "{}x",
        "[]",
        "7",
        "\"x\"",
        "null",
        "{\"a\":1,}",
        "{\"a\":01}",
        "// x\n{}"
      })
  void the_claims_are_an_object_of_strict_JSON(String claims) {
    assertThat(refusal(provider, TestKey.RSA.token("RS256", claims))).isEqualTo(NO_CLAIMS);
  }

  @ParameterizedTest
  @CsvSource({"62, true", "63, true", "64, false", "2000, false"})
  void claims_are_not_deep(int depth, boolean accepted) {
    String deep = claims("\"x\":" + "[".repeat(depth) + "]".repeat(depth));
    Verification verification = verify(provider, TestKey.RSA.token("RS256", deep));

    assertThat(verification instanceof Verification.Accepted).isEqualTo(accepted);
  }

  @Test
  void only_bearer_tokens_are_tokens() throws Exception {
    Credential key = new Credential.ApiKey(valid);

    assertThat(provider.verify(key, Tokens.REQUEST))
        .isEqualTo(Verification.refused("a bearer token is needed"));
    assertThat(provider.verifyOnLoop(key, Tokens.REQUEST))
        .isEqualTo(Verification.refused("a bearer token is needed"));
  }

  /** What the client is told stands in a quoted string (RFC 6750 section 3). */
  @Test
  void reasons_are_ASCII_without_quotes() {
    for (String token :
        List.of("x", "a.b.c.d.e", "..", "e30.e30.AAAA", valid + "=", valid + "AAA")) {
      assertThat(refusal(provider, token)).matches("[ !#-\\[\\]-~]{10,80}");
    }
  }

  /** 8,000 tokens made of valid ones of three kinds by one to four changes each. */
  @Test
  void no_token_with_a_change_is_accepted() {
    long seed = 8725;
    Random random = new Random(seed);
    List<TestKey> keys = List.of(TestKey.P256, TestKey.ED25519, TestKey.RSA);
    List<String> tokens =
        List.of(
            TestKey.P256.token("ES256", claims()),
            TestKey.ED25519.token("EdDSA", claims()),
            TestKey.RSA.token("RS256", claims()));
    JwtProvider all = provider(keys.stream().map(TestKey::namedJwk).toArray(String[]::new));
    int tried = 0;
    for (int i = 0; i < 8_000; i++) {
      String token = tokens.get(i % tokens.size());
      String changed = changed(token, random);
      if (tokens.contains(changed)) {
        continue;
      }
      tried++;
      assertThat(verify(all, changed))
          .as("seed " + seed + ", round " + i + ": " + changed)
          .isInstanceOf(Verification.Refused.class);
    }
    assertThat(tried).isGreaterThan(7_600);
    tokens.forEach(
        token -> assertThat(verify(all, token)).isInstanceOf(Verification.Accepted.class));
  }

  private static String changed(String token, Random random) {
    StringBuilder text = new StringBuilder(token);
    List<String> pieces = new ArrayList<>(List.of(".", "=", "A", "_", "\u0000", "e30"));
    pieces.add(base64("{\"alg\":\"none\"}"));
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.setCharAt(at, letter(random));
        case 2 -> text.insert(at, pieces.get(random.nextInt(pieces.size())));
        case 3 -> text.insert(at, letter(random));
        default -> {
          char swapped = text.charAt(at);
          int other = random.nextInt(text.length());
          text.setCharAt(at, text.charAt(other));
          text.setCharAt(other, swapped);
        }
      }
    }
    return text.toString();
  }

  private static char letter(Random random) {
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        .charAt(random.nextInt(64));
  }
}
