package io.brrtrouter.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PrincipalTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static Map<String, Object> claims(Object value) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("x", value);
    return new Principal("door", "anna", List.of(), claims).claims();
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  static List<Arguments> values() {
    BigInteger large = BigInteger.ONE.shiftLeft(63);
    return List.of(
        Arguments.of("text", "text"),
        Arguments.of(true, true),
        Arguments.of((byte) 1, 1L),
        Arguments.of((short) 1, 1L),
        Arguments.of(1, 1L),
        Arguments.of(1L, 1L),
        Arguments.of(BigInteger.ONE, 1L),
        Arguments.of(large, large),
        Arguments.of(large.subtract(BigInteger.ONE), Long.MAX_VALUE),
        Arguments.of(1.5f, 1.5),
        Arguments.of(1.5, 1.5),
        Arguments.of(new BigDecimal("1.50"), new BigDecimal("1.50")),
        Arguments.of(Arrays.asList(1, null, "a"), List.of(1L, "a")),
        Arguments.of(Set.of("a"), List.of("a")),
        Arguments.of(Map.of("a", List.of(Map.of())), Map.of("a", List.of(Map.of()))),
        Arguments.of(json("\"text\""), "text"),
        Arguments.of(json("7"), 7L),
        Arguments.of(json("9223372036854775808"), large),
        Arguments.of(json("1.50"), new BigDecimal("1.50")),
        Arguments.of(json("1e400"), new BigDecimal("1e400")),
        Arguments.of(json("false"), false),
        Arguments.of(json("{\"a\":[1,{\"b\":null},null]}"), Map.of("a", List.of(1L, Map.of()))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void a_claim_is_a_string_a_boolean_a_number_a_list_or_a_map(Object given, Object claim) {
    assertThat(claims(given)).isEqualTo(Map.of("x", claim));
  }

  @Test
  void null_is_no_claim() {
    assertThat(claims(null)).isEmpty();
    assertThat(claims(json("null"))).isEmpty();
  }

  @Test
  void anything_else_is_refused() {
    assertThatThrownBy(() -> claims(new Date(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "claim x is a java.util.Date; strings, booleans, numbers, and lists and maps of them"
                + " are allowed");
    assertThatThrownBy(() -> claims(Map.of("y", new byte[0])))
        .hasMessage(
            "claim x y is a [B; strings, booleans, numbers, and lists and maps of them are"
                + " allowed");
    assertThatThrownBy(() -> claims(Map.of(1, 2)))
        .hasMessage("claim x has a name that is not a string");
  }

  @Nested
  @SuppressWarnings("unchecked") // as handlers have to
  class Claims_are_not_changed {
    private final ObjectNode node = (ObjectNode) json("{\"b\":[1]}");
    private final List<Object> list = new ArrayList<>(List.of("c", new ArrayList<>(List.of("d"))));
    private final Map<String, Object> given = new HashMap<>(Map.of("a", node, "list", list));
    private final Map<String, Object> claims =
        new Verification.Accepted("anna", List.of(), given).claims();

    @Test
    void by_whoever_made_them() {
      Map<String, Object> before =
          Map.of("a", Map.of("b", List.of(1L)), "list", List.of("c", List.of("d")));
      assertThat(claims).isEqualTo(before);
      node.put("admin", true);
      node.withArray("b").add(2);
      list.add("e");
      ((List<Object>) list.get(1)).add("f");
      given.put("g", "h");
      assertThat(claims).isEqualTo(before);
    }

    @Test
    void by_whoever_has_them() {
      assertRefused(() -> claims.put("x", "y"));
      assertRefused(() -> claims.remove("a"));
      assertRefused(claims::clear);
      assertRefused(() -> claims.entrySet().iterator().next().setValue("x"));
      assertRefused(() -> claims.entrySet().clear());
      assertRefused(() -> claims.keySet().remove("a"));
      assertRefused(() -> claims.values().clear());
      assertRefused(() -> claims.replaceAll((_, _) -> "x"));
    }

    @Test
    void however_deep() {
      Map<String, Object> inner = (Map<String, Object>) claims.get("a");
      assertRefused(() -> inner.put("x", "y"));
      assertRefused(() -> inner.entrySet().iterator().next().setValue("x"));
      assertRefused(() -> ((List<Object>) inner.get("b")).add("x"));
      List<Object> outer = (List<Object>) claims.get("list");
      assertRefused(() -> outer.set(0, "x"));
      assertRefused(() -> ((List<Object>) outer.get(1)).clear());
    }

    private static void assertRefused(Runnable change) {
      assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void claims_keep_their_order_and_are_copied_once() {
    ObjectNode many = (ObjectNode) json("{\"z\":1,\"a\":2,\"m\":{\"y\":1,\"b\":2}}");
    Verification.Accepted accepted =
        new Verification.Accepted("anna", List.of(), Map.of("x", many));
    assertThat(accepted.claims()).hasToString("{x={z=1, a=2, m={y=1, b=2}}}");
    assertThat(new Principal("door", "anna", List.of(), accepted.claims()).claims())
        .as("requests share them")
        .isSameAs(accepted.claims());
  }
}
