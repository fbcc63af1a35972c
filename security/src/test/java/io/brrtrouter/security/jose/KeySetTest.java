package io.brrtrouter.security.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.security.TestKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
  private static final String RSA = TestKey.RSA.jwk();
  private static final String EC = TestKey.P256.jwk();
  private static final String ED = TestKey.ED25519.jwk();

  private static KeySet parse(String... jwks) throws InvalidKeySetException {
    return KeySet.parse(TestKey.keySet(jwks).getBytes(StandardCharsets.UTF_8), KeyUse.SIGNATURE);
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        row("7", "it is not an object"),
        row("null", "it is not an object"),
        row("{}", "it has no \"kty\""),
        row("{\"kty\":7}", "it has no \"kty\""),
        row("{\"kty\":\"oct\",\"k\":\"AAAA\"}", "it is a secret, and a key set is public"),
        row("{\"kty\":\"oct\"}", "it is a secret, and a key set is public"),
        row("{\"kty\":\"rsa\"}", "its \"kty\" is none of RSA, EC and OKP"),
        row(TestKey.RSA.jwk("\"d\":\"AQAB\""), "it shows its private half"),
        row(TestKey.P256.jwk("\"d\":\"AQAB\""), "it shows its private half"),
        row(TestKey.RSA.jwk("\"k\":\"AQAB\""), "it shows its private half"),
        row(TestKey.RSA.jwk("\"use\":\"enc\""), "its \"use\" is not \"sig\""),
        row(TestKey.RSA.jwk("\"key_ops\":[\"sign\"]"), "its \"key_ops\" do not have \"verify\""),
        row(TestKey.RSA.jwk("\"kid\":7"), "its \"kid\" is not a string of 1 to 256 octets"),
        row(TestKey.RSA.jwk("\"kid\":\"\""), "its \"kid\" is not a string of 1 to 256 octets"),
        row(
            TestKey.RSA.jwk("\"alg\":\"ES256\""),
            "its \"alg\" is no signature algorithm for such keys"),
        row(
            TestKey.RSA.jwk("\"alg\":\"RSA-OAEP\""),
            "its \"alg\" is no signature algorithm for such keys"),
        row(
            TestKey.RSA.jwk("\"alg\":\"HS256\""),
            "its \"alg\" is no signature algorithm for such keys"),
        row(TestKey.RSA.jwk("\"alg\":null"), "its \"alg\" is no signature algorithm for such keys"),
        row(
            TestKey.P256.jwk("\"alg\":\"ES384\""),
            "its \"alg\" is no signature algorithm for such keys"),
        row("{\"kty\":\"RSA\",\"e\":\"AQAB\"}", "it has no \"n\""),
        row("{\"kty\":\"RSA\",\"n\":\"AQAB\"}", "it has no \"e\""),
        row(
            "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
            "it has 17 bits, and 2048 to 8192 are accepted"),
        row(
            "{\"kty\":\"RSA\",\"n\":\"" + "AQ" + "A".repeat(1400) + "\",\"e\":\"AQAB\"}",
            "it has 8401 bits, and 2048 to 8192 are accepted"),
        row(withExponent("AQ"), "its exponent is not an odd number of 2 to 64 bits"),
        row(withExponent("Ag"), "its exponent is not an odd number of 2 to 64 bits"),
        row(withExponent("AQAAAAAAAAAB"), "its exponent is not an odd number of 2 to 64 bits"),
        row(withExponent("BA"), "its exponent is not an odd number of 2 to 64 bits"),
        row("{\"kty\":\"EC\"}", "it has no \"crv\""),
        row(EC.replace("P-256", "secp256k1"), OTHER_CURVE),
        row(EC.replace("P-256", "Ed25519"), OTHER_CURVE),
        row(ED.replace("Ed25519", "Ed448"), OTHER_CURVE),
        row(ED.replace("Ed25519", "X25519"), OTHER_CURVE),
        row(ED.replace("OKP", "EC"), OTHER_CURVE),
        row(EC.replace("P-256", "P-384"), "it is not a point of its curve"),
        row(
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
            "it is not a point of its curve"),
        row("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\"}", "it has no \"y\""),
        row("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}", "its \"x\" is not 32 octets"),
        row("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"=\"}", "its \"x\" is not 32 octets"));
  }

  private static final String OTHER_CURVE =
      "its \"crv\" is none of P-256, P-384, P-521 and Ed25519";

  private static Arguments row(String jwk, String reason) {
    return Arguments.of(jwk, reason);
  }

  private static String withExponent(String exponent) {
    return RSA.replace("\"e\":\"AQAB\"", "\"e\":\"" + exponent + "\"");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("unusable")
  void a_key_that_cannot_be_used_is_left_out_and_the_others_are_not(String jwk, String reason)
      throws InvalidKeySetException {
    KeySet keys = parse(RSA, jwk, EC);

    assertThat(keys.size()).isEqualTo(2);
    assertThat(keys.skipped()).containsExactly("key 2: " + reason);
  }

  private static final String SMALL =
      "key 1: it is a point of small order, for which anybody can sign";

  private static final String NO_POINT = "key 1: it is not a point of its curve";

  /**
   * Every encoding of the eight points whose order divides 8: with either sign, and with a
   * coordinate that is not below the prime, which RFC 8032 section 5.1.3 does not decode.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 0100000000000000000000000000000000000000000000000000000000000000, true",
    "1, 0100000000000000000000000000000000000000000000000000000000000080, true",
    "1, eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, false",
    "1, eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, false",
    "2, ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, true",
    "2, ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, true",
    "4, 0000000000000000000000000000000000000000000000000000000000000000, true",
    "4, 0000000000000000000000000000000000000000000000000000000000000080, true",
    "4, edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, false",
    "4, edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, false",
    "8, 26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05, true",
    "8, 26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85, true",
    "8, c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a, true",
    "8, c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa, true"
  })
  void a_point_of_small_order_is_no_key(int order, String octets, boolean canonical)
      throws InvalidKeySetException {
    KeySet keys = parse(ed25519(octets));

    assertThat(keys.skipped()).as("order %d", order).containsExactly(canonical ? SMALL : NO_POINT);
    assertThat(keys.size()).isZero();
  }

  /** 2 is the second coordinate of no point; 3 is that of one, as 2^255 - 16 would be. */
  @ParameterizedTest
  @CsvSource({
    "0200000000000000000000000000000000000000000000000000000000000000, false",
    "0300000000000000000000000000000000000000000000000000000000000000, true",
    "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, false"
  })
  void a_key_is_a_point_of_its_curve(String octets, boolean point) throws InvalidKeySetException {
    KeySet keys = parse(ed25519(octets));

    assertThat(keys.skipped()).isEqualTo(point ? List.of() : List.of(NO_POINT));
  }

  private static String ed25519(String octets) {
    return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\"}"
        .formatted(TestKey.base64(HexFormat.of().parseHex(octets)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"use\":\"sig\"",
        "\"key_ops\":[\"verify\"]",
        "\"alg\":\"RS256\"",
        "\"alg\":\"PS512\"",
        "\"x5c\":[\"not a certificate\"]",
        "\"x5u\":\"not a URL\"",
        "\"x5t\":7",
        "\"exp\":1",
        "\"ext\":true"
      })
  void what_does_not_matter_for_a_signature_does_not_matter(String member)
      throws InvalidKeySetException {
    assertThat(parse(TestKey.RSA.jwk(member)).skipped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | it is not a JSON object with unique names",
        "[] | it is not a JSON object with unique names",
        "{\"keys\":[],\"keys\":[]} | it is not a JSON object with unique names",
        "{} | it has no array \"keys\"",
        "{\"keys\":{}} | it has no array \"keys\"",
        "{\"keys\":null} | it has no array \"keys\""
      })
  void what_is_no_set_is_none(String text, String reason) {
    assertThatThrownBy(() -> KeySet.parse(text.getBytes(StandardCharsets.UTF_8), KeyUse.SIGNATURE))
        .isInstanceOf(InvalidKeySetException.class)
        .hasMessage(reason);
  }

  @Test
  void a_set_knows_its_keys_by_what_they_are() throws InvalidKeySetException {
    KeySet keys = parse(TestKey.RSA.namedJwk());

    assertThat(keys.contains(key(parse(TestKey.RSA.namedJwk())))).isTrue();
    assertThat(keys.contains(key(parse(TestKey.RSA.jwk("\"kid\":\"x\""))))).isFalse();
    assertThat(keys.contains(key(parse(TestKey.OTHER_RSA.jwk("\"kid\":\"rsa\""))))).isFalse();
    assertThat(keys.contains(key(parse(TestKey.RSA.jwk("\"kid\":\"rsa\"", "\"alg\":\"RS256\"")))))
        .isFalse();
  }

  private static VerificationKey key(KeySet keys) {
    CompactJws.Reading read =
        CompactJws.read(
            TestKey.RSA.sign("RS256", "{\"alg\":\"RS256\"}", "{}"),
            new CompactJws.Policy(Set.of(Algorithm.RS256), Set.of("")));
    return ((KeySet.Selection.Selected) keys.select(((CompactJws.Reading.Read) read).jws())).key();
  }

  @Test
  void no_text_form_shows_a_secret() {
    byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    assertThat(VerificationKey.ofSecret(secret)).hasToString("VerificationKey[HMAC]");
    assertThat(VerificationKey.ofSecret(secret)).isNotEqualTo(VerificationKey.ofSecret(secret));
  }
}
