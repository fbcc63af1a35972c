package io.brrtrouter.schema;

import static io.brrtrouter.schema.Schemas.compile;
import static io.brrtrouter.schema.Schemas.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

@DisplayName("An evaluation")
class EvaluationTest {
  /** Of the thread that works, whatever else the machine does. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  /** So that a test that hangs ends. */
  private static final Duration LAST = Duration.ofMinutes(5);

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Every wrong turn costs a factor of two or more per level without remembered verdicts. */
  private static void takesFewSeconds(Runnable work) {
    Duration effort = Assertions.assertTimeoutPreemptively(LAST, () -> Effort.of(work));
    assertThat(effort).isLessThan(BOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"oneOf": [{"properties": {"c": {"$ref": "#"}}, "required": ["x"]},
                   {"properties": {"c": {"$ref": "#"}}, "required": ["y"]},
                   {"properties": {"c": {"$ref": "#"}}}]}\
        """,
        """
        {"anyOf": [{"properties": {"c": {"$ref": "#"}, "leaf": false}},
                   {"properties": {"c": {"$ref": "#"}, "leaf": false}}]}\
        """,
        """
        {"allOf": [{"properties": {"c": {"$ref": "#"}}}, {"properties": {"c": {"$ref": "#"}}}]}\
        """,
        """
        {"if": {"properties": {"c": {"$ref": "#"}}}, "then": {"properties": {"c": {"$ref": "#"}}},
         "properties": {"leaf": {"const": 1}}}\
        """,
        """
        {"properties": {"c": {"$ref": "#"}}, "patternProperties": {"c": {"$ref": "#"}}}\
        """,
        """
        {"properties": {"c": {"$ref": "#"}, "leaf": false}, "patternProperties": {"c": {"$ref": "#"}}}\
        """,
        """
        {"allOf": [{"properties": {"c": {"$ref": "#"}}}, {"properties": {"c": {"$ref": "#"}}}],
         "properties": {"leaf": {"type": "string"}}}\
        """,
        """
        {"dependentSchemas": {"c": {"properties": {"c": {"$ref": "#"}}}},
         "properties": {"c": {"$ref": "#"}, "leaf": {"type": "string"}}}\
        """,
        """
        {"not": {"properties": {"c": {"not": {"$ref": "#"}}, "leaf": false}},
         "anyOf": [{"properties": {"c": {"$ref": "#"}}}]}\
        """,
        """
        {"anyOf": [{"properties": {"c": {"$ref": "#"}}}, {"properties": {"leaf": true}}],
         "unevaluatedProperties": false}\
        """,
        """
        {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}],
         "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}, {"properties": {"c": {"$ref": "#"}}}]},
                   "b": {"properties": {"c": {"$ref": "#"}, "leaf": false},
                         "unevaluatedProperties": false}}}\
        """
      })
  void ofNestedAlternativesTakesPolynomialTime(String text) {
    CompiledSchema schema = compile(text);
    StringBuilder nested = new StringBuilder("{\"leaf\": 1}");
    for (int i = 0; i < 100; i++) {
      nested.insert(0, "{\"c\": ").append("}");
    }
    JsonNode instance = json(nested.toString());
    byte[] bytes = nested.toString().getBytes(StandardCharsets.UTF_8);
    takesFewSeconds(() -> {
      boolean valid = schema.isValid(instance);
      assertThat(schema.check(instance, 10).isEmpty()).isEqualTo(valid);
      assertThat(schema.parse(bytes, JsonLimits.DEFAULT) instanceof ParsedJson.Valid)
          .isEqualTo(valid);
    });
  }

  @Test
  void ofAlternativesNestedInTheSchemaTakesPolynomialTime() {
    StringBuilder schema = new StringBuilder("{\"$ref\": \"#/$defs/s0\", \"$defs\": {");
    for (int i = 0; i < 60; i++) {
      String next = "{\"$ref\": \"#/$defs/s" + (i + 1) + "\"}";
      schema.append(
          "\"s%d\": {\"anyOf\": [%s, {\"allOf\": [%s, true]}]},".formatted(i, next, next));
    }
    schema.append("\"s60\": {\"minProperties\": 1}}}");
    CompiledSchema compiled = compile(schema.toString());
    takesFewSeconds(() -> {
      assertThat(compiled.isValid(json("{}"))).isFalse();
      assertThat(compiled.check(json("{}"), 1000).list()).isNotEmpty();
      assertThat(compiled.isValid(json("{\"a\": 1}"))).isTrue();
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"items\": {\"$ref\": \"#\"}}",
        "{\"items\": {\"allOf\": [{\"$ref\": \"#\"}, {\"type\": [\"array\", \"integer\"]}]}}",
        "{\"anyOf\": [{\"items\": {\"$ref\": \"#\"}}, {\"type\": \"integer\"}], \"minItems\": 1}",
        "{\"allOf\": [{\"prefixItems\": [{\"$ref\": \"#\"}]}], \"unevaluatedItems\": false}"
      })
  void ofTheDeepestInstanceFitsTheStack(String text) throws InterruptedException {
    CompiledSchema schema = compile(text);
    byte[] deep = ("[".repeat(128) + "1" + "]".repeat(128)).getBytes(StandardCharsets.UTF_8);
    byte[] wrong = ("[".repeat(127) + "[]" + "]".repeat(127)).getBytes(StandardCharsets.UTF_8);
    boolean[] done = {false};
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              assertThat(schema.parse(deep, JsonLimits.DEFAULT))
                  .isInstanceOf(ParsedJson.Valid.class);
              ParsedJson parsed = schema.parse(wrong, JsonLimits.DEFAULT);
              done[0] = !(parsed instanceof ParsedJson.Malformed);
            });
    thread.join();
    assertThat(done[0]).isTrue();
  }

  @Test
  void ofManyEqualItemsIsNotQuadratic() {
    CompiledSchema schema = compile("{\"uniqueItems\": true}");
    ArrayNode array = JSON.arrayNode();
    // "Aa" and "BB" have the same hash code, and so do all texts made of them.
    for (int i = 0; i < 1 << 15; i++) {
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < 15; bit++) {
        text.append((i >>> bit & 1) == 0 ? "Aa" : "BB");
      }
      array.add(text.toString());
    }
    takesFewSeconds(() -> assertThat(schema.isValid(array)).isTrue());
    array.add(array.get(17));
    assertThat(schema.check(array, 1).list())
        .extracting(Violation::message)
        .containsExactly("must have no equal items, but items 17 and 32768 are equal");
  }

  @Nested
  @DisplayName("of schemas that lead back to themselves")
  class Cycles {
    private static final String PETS =
        """
        {"$ref": "#/$defs/Pet",
         "$defs": {
           "Pet": {"type": "object", "required": ["kind"],
                   "discriminator": {"propertyName": "kind"},
                   "oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}]},
           "Cat": {"allOf": [{"$ref": "#/$defs/Pet"},
                             {"properties": {"kind": {"const": "Cat"}, "lives": {"type": "integer"},
                                             "friend": {"$ref": "#/$defs/Pet"}}}]},
           "Dog": {"allOf": [{"$ref": "#/$defs/Pet"},
                             {"properties": {"kind": {"const": "Dog"}, "good": {"type": "boolean"},
                                             "friend": {"$ref": "#/$defs/Pet"}}}]}}}\
        """;

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\0',
        textBlock =
            """
            {"kind": "Cat", "lives": 9}                                        | true
            {"kind": "Dog", "good": true}                                      | true
            {"kind": "Dog", "good": 1}                                         | false
            {"kind": "Cow"}                                                    | false
            {}                                                                 | false
            {"kind": "Cat", "friend": {"kind": "Dog", "good": true}}           | true
            {"kind": "Cat", "friend": {"kind": "Dog", "good": 1}}              | false
            """)
    void judgesParentsThatListTheirChildren(String instance, boolean valid) {
      CompiledSchema schema = compile(PETS);
      assertThat(schema.isValid(json(instance))).isEqualTo(valid);
      assertThat(schema.check(json(instance), 10).isEmpty()).isEqualTo(valid);
      assertThat(
              schema.parse(instance.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT)
                  instanceof ParsedJson.Valid)
          .isEqualTo(valid);
    }

    @Test
    void explainsThem() {
      assertThat(
              compile(PETS)
                  .check(
                      json("{\"kind\": \"Cat\", \"friend\": {\"kind\": \"Dog\", \"good\": 1}}"), 9)
                  .list())
          .extracting(Violation::instanceLocation, Violation::message)
          .containsExactly(tuple("/friend/good", "must be a boolean, not a number"));
    }

    @Test
    void takesPolynomialTimeToo() {
      CompiledSchema schema = compile(PETS);
      StringBuilder nested = new StringBuilder("{\"kind\": \"Dog\", \"good\": 1}");
      for (int i = 0; i < 100; i++) {
        nested.insert(0, "{\"kind\": \"Cat\", \"friend\": ").append("}");
      }
      JsonNode instance = json(nested.toString());
      takesFewSeconds(() -> {
        assertThat(schema.isValid(instance)).isFalse();
        assertThat(schema.check(instance, 10).list()).isNotEmpty();
      });
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\0',
        textBlock =
            """
            {"anyOf": [{"type": "string"}, {"$ref": "#"}]}                           | 1        | true
            {"not": {"$ref": "#"}}                                                   | 1        | false
            {"dependentSchemas": {"a": {"$ref": "#"}}, "required": ["b"]}            | {"a": 1} | false
            {"dependentSchemas": {"a": {"$ref": "#"}}, "required": ["b"]}            | {"b": 1} | true
            {"if": true, "then": {"$ref": "#"}, "minimum": 1}                        | 0        | false
            {"oneOf": [{"$ref": "#"}], "unevaluatedProperties": false, "properties": {"a": true}} | {"a": 1} | true
            {"oneOf": [{"$ref": "#"}], "unevaluatedProperties": false, "properties": {"a": true}} | {"b": 1} | false
            """)
    void endsAlways(String schema, String instance, boolean valid) {
      CompiledSchema compiled = compile(schema);
      assertThat(compiled.isValid(json(instance))).isEqualTo(valid);
      assertThat(compiled.check(json(instance), 10).isEmpty()).isEqualTo(valid);
      assertThat(compiled.strip(json(instance))).isEqualTo(json(instance));
    }

    @Test
    void stripsThem() {
      CompiledSchema request =
          compile(
              """
              {"$ref": "#/$defs/Pet",
               "$defs": {"Pet": {"anyOf": [{"$ref": "#/$defs/Cat"}], "properties": {"id": {"readOnly": true}}},
                         "Cat": {"allOf": [{"$ref": "#/$defs/Pet"}], "properties": {"lives": {"readOnly": true}}}}}\
              """,
              View.REQUEST);
      assertThat(request.strip(json("{\"id\": 1, \"lives\": 2, \"n\": 3}")))
          .hasToString("{\"n\":3}");
    }
  }
}
