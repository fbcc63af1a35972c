package io.brrtrouter.security.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Project Wycheproof's tokens, valid and invalid, each read, its key selected and its signature
 * verified as a provider does. Where they come from and their licence stand in the file.
 */
class WycheproofTest {
  private static final CompactJws.Policy ALL =
      new CompactJws.Policy(EnumSet.allOf(Algorithm.class), Set.of("", "jwt"));

  /** Cases whose verdict is not ours, with the reason; each is checked to be still one. */
  private static final Map<Integer, String> OTHERWISE =
      Map.of(
          320, "has no payload, and a token has claims (RFC 7519 section 3)",
          325, "has no payload, and a token has claims (RFC 7519 section 3)",
          367, "says that padding is wrong, but its token is that of 357, which is valid",
          370, "says that padding is wrong, but its token is that of 357, which is valid",
          372, "allows a character that is not of base64url (RFC 7515 section 2)",
          373, "allows a character that is not of base64url (RFC 7515 section 2)");

  /**
   * One token.
   *
   * @param key the public half, or the secret
   */
  record Case(int id, String comment, JsonNode key, String jws, boolean valid) {
    @Override
    public String toString() {
      return id + " " + comment;
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            WycheproofTest.class.getResourceAsStream("wycheproof-json-web-signature.json"))) {
      JsonNode root = JsonMapper.shared().readTree(file.readAllBytes());
      return root.get("testGroups").valueStream().flatMap(WycheproofTest::of).toList();
    }
  }

  private static Stream<Case> of(JsonNode group) {
    JsonNode key = group.has("public") ? group.get("public") : group.get("private");
    return group
        .get("tests")
        .valueStream()
        .map(test ->
            new Case(
                test.get("tcId").asInt(),
                test.get("comment").asString(),
                key,
                test.get("jws").asString(),
                test.get("result").asString().equals("valid")));
  }

  @Test
  void as_many_are_run_as_the_file_has() throws IOException {
    assertThat(cases()).hasSize(127).filteredOn(Case::valid).hasSize(17);
    assertThat(cases())
        .extracting(Case::id)
        .doesNotHaveDuplicates()
        .containsAll(OTHERWISE.keySet());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_token_is_believed_only_if_it_is_valid(Case each) throws InvalidKeySetException {
    boolean expected = each.valid != OTHERWISE.containsKey(each.id);

    assertThat(believed(each.key, each.jws)).isEqualTo(expected);
  }

  /** A key set holds no secrets: that of a symmetric case is one of the configuration. */
  private static boolean believed(JsonNode key, String token) throws InvalidKeySetException {
    KeySet keys =
        key.get("kty").asString().equals("oct")
            ? KeySet.ofSecret(Base64.getUrlDecoder().decode(key.get("k").asString()))
            : KeySet.parse(
                JsonMapper.shared().writeValueAsBytes(Map.of("keys", List.of(key))),
                KeyUse.SIGNATURE);
    return CompactJws.read(token, ALL) instanceof CompactJws.Reading.Read(CompactJws jws)
        && keys.select(jws) instanceof KeySet.Selection.Selected(VerificationKey chosen)
        && chosen.verifies(jws);
  }
}
