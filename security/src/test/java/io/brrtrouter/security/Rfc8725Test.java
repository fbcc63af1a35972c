package io.brrtrouter.security;

import static io.brrtrouter.security.KeyServer.status;
import static io.brrtrouter.security.TestKey.base64;
import static io.brrtrouter.security.Tokens.AUDIENCE;
import static io.brrtrouter.security.Tokens.ISSUER;
import static io.brrtrouter.security.Tokens.NOW;
import static io.brrtrouter.security.Tokens.builder;
import static io.brrtrouter.security.Tokens.claims;
import static io.brrtrouter.security.Tokens.provider;
import static io.brrtrouter.security.Tokens.refusal;
import static io.brrtrouter.security.Tokens.verify;
import static io.brrtrouter.security.Tokens.withKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Verification;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8725, JSON Web Token Best Current Practices, section 3 line by line. */
class Rfc8725Test {
  private static final String ALGORITHM = "the algorithm of the token is not accepted";
  private static final String UNFIT = "no key is for the algorithm of the token";
  private static final String SIGNATURE = "the signature is not valid";
  private static final String UNKNOWN = "the key of the token is not known";

  private static void assertAccepted(JwtProvider provider, String token) {
    assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);
  }

  /** {@return a secret of a length, which no test needs to hide} */
  private static byte[] secret(int octets) {
    byte[] secret = new byte[octets];
    for (int i = 0; i < octets; i++) {
      secret[i] = (byte) (i * 37 + 11);
    }
    return secret;
  }

  @Nested
  @DisplayName("3.1 Perform Algorithm Verification")
  class AlgorithmVerification {

    @ParameterizedTest
    @CsvSource({
      "RS256, RS256",
      "RS384, RS384",
      "RS512, RS512",
      "PS256, PS256",
      "PS384, PS384",
      "PS512, PS512"
    })
    void an_algorithm_that_is_allowed_passes_and_all_others_do_not(String signed, String allowed) {
      String token = TestKey.RSA.token(signed, claims());
      JwtProvider only =
          withKeys(builder(new TestClock()).algorithms(allowed), TestKey.RSA.namedJwk());
      JwtProvider others =
          withKeys(
              builder(new TestClock())
                  .algorithms("ES256", signed.equals("RS256") ? "RS384" : "RS256"),
              TestKey.RSA.namedJwk());

      assertAccepted(only, token);
      assertThat(refusal(others, token)).isEqualTo(ALGORITHM);
    }

    @Test
    void the_header_decides_nothing_what_is_signed_by_another_algorithm_is_not_valid() {
      JwtProvider provider = provider(TestKey.RSA.namedJwk());

      assertThat(
              refusal(
                  provider,
                  TestKey.RSA.sign("RS256", "{\"alg\":\"RS512\",\"kid\":\"rsa\"}", claims())))
          .isEqualTo(SIGNATURE);
      assertThat(
              refusal(
                  provider,
                  TestKey.RSA.sign("RS256", "{\"alg\":\"PS256\",\"kid\":\"rsa\"}", claims())))
          .isEqualTo(SIGNATURE);
    }

    @Test
    void each_key_is_used_with_exactly_one_algorithm_where_it_says_which() {
      String jwk = TestKey.RSA.jwk("\"kid\":\"rsa\"", "\"alg\":\"PS256\"");

      assertAccepted(provider(jwk), TestKey.RSA.token("PS256", claims()));
      assertThat(refusal(provider(jwk), TestKey.RSA.token("RS256", claims()))).isEqualTo(UNFIT);
      assertThat(refusal(provider(jwk), TestKey.RSA.token("PS384", claims()))).isEqualTo(UNFIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "none ", "", "null", "NULL"})
    void no_spelling_of_none_passes(String none) {
      String header = base64("{\"alg\":\"" + none + "\"}") + "." + base64(claims()) + ".";
      JwtProvider provider = provider(TestKey.RSA.namedJwk());

      assertThat(refusal(provider, header)).isEqualTo(ALGORITHM);
      assertThat(refusal(provider, header + "AAAA")).isEqualTo(ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "{\"alg\":null}",
          "{\"alg\":[\"RS256\"]}",
          "{\"alg\":1}",
          "{\"alg\":\"rs256\"}",
          "{\"alg\":\"RS256 \"}",
          "{\"ALG\":\"RS256\"}",
          "{\"alg\":\"ES256K\"}",
          "{\"alg\":\"RS1\"}"
        })
    void what_is_no_algorithm_to_the_letter_does_not_pass(String header) {
      assertThat(refusal(provider(TestKey.RSA.jwk()), TestKey.RSA.sign("RS256", header, claims())))
          .isEqualTo(ALGORITHM);
    }

    @Test
    void a_public_key_is_no_secret() {
      byte[] pem = TestKey.RSA.pair().getPublic().getEncoded();
      byte[] jwk = TestKey.RSA.namedJwk().getBytes(StandardCharsets.UTF_8);
      String header = "{\"alg\":\"HS256\",\"kid\":\"rsa\"}";
      JwtProvider provider = provider(TestKey.RSA.namedJwk());

      assertThat(refusal(provider, TestKey.hmac("HS256", pem, header, claims())))
          .isEqualTo(ALGORITHM);
      assertThat(refusal(provider, TestKey.hmac("HS256", jwk, header, claims())))
          .isEqualTo(ALGORITHM);
    }

    @Test
    void a_secret_in_a_public_key_set_verifies_nothing() {
      String jwk = "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"" + base64(secret(32)) + "\"}";
      String token =
          TestKey.hmac("HS256", secret(32), "{\"alg\":\"HS256\",\"kid\":\"s\"}", claims());

      assertThat(refusal(provider(jwk), token)).isEqualTo(ALGORITHM);
      assertAccepted(builder(new TestClock()).hmacSecret(secret(32)).build(), token);
    }
  }

  @Nested
  @DisplayName("3.2 Use Appropriate Algorithms")
  class AppropriateAlgorithms {

    @Test
    void what_is_in_use_today_passes_without_being_asked_for() {
      JwtProvider provider =
          provider(
              TestKey.RSA.namedJwk(),
              TestKey.P256.namedJwk(),
              TestKey.P384.namedJwk(),
              TestKey.P521.namedJwk(),
              TestKey.ED25519.namedJwk());

      for (String name : new String[] {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}) {
        assertAccepted(provider, TestKey.RSA.token(name, claims()));
      }
      assertAccepted(provider, TestKey.P256.token("ES256", claims()));
      assertAccepted(provider, TestKey.P384.token("ES384", claims()));
      assertAccepted(provider, TestKey.P521.token("ES512", claims()));
      assertAccepted(provider, TestKey.ED25519.token("EdDSA", claims()));
    }

    @Test
    void none_cannot_be_asked_for() {
      assertThatThrownBy(() -> JwtProvider.builder().algorithms("RS256", "none"))
          .hasMessage(
              "algorithms has \"none\", which is none that can be accepted: name some of HS256, HS384, HS512, RS256, RS384, RS512, PS256, "
                  + "PS384, PS512, ES256, ES384, ES512, EdDSA");
    }

    @Test
    void what_fell_out_of_use_can_be_left_out() {
      JwtProvider provider =
          withKeys(builder(new TestClock()).algorithms("ES256", "EdDSA"), TestKey.RSA.namedJwk());

      assertThat(refusal(provider, TestKey.RSA.token("RS256", claims()))).isEqualTo(ALGORITHM);
    }
  }

  @Nested
  @DisplayName("3.3 Validate All Cryptographic Operations")
  class CryptographicOperations {

    @Test
    void a_signature_of_another_key_is_not_valid() {
      JwtProvider provider = provider(TestKey.OTHER_RSA.jwk("\"kid\":\"rsa\""));

      assertThat(refusal(provider, TestKey.RSA.token("RS256", claims()))).isEqualTo(SIGNATURE);
    }

    @Test
    void a_signature_of_other_claims_is_not_valid() {
      String[] token = TestKey.RSA.token("RS256", claims()).split("\\.");
      String forged = token[0] + "." + base64(claims("\"admin\":true")) + "." + token[2];

      assertThat(refusal(provider(TestKey.RSA.namedJwk()), forged)).isEqualTo(SIGNATURE);
    }

    @Test
    void a_token_without_signature_is_not_valid() {
      String token = TestKey.RSA.token("RS256", claims());
      String unsigned = token.substring(0, token.lastIndexOf('.') + 1);

      assertThat(refusal(provider(TestKey.RSA.namedJwk()), unsigned))
          .isEqualTo("the token has no signature");
    }

    @Test
    void a_token_within_a_token_is_not_looked_into() {
      String inner = TestKey.RSA.token("RS256", claims());
      String outer =
          TestKey.RSA.sign("RS256", "{\"alg\":\"RS256\",\"cty\":\"JWT\",\"kid\":\"rsa\"}", inner);

      assertThat(refusal(provider(TestKey.RSA.namedJwk()), outer))
          .isEqualTo("the claims of the token are not a JSON object with unique names");
    }

    @Test
    void an_encrypted_token_is_not_accepted() {
      assertThat(refusal(provider(TestKey.RSA.namedJwk()), "e30.AAAA.AAAA.AAAA.AAAA"))
          .isEqualTo("encrypted tokens are not accepted");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"crit\":[\"exp\"],\"exp\":1",
          "\"crit\":[]",
          "\"crit\":null",
          "\"b64\":false",
          "\"b64\":true"
        })
    void extensions_that_must_be_understood_are_not(String members) {
      String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\"," + members + "}";

      assertThat(
              refusal(
                  provider(TestKey.RSA.namedJwk()), TestKey.RSA.sign("RS256", header, claims())))
          .isEqualTo("the token has extensions that are not supported");
    }
  }

  @Nested
  @DisplayName("3.4 Validate Cryptographic Inputs")
  class CryptographicInputs {

    @Test
    void a_point_that_is_not_on_its_curve_is_no_key() {
      String off =
          TestKey.P256
              .namedJwk()
              .replaceFirst("\"x\":\"[^\"]*\"", "\"x\":\"" + base64(secret(32)) + "\"");

      assertThat(refusal(provider(off), TestKey.P256.token("ES256", claims()))).isEqualTo(UNKNOWN);
      assertAccepted(provider(TestKey.P256.namedJwk()), TestKey.P256.token("ES256", claims()));
    }

    /** Of the point of order 1, the point itself and 0 is the signature of everything. */
    @Test
    void a_point_for_which_anybody_can_sign_is_no_key() {
      byte[] point = new byte[32];
      point[0] = 1;
      String jwk =
          "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"weak\",\"x\":\"" + base64(point) + "\"}";
      String token =
          base64("{\"alg\":\"EdDSA\",\"kid\":\"weak\"}")
              + "."
              + base64(claims())
              + "."
              + base64(Arrays.copyOf(point, 64));

      assertThat(refusal(provider(jwk, TestKey.RSA.namedJwk()), token)).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"ES256, 64", "ES384, 96", "ES512, 132"})
    void numbers_of_a_signature_that_are_zero_do_not_verify(String algorithm, int length) {
      TestKey key = key(algorithm);
      String token = key.token(algorithm, claims());
      String input = token.substring(0, token.lastIndexOf('.') + 1);

      assertThat(refusal(provider(key.namedJwk()), input + base64(new byte[length])))
          .isEqualTo(SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({"ES256, -1", "ES256, 1", "ES384, -2", "ES384, 32", "ES512, -4", "ES512, 1"})
    void a_signature_of_another_length_does_not_verify(String algorithm, int more) {
      TestKey key = key(algorithm);
      String token = key.token(algorithm, claims());
      int dot = token.lastIndexOf('.') + 1;
      byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot));
      byte[] other = Arrays.copyOf(signature, signature.length + more);

      assertThat(refusal(provider(key.namedJwk()), token.substring(0, dot) + base64(other)))
          .isEqualTo(SIGNATURE);
    }

    /** RFC 7518 section 3.5: as long as the digest. Others sign with 0, 20 or as many as fit. */
    @ParameterizedTest
    @CsvSource({
      "PS256, 32, true",
      "PS256, 0, false",
      "PS256, 20, false",
      "PS256, 31, false",
      "PS256, 33, false",
      "PS256, 222, false",
      "PS384, 48, true",
      "PS384, 32, false",
      "PS512, 64, true",
      "PS512, 32, false"
    })
    void a_salt_is_as_long_as_the_digest(String algorithm, int octets, boolean accepted) {
      String token = TestKey.RSA.salted(algorithm, octets, claims());
      Verification verification = verify(provider(TestKey.RSA.namedJwk()), token);

      assertThat(verification)
          .isInstanceOf(accepted ? Verification.Accepted.class : Verification.Refused.class);
      assertThat(accepted || verification.equals(Verification.refused(SIGNATURE))).isTrue();
    }

    /** As most libraries sign unless told otherwise; RFC 7518 section 3.4 has two numbers. */
    @Test
    void a_signature_in_DER_does_not_verify() throws Exception {
      String token = TestKey.P256.token("ES256", claims());
      String input = token.substring(0, token.lastIndexOf('.'));
      java.security.Signature der = java.security.Signature.getInstance("SHA256withECDSA");
      der.initSign(TestKey.P256.pair().getPrivate());
      der.update(input.getBytes(StandardCharsets.US_ASCII));

      assertThat(refusal(provider(TestKey.P256.namedJwk()), input + "." + base64(der.sign())))
          .isEqualTo(SIGNATURE);
    }

    @Test
    void the_curve_must_be_that_of_the_algorithm() {
      TestKey key = TestKey.P384;
      String token = key.sign("ES256", "{\"alg\":\"ES256\",\"kid\":\"p384\"}", claims());

      assertThat(refusal(provider(key.namedJwk()), token)).isEqualTo(UNFIT);
    }

    private TestKey key(String algorithm) {
      return Map.of("ES256", TestKey.P256, "ES384", TestKey.P384, "ES512", TestKey.P521)
          .get(algorithm);
    }
  }

  @Nested
  @DisplayName("3.5 Ensure Cryptographic Keys Have Sufficient Entropy")
  class Entropy {

    @ParameterizedTest
    @CsvSource({"0", "1", "16", "31"})
    void a_short_secret_is_refused_before_it_is_used(int octets) {
      assertThatThrownBy(() -> JwtProvider.builder().hmacSecret(secret(octets)))
          .hasMessage(
              "hmacSecret has "
                  + (octets == 1 ? "1 octet" : octets + " octets")
                  + ", and fewer than 32 can be guessed: share random ones with who issues the"
                  + " tokens, 32 for HS256");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"\0", "a", "secret", "0123456", "changeme-", "my-password-", "0123456789abcdef"})
    void a_secret_that_repeats_itself_is_refused(String piece) {
      byte[] secret = piece.repeat(48).substring(0, 48).getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(() -> JwtProvider.builder().hmacSecret(secret))
          .hasMessage(
              "hmacSecret repeats a few characters, which can be guessed: share random ones with who"
                  + " issues the tokens, 32 for HS256");
      assertThatThrownBy(() -> SharedSecret.keys(Base64.getUrlEncoder().encode(secret), null))
          .hasMessage("it repeats a few characters, which can be guessed");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "a-string-secret-at-least-256-bits-long",
          "your-secret-key-please-change-this-1234567890",
          "changeme 12345678901234567890123"
        })
    void a_secret_of_words_that_stand_for_one_is_refused(String text) {
      byte[] secret = text.getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(() -> JwtProvider.builder().hmacSecret(secret))
          .hasMessageStartingWith(
              "hmacSecret is made of words that stand for a key, which can be guessed: ");
      assertThatThrownBy(() -> SharedSecret.keys(Base64.getUrlEncoder().encode(secret), null))
          .hasMessage("it is made of words that stand for a key, which can be guessed");
    }

    @Test
    void random_secrets_are_not() {
      Random random = new Random(42);
      for (int i = 0; i < 20_000; i++) {
        byte[] octets = new byte[32];
        random.nextBytes(octets);
        assertThat(SharedSecret.weakness(octets)).isNull();
        byte[] digits = HexFormat.of().formatHex(octets, 0, 16).getBytes(StandardCharsets.US_ASCII);
        assertThat(SharedSecret.weakness(digits)).isNull();
        assertThat(SharedSecret.weakness(Base64.getEncoder().encode(octets))).isNull();
      }
    }

    @ParameterizedTest
    @CsvSource({
      "32, HS256, true", "32, HS384, false", "47, HS384, false", "48, HS384, true",
      "48, HS512, false", "63, HS512, false", "64, HS512, true", "64, HS256, true"
    })
    void a_secret_is_used_where_it_is_as_long_as_the_hash(int octets, String name, boolean used) {
      JwtProvider provider = builder(new TestClock()).hmacSecret(secret(octets)).build();
      String token = TestKey.hmac(name, secret(octets), "{\"alg\":\"" + name + "\"}", claims());

      assertThat(verify(provider, token) instanceof Verification.Accepted).isEqualTo(used);
    }

    @Test
    void a_secret_that_is_too_short_for_what_is_asked_is_refused() {
      assertThatThrownBy(() ->
              builder(new TestClock()).hmacSecret(secret(48)).algorithms("HS256", "HS512").build())
          .hasMessage(
              "hmacSecret has 48 octets, and HS512 needs at least 64: share more, or take HS512 out of"
                  + " algorithms");
    }

    @Test
    void an_RSA_key_of_less_than_2048_bits_is_no_key() {
      TestKey weak = TestKey.generate("weak", "RSA", 1024);

      assertThat(refusal(provider(weak.namedJwk()), weak.token("RS256", claims())))
          .isEqualTo(UNKNOWN);
    }
  }

  @Nested
  @DisplayName("3.6 Avoid Compression of Encryption Inputs")
  class Compression {

    @Test
    void nothing_is_decrypted_and_nothing_decompressed() throws Exception {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflater =
          new DeflaterOutputStream(compressed, new Deflater(9, true))) {
        deflater.write(claims().getBytes(StandardCharsets.UTF_8));
      }
      String latin = compressed.toString(StandardCharsets.ISO_8859_1);
      String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"zip\":\"DEF\"}";

      assertThat(
              refusal(provider(TestKey.RSA.namedJwk()), TestKey.RSA.sign("RS256", header, latin)))
          .isEqualTo("the claims of the token are not a JSON object with unique names");
    }
  }

  @Nested
  @DisplayName("3.7 Use UTF-8")
  class Utf8 {

    @Test
    void claims_are_UTF_8() {
      String token =
          TestKey.RSA.token("RS256", claims("\"name\":\"Anna \u00c5ngstr\u00f6m \ud83d\ude00\""));

      assertThat(verify(provider(TestKey.RSA.namedJwk()), token))
          .isInstanceOfSatisfying(
              Verification.Accepted.class,
              accepted ->
                  assertThat(accepted.claims().get("name"))
                      .isEqualTo("Anna \u00c5ngstr\u00f6m \ud83d\ude00"));
    }

    @Test
    void claims_in_another_encoding_are_none() {
      byte[] secret = secret(32);
      JwtProvider provider = builder(new TestClock()).hmacSecret(secret).build();
      byte[] utf16 = claims().getBytes(StandardCharsets.UTF_16BE);
      byte[] latin = claims("\"name\":\"\u00c5\"").getBytes(StandardCharsets.ISO_8859_1);

      for (byte[] octets : new byte[][] {utf16, latin, {(byte) 0xc0, (byte) 0x80}}) {
        assertThat(refusal(provider, signed(secret, "{\"alg\":\"HS256\"}", octets)))
            .isEqualTo("the claims of the token are not a JSON object with unique names");
      }
    }

    /** HMAC over segments that need not be text. */
    private String signed(byte[] secret, String header, byte[] payload) {
      String input = base64(header) + "." + base64(payload);
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
      } catch (GeneralSecurityException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  @Nested
  @DisplayName("3.8 Validate Issuer and Subject")
  class IssuerAndSubject {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"https://id.example.com\"",
          "\"https://id.example.com//\"",
          "\"HTTPS://id.example.com/\"",
          "\"https://evil.example.com/\"",
          "\"\""
        })
    void an_issuer_that_is_not_the_same_to_the_letter_is_another(String issuer) {
      String token = TestKey.RSA.token("RS256", issuedBy("\"iss\":" + issuer + ","));

      assertThat(refusal(provider(TestKey.RSA.namedJwk()), token))
          .isEqualTo("the token is not of this issuer");
    }

    @Test
    void a_token_of_the_issuer_passes_and_one_of_nobody_does_not() {
      JwtProvider provider = provider(TestKey.RSA.namedJwk());

      assertAccepted(provider, TestKey.RSA.token("RS256", issuedBy("\"iss\":\"" + ISSUER + "\",")));
      assertThat(refusal(provider, TestKey.RSA.token("RS256", issuedBy(""))))
          .isEqualTo("the token is not of this issuer");
    }

    @Test
    void who_does_not_say_whose_tokens_are_meant_gets_no_provider() {
      assertThatThrownBy(
              () -> JwtProvider.builder().hmacSecret(secret(32)).audience(AUDIENCE).build())
          .hasMessage("issuer is missing: set it, or accept tokens of anybody with anyIssuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "[\"anna\"]", "{\"id\":\"anna\"}"})
    void a_subject_that_is_no_string_is_not_accepted(String subject) {
      String claims =
          "{\"iss\":\"%s\",\"aud\":\"%s\",\"exp\":%d,\"sub\":%s}"
              .formatted(ISSUER, AUDIENCE, NOW + 60, subject);

      assertThat(refusal(provider(TestKey.RSA.namedJwk()), TestKey.RSA.token("RS256", claims)))
          .isEqualTo("the subject of the token is not a string");
    }

    private String issuedBy(String issuer) {
      return "{%s\"aud\":\"%s\",\"exp\":%d}".formatted(issuer, AUDIENCE, NOW + 60);
    }
  }

  @Nested
  @DisplayName("3.9 Use and Validate Audience")
  class Audience {
    private static final String OTHER = "the token is not for this audience";

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"https://api.example.com\" | accepted",
          "[\"https://api.example.com\"] | accepted",
          "[\"https://other.example.com\",\"https://api.example.com\"] | accepted",
          "\"https://api.example.com/\" | the token is not for this audience",
          "\"https://api.example.com https://other.example.com\" | the token is not for this audience",
          "[] | the token is not for this audience",
          "\"\" | the token is not for this audience",
          "null | the audience of the token is not a string or an array of strings",
          "[7,\"https://api.example.com\"] | the audience of the token is not a string or an array of strings",
          "{\"https://api.example.com\":1} | the audience of the token is not a string or an array of strings"
        })
    void one_audience_at_least_must_be_this_service(String audience, String expected) {
      String token = TestKey.RSA.token("RS256", meantFor("\"aud\":" + audience + ","));
      Verification verification = verify(provider(TestKey.RSA.namedJwk()), token);

      assertThat(verification instanceof Verification.Refused(String reason) ? reason : "accepted")
          .isEqualTo(expected);
    }

    @Test
    void a_token_for_nobody_is_not_for_this_service() {
      assertThat(
              refusal(provider(TestKey.RSA.namedJwk()), TestKey.RSA.token("RS256", meantFor(""))))
          .isEqualTo(OTHER);
    }

    @Test
    void who_does_not_say_what_this_service_is_called_gets_no_provider() {
      assertThatThrownBy(() -> JwtProvider.builder().hmacSecret(secret(32)).issuer(ISSUER).build())
          .hasMessage("audience is missing: set it, or accept tokens for anybody with anyAudience");
    }

    @Test
    void tokens_for_anybody_pass_where_that_is_asked_for() {
      JwtProvider provider =
          withKeys(
              JwtProvider.builder().issuer(ISSUER).anyAudience().clock(new TestClock()),
              TestKey.RSA.namedJwk());

      assertAccepted(provider, TestKey.RSA.token("RS256", meantFor("")));
      assertAccepted(provider, TestKey.RSA.token("RS256", meantFor("\"aud\":\"other\",")));
    }

    private String meantFor(String audience) {
      return "{%s\"iss\":\"%s\",\"exp\":%d}".formatted(audience, ISSUER, NOW + 60);
    }
  }

  @Nested
  @DisplayName("3.10 Do Not Trust Received Claims")
  class ReceivedClaims {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "../../../../dev/null",
          "/etc/passwd",
          "' OR '1'='1",
          "x'; DROP TABLE keys; --",
          "${jndi:ldap://127.0.0.1/a}",
          "http://127.0.0.1/key",
          "rsa\\u0000",
          "rsa\\n",
          "RSA"
        })
    void a_key_identifier_is_compared_and_nothing_else(String kid) {
      String header = "{\"alg\":\"RS256\",\"kid\":\"" + kid + "\"}";

      assertThat(
              refusal(
                  provider(TestKey.RSA.namedJwk()), TestKey.RSA.sign("RS256", header, claims())))
          .isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "true", "[\"rsa\"]", "{}", "\"\""})
    void a_key_identifier_that_is_no_text_is_not_accepted(String kid) {
      String header = "{\"alg\":\"RS256\",\"kid\":" + kid + "}";

      assertThat(
              refusal(
                  provider(TestKey.RSA.namedJwk()), TestKey.RSA.sign("RS256", header, claims())))
          .isEqualTo("the key identifier of the token is not valid");
    }

    @ParameterizedTest
    @CsvSource({"256, true", "257, false"})
    void a_key_identifier_has_at_most_256_octets(int length, boolean accepted) {
      TestKey key = new TestKey("k".repeat(length), TestKey.RSA.pair());
      JwtProvider provider = provider(key.namedJwk());

      assertThat(verify(provider, key.token("RS256", claims())) instanceof Verification.Accepted)
          .isEqualTo(accepted);
    }

    @Test
    void keys_that_a_header_brings_along_are_not_looked_at() {
      TestKey evil = TestKey.OTHER_RSA;
      String set = TestKey.keySet(evil.jwk("\"kid\":\"rsa\""), evil.jwk("\"kid\":\"other-rsa\""));
      String certificate = TestCertificate.pem(TestCertificate.of("CN=Evil").make());
      JwtProvider provider = provider(TestKey.RSA.namedJwk());

      try (KeyServer attacker = new KeyServer()) {
        attacker.on("/jwks.json", status(200, set)).on("/key.pem", status(200, certificate));
        for (String member :
            new String[] {
              "\"jwk\":" + evil.jwk("\"kid\":\"rsa\""),
              "\"jku\":\"" + attacker.url("/jwks.json") + "\"",
              "\"x5u\":\"" + attacker.url("/key.pem") + "\"",
              "\"x5c\":[\"MIIB\"]"
            }) {
          String forged = "{\"alg\":\"RS256\",\"kid\":\"rsa\"," + member + "}";
          assertThat(refusal(provider, evil.sign("RS256", forged, claims()))).isEqualTo(SIGNATURE);
          assertAccepted(provider, TestKey.RSA.sign("RS256", forged, claims()));
          String named = "{\"alg\":\"RS256\",\"kid\":\"other-rsa\"," + member + "}";
          assertThat(refusal(provider, evil.sign("RS256", named, claims()))).isEqualTo(UNKNOWN);
        }
        assertThat(attacker.asked("/jwks.json")).isZero();
        assertThat(attacker.asked("/key.pem")).isZero();

        // Whoever did look there would have let them in.
        try (JwtProvider gullible =
            builder(new TestClock()).jwksUrl(attacker.url("/jwks.json")).build()) {
          assertAccepted(gullible, evil.token("RS256", claims()));
        }
        assertThat(attacker.asked("/jwks.json")).isEqualTo(1);
      }
    }
  }

  @Nested
  @DisplayName("3.11 Use Explicit Typing")
  class ExplicitTyping {
    private static final String TYPE = "the type of the token is not accepted";

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"JWT\" | true | false",
          "\"jwt\" | true | false",
          "\"at+jwt\" | true | true",
          "\"AT+JWT\" | true | true",
          "\"application/at+jwt\" | true | true",
          "\"application/at+jwt/x\" | false | false",
          "\"text/at+jwt\" | false | false",
          "\"secevent+jwt\" | false | false",
          "\"logout+jwt\" | false | false",
          "\"dpop+jwt\" | false | false",
          "\"JOSE\" | false | false",
          "\"\" | false | false",
          "null | false | false",
          "7 | false | false"
        })
    void types_are_compared_as_media_types(String type, boolean unlessSet, boolean whenRequired) {
      String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":" + type + "}";
      String token = TestKey.RSA.sign("RS256", header, claims());
      JwtProvider strict =
          withKeys(builder(new TestClock()).types("at+jwt"), TestKey.RSA.namedJwk());

      assertThat(refusal(provider(TestKey.RSA.namedJwk()), token).equals(TYPE))
          .isNotEqualTo(unlessSet);
      assertThat(refusal(strict, token).equals(TYPE)).isNotEqualTo(whenRequired);
    }

    @Test
    void a_token_without_type_passes_unless_one_is_required() {
      String token = TestKey.RSA.token("RS256", claims());
      JwtProvider strict =
          withKeys(builder(new TestClock()).types("at+jwt"), TestKey.RSA.namedJwk());

      assertAccepted(provider(TestKey.RSA.namedJwk()), token);
      assertThat(refusal(strict, token)).isEqualTo(TYPE);
    }
  }

  @Nested
  @DisplayName("3.12 Use Mutually Exclusive Validation Rules for Different Kinds of JWTs")
  class DifferentKinds {

    @Test
    void access_tokens_and_ID_tokens_of_one_issuer_are_told_apart() {
      JwtProvider api = provider(TestKey.RSA.namedJwk());
      JwtProvider page =
          withKeys(
              JwtProvider.builder()
                  .issuer(ISSUER)
                  .audience("web-client")
                  .types("JWT")
                  .clock(new TestClock()),
              TestKey.RSA.namedJwk());
      String access =
          TestKey.RSA.sign(
              "RS256", "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"at+jwt\"}", claims());
      String id =
          TestKey.RSA.sign(
              "RS256",
              "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"JWT\"}",
              "{\"iss\":\"%s\",\"aud\":\"web-client\",\"exp\":%d}".formatted(ISSUER, NOW + 60));

      assertAccepted(api, access);
      assertAccepted(page, id);
      assertThat(refusal(api, id)).isEqualTo("the token is not for this audience");
      assertThat(refusal(page, access)).isEqualTo("the type of the token is not accepted");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "\"use\":\"sig\" | true",
          "\"use\":\"enc\" | false",
          "\"use\":\"SIG\" | false",
          "\"use\":null | false",
          "\"key_ops\":[\"verify\"] | true",
          "\"key_ops\":[\"sign\",\"verify\"] | true",
          "\"key_ops\":[\"encrypt\"] | false",
          "\"key_ops\":[] | false",
          "\"key_ops\":\"verify\" | false",
          "\"use\":\"enc\",\"key_ops\":[\"verify\"] | false",
          "\"use\":\"sig\",\"key_ops\":[\"encrypt\"] | false"
        })
    void keys_for_something_else_verify_nothing(String members, boolean verifies) {
      JwtProvider provider = provider(TestKey.RSA.jwk("\"kid\":\"rsa\"", members));
      Verification verification = verify(provider, TestKey.RSA.token("RS256", claims()));

      assertThat(verification instanceof Verification.Accepted).isEqualTo(verifies);
    }
  }
}
