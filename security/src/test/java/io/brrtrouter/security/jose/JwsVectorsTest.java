package io.brrtrouter.security.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signatures that RFC 7515, RFC 7520, RFC 8037 and the tests of other libraries show, one row each;
 * no algorithm is without one that somebody else signed.
 */
class JwsVectorsTest {
  private static final CompactJws.Policy ALL =
      new CompactJws.Policy(EnumSet.allOf(Algorithm.class), Set.of("", "jwt"));

  record Vector(String source, Algorithm algorithm, String key, String token) {
    static Vector of(String line) {
      String[] cells = line.split(" \\| ");
      return new Vector(cells[0], Algorithm.valueOf(cells[1]), cells[2], cells[3]);
    }

    KeySet keys() throws InvalidKeySetException {
      return key.startsWith("{")
          ? KeySet.parse(
              ("{\"keys\":[" + key + "]}").getBytes(StandardCharsets.UTF_8), KeyUse.SIGNATURE)
          : KeySet.ofSecret(Base64.getUrlDecoder().decode(key));
    }

    @Override
    public String toString() {
      return source + " " + algorithm;
    }
  }

  static List<Vector> vectors() throws IOException {
    return rows("jws-vectors.txt", 17);
  }

  static List<Vector> refused() throws IOException {
    return rows("jws-refused.txt", 5);
  }

  private static List<Vector> rows(String name, int expected) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(JwsVectorsTest.class.getResourceAsStream(name)),
                StandardCharsets.UTF_8))) {
      List<Vector> vectors =
          reader.lines().filter(line -> !line.startsWith("#")).map(Vector::of).toList();
      assertThat(vectors).hasSize(expected);
      return vectors;
    }
  }

  @Test
  void every_algorithm_has_one() throws IOException {
    assertThat(vectors())
        .extracting(Vector::algorithm)
        .hasSameElementsAs(EnumSet.allOf(Algorithm.class));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_signature_is_verified(Vector vector) throws InvalidKeySetException {
    CompactJws jws = read(vector.token);

    assertThat(jws.algorithm()).isEqualTo(vector.algorithm);
    assertThat(selected(vector.keys(), jws).verifies(jws)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void any_other_is_not(Vector vector) throws InvalidKeySetException {
    CompactJws jws = read(vector.token);

    assertThat(jws.algorithm()).isEqualTo(vector.algorithm);
    assertThat(selected(vector.keys(), jws).verifies(jws)).isFalse();
  }

  /** One bit of the signature, at 32 places or more, and one letter of what is signed. */
  @ParameterizedTest
  @MethodSource("vectors")
  void what_is_changed_is_not(Vector vector) throws InvalidKeySetException {
    String signed = vector.token.substring(0, vector.token.lastIndexOf('.'));
    byte[] signature = Base64.getUrlDecoder().decode(vector.token.substring(signed.length() + 1));
    VerificationKey key = selected(vector.keys(), read(vector.token));

    for (int i = 0; i < signature.length; i += signature.length / 32) {
      byte[] changed = signature.clone();
      changed[i] ^= (byte) (1 << (i % 8));
      assertThat(key.verifies(read(signed + "." + base64(changed)))).as("octet " + i).isFalse();
    }
    int payload = signed.indexOf('.') + 1;
    char other = signed.charAt(payload) == 'A' ? 'B' : 'A';
    String text = signed.substring(0, payload) + other + signed.substring(payload + 1);
    assertThat(key.verifies(read(text + "." + base64(signature)))).isFalse();
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static CompactJws read(String token) {
    return switch (CompactJws.read(token, ALL)) {
      case CompactJws.Reading.Read(CompactJws jws) -> jws;
      case CompactJws.Reading.Malformed(String reason) -> throw new AssertionError(reason);
    };
  }

  private static VerificationKey selected(KeySet keys, CompactJws jws) {
    return switch (keys.select(jws)) {
      case KeySet.Selection.Selected(VerificationKey key) -> key;
      case KeySet.Selection other -> throw new AssertionError(other.toString());
    };
  }
}
