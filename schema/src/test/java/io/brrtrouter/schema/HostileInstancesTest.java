package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a client can send within {@link JsonLimits#DEFAULT} and a body of 1 MiB. */
@DisplayName("An instance made to be expensive")
class HostileInstancesTest {

  /** Generous, for a slow machine that has compiled nothing yet; quadratic work takes minutes. */
  private static final Duration BOUND = Duration.ofSeconds(5);

  private static final int MEMBERS = 9_000;
  private static final int BODY = 1 << 20;

  private record Row(String name, String schema, String instance) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            "alternatives over unevaluatedProperties",
            nestedAlternatives(7),
            object(MEMBERS, i -> "\"m" + i + "\": 1")),
        new Row(
            "alternatives over unevaluatedProperties, all alike",
            """
            {"oneOf": [{"$ref": "#/$defs/a"}, {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}]}],
             "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}, {"oneOf": [{"$ref": "#/$defs/b"}, {"$ref": "#/$defs/c"}]}]},
                       "b": {"oneOf": [{"$ref": "#/$defs/c"}, {"anyOf": [{"$ref": "#/$defs/c"}, {"$ref": "#/$defs/d"}]}]},
                       "c": {"anyOf": [{"$ref": "#/$defs/d"}, {"oneOf": [{"$ref": "#/$defs/d"}, {"required": ["z"]}]}]},
                       "d": {"allOf": [{"properties": {"m1": {"type": "string"}}}], "unevaluatedProperties": false}}}\
            """,
            object(MEMBERS, i -> "\"m" + i + "\": {\"n\": [1, 2]}")),
        new Row(
            "anyOf nested to the deepest",
            """
            {"anyOf": [{"type": "string"},
                       {"properties": {"c": {"$ref": "#"}}, "required": ["x"]},
                       {"properties": {"c": {"$ref": "#"}}, "unevaluatedProperties": {"type": "null"}},
                       {"properties": {"c": {"$ref": "#"}, "d": {"$ref": "#"}}, "minProperties": 3}]}\
            """,
            nested("{\"c\": ", object(MEMBERS, i -> "\"m" + i + "\": 1"), "}", 126)),
        new Row(
            "oneOf nested to the deepest, twice per level",
            """
            {"oneOf": [{"type": "object", "properties": {"c": {"$ref": "#"}, "d": {"$ref": "#"}}},
                       {"type": "object", "properties": {"c": {"$ref": "#"}, "d": {"$ref": "#"}}},
                       {"const": 7}]}\
            """,
            nested("{\"d\": 1, \"c\": ", "1", "}", 127)),
        new Row(
            "long names around a long array",
            """
            {"$ref": "#/$defs/v",
             "$defs": {"v": {"anyOf": [{"type": "array", "items": {"$ref": "#/$defs/v"}, "maxItems": 2},
                                       {"type": "object", "additionalProperties": {"$ref": "#/$defs/v"}}]}}}\
            """,
            nested("{\"" + "n".repeat(1_000) + "\": ", array(100_000, i -> "[]"), "}", 120)),
        new Row(
            "long names around wrong values",
            "{\"additionalProperties\": {\"$ref\": \"#\"}, \"items\": {\"type\": \"null\"}}",
            nested("{\"" + "n".repeat(1_000) + "\": ", array(100_000, i -> "1"), "}", 120)),
        new Row(
            "names that are nearly those allowed",
            "{\"properties\": "
                + object(500, i -> "\"" + "p".repeat(60) + i + "\": true")
                + ", \"additionalProperties\": false}",
            object(MEMBERS, i -> "\"" + "p".repeat(58) + (i + 1_000) + "\": 1")),
        new Row(
            "many members and many patterns",
            "{\"patternProperties\": "
                + object(40, i -> "\"^x+[a-z" + i + "]*" + i + "$\": {\"type\": \"string\"}")
                + "}",
            object(MEMBERS, i -> "\"" + "x".repeat(80) + i + "\": 1")),
        new Row(
            "contains with minContains",
            """
            {"contains": {"anyOf": [{"type": "string"}, {"minItems": 1}]}, "minContains": 100000,
             "items": {"contains": {"type": "null"}, "minContains": 2}}\
            """,
            array(60_000, i -> "[1]")),
        new Row(
            "dependentSchemas of every member",
            "{\"dependentSchemas\": "
                + object(
                    200,
                    i ->
                        "\"m%d\": {\"properties\": {\"m%d\": {\"type\": \"string\"}}, \"maxProperties\": 3}"
                            .formatted(i, i + 1))
                + ", \"unevaluatedProperties\": false}",
            object(MEMBERS, i -> "\"m" + i + "\": 1")),
        new Row(
            "$dynamicRef recursion",
            """
            {"$id": "https://example.com/tree", "$dynamicAnchor": "node",
             "anyOf": [{"properties": {"c": {"items": {"$dynamicRef": "#node"}}}, "required": ["c"]},
                       {"properties": {"d": {"$dynamicRef": "#node"}}, "required": ["d"]}],
             "unevaluatedProperties": false}\
            """,
            nested(
                "{\"c\": [{\"d\": ",
                "{\"c\": " + array(20_000, i -> "{\"c\": []}") + "}",
                "}, 1]}",
                40)),
        new Row(
            "propertyNames",
            """
            {"propertyNames": {"anyOf": [{"maxLength": 3}, {"pattern": "^(a|b)*c$"}, {"enum": ["m"]}]}}\
            """,
            object(MEMBERS, i -> "\"" + "ab".repeat(40) + i + "\": 1")),
        new Row(
            "an enum of 10,000 numbers",
            "{\"items\": {\"enum\": " + array(10_000, i -> i + ".5") + "}}",
            array(150_000, i -> "" + i % 1_000)),
        new Row(
            "an enum of 10,000 strings",
            "{\"items\": {\"enum\": " + array(10_000, i -> "\"v" + i + "\"") + "}}",
            array(100_000, i -> "\"v" + (i % 10) + "x\"")),
        new Row(
            "uniqueItems of large objects of one size",
            "{\"uniqueItems\": true}",
            array(1_000, i -> object(40, j -> "\"m" + j + "\": 1" + (j == 39 ? i : 0)))),
        new Row(
            "uniqueItems of equal hashes",
            "{\"uniqueItems\": true}",
            array(10_000, i -> "\"" + colliding(i) + "\"")),
        new Row(
            "uniqueItems within uniqueItems",
            "{\"uniqueItems\": true, \"items\": {\"$ref\": \"#\"}}",
            nested("[", array(40_000, i -> "\"" + i + "abcdefghij\""), ",1,2,3,4,5,6,7,8,9]", 125)),
        new Row(
            "member names of equal hashes",
            "{\"properties\": "
                + object(1_000, i -> "\"" + colliding(2 * i) + "\": {\"type\": \"integer\"}")
                + ", \"additionalProperties\": {\"type\": \"string\"}, \"maxProperties\": 3}",
            object(MEMBERS, i -> "\"" + colliding(i) + "\": 1")),
        new Row(
            "multiples of huge numbers",
            "{\"items\": {\"multipleOf\": 0.01, \"type\": \"integer\"}}",
            array(120_000, i -> "1e99" + i % 10)),
        new Row(
            "long numbers",
            "{\"items\": {\"multipleOf\": 0.03, \"type\": \"integer\", \"maximum\": 10}}",
            array(1_000, i -> "9".repeat(990))),
        new Row(
            "one long text under many alternatives",
            nestedAlternatives(8).replace("\"required\": [\"x\"]", "\"pattern\": \"^(a|ab)*$\""),
            "\"" + "ab".repeat(BODY / 2 - 8) + "c\""),
        new Row(
            "properties that two schemas share, dropped at the bottom",
            """
            {"allOf": [{"properties": {"c": {"$ref": "#"}, "r": {"readOnly": true}}},
                       {"properties": {"c": {"$ref": "#"}}},
                       {"anyOf": [{"properties": {"c": {"$ref": "#"}}}, {"type": "object"}]}]}\
            """,
            nested("{\"c\": ", "{\"r\": 1}", "}", 120)));
  }

  /** Alternatives of alternatives: a path for each of the choices at each level. */
  private static String nestedAlternatives(int depth) {
    String levels =
        object(
            depth,
            i -> {
              String next = "{\"$ref\": \"#/$defs/s" + (i + 1) + "\"}";
              return "\"s%d\": {\"%s\": [%s%s, {\"anyOf\": [%s, {\"required\": [\"x\"]}]}], \"unevaluatedProperties\": false}"
                  .formatted(i, i % 2 == 0 ? "oneOf" : "anyOf", (next + ",").repeat(5), next, next);
            });
    return "{\"$ref\": \"#/$defs/s0\", \"$defs\": "
        + levels.substring(0, levels.length() - 1)
        + ", \"s%d\": {\"properties\": {\"a\": {\"type\": \"string\"}}, \"allOf\": [{\"required\": [\"x\"]}], \"unevaluatedProperties\": false}}}"
            .formatted(depth);
  }

  /** Texts of one length with one {@code String.hashCode}: every bit as "Aa" or "BB". */
  private static String colliding(int number) {
    return IntStream.range(0, 14)
        .mapToObj(bit -> ((number >>> bit) & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }

  private static String nested(String before, String inner, String after, int depth) {
    return before.repeat(depth) + inner + after.repeat(depth);
  }

  private static String array(int size, IntFunction<String> item) {
    return IntStream.range(0, size).mapToObj(item).collect(Collectors.joining(",", "[", "]"));
  }

  private static String object(int size, IntFunction<String> member) {
    return IntStream.range(0, size).mapToObj(member).collect(Collectors.joining(",", "{", "}"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  @Timeout(120)
  void costsLittle(Row row) {
    byte[] bytes = row.instance.getBytes(StandardCharsets.UTF_8);
    assertThat(bytes.length).isLessThanOrEqualTo(BODY + 400_000);
    JsonNode instance = Schemas.json(row.instance);
    for (View view : List.of(View.PLAIN, View.REQUEST)) {
      CompiledSchema schema = Schemas.compile(row.schema, view);
      boolean[] valid = new boolean[1];
      assertCheap(row + ", isValid", () -> valid[0] = schema.isValid(instance));
      assertCheap(
          row + ", parse",
          () -> {
            ParsedJson parsed = schema.parse(bytes, JsonLimits.DEFAULT);
            assertThat(parsed instanceof ParsedJson.Valid).isEqualTo(valid[0]);
          });
      assertCheap(
          row + ", check",
          () -> {
            Violations violations = schema.check(instance, 50);
            assertThat(violations.list().isEmpty()).isEqualTo(valid[0]);
          });
      assertCheap(row + ", strip", () -> assertThat(schema.strip(instance)).isNotNull());
    }
  }

  /** The best of three, because a processor shared with others is slower too. */
  private static void assertCheap(String what, Runnable work) {
    Duration best = BOUND;
    for (int i = 0; i < 3 && best.compareTo(BOUND) >= 0; i++) {
      best = Effort.of(work);
    }
    assertThat(best).as(what).isLessThan(BOUND);
  }

  @Nested
  class IsExplained {

    @Test
    void asFarAsItsAllowanceGoes() {
      JsonNode instance = Schemas.json(object(MEMBERS, i -> "\"m" + i + "\": 1"));
      Violations violations = Schemas.compile(nestedAlternatives(7)).check(instance, 50);
      assertThat(violations.list())
          .extracting(Violation::message)
          .containsExactly(
              "must match exactly one alternative of s1, s1, s1, s1, s1, s1 and alternative 7");
      assertThat(violations.omitted()).isOne();
    }

    @Test
    void withoutPlaceWhenNoneWasReached() {
      String chain =
          "{\"maxProperties\": 1000000, \"allOf\": [".repeat(40)
              + "{\"maxProperties\": 1}"
              + "]}".repeat(40);
      JsonNode instance = Schemas.json(object(MEMBERS, i -> "\"m" + i + "\": 1"));
      assertThat(Schemas.compile(chain).check(instance, 50))
          .isEqualTo(
              new Violations(
                  List.of(
                      new Violation(
                          "",
                          "",
                          Schemas.URI_OF_TESTS + "#",
                          new SourceLocation(Schemas.URI_OF_TESTS.toString(), 0, 0),
                          "false",
                          null,
                          "does not match its schema, and is too large to say where")),
                  0));
    }

    @Test
    void inAnAnswerThatIsNotManyTimesItsSize() {
      String name = "n".repeat(1_000);
      CompiledSchema schema =
          Schemas.compile("{\"additionalProperties\": {\"$ref\": \"#\"}, \"type\": \"object\"}");
      JsonNode instance =
          Schemas.json(nested("{\"" + name + "\": ", object(60, i -> "\"" + i + "\": 1"), "}", 20));
      Violations violations = schema.check(instance, 50);
      assertThat(violations.list()).hasSize(4);
      assertThat(violations.omitted()).isEqualTo(56);
    }

    @Test
    void withAllViolationsOfAValueThatStandsAtTwoPlaces() {
      CompiledSchema schema =
          Schemas.compile(
              "{\"additionalProperties\": {\"additionalProperties\": {\"type\": \"null\"}}}");
      JsonNode shared = Schemas.json("{\"x\": 1}");
      JsonNode instance =
          JsonNodeFactory.instance.objectNode().<ObjectNode>set("a", shared).set("b", shared);
      assertThat(schema.check(instance, 50).list())
          .extracting(Violation::instanceLocation)
          .containsExactly("/a/x", "/b/x");
    }
  }
}
