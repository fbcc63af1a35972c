package io.brrtrouter.schema;

import static io.brrtrouter.schema.Schemas.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@DisplayName("A view")
class ViewTest {
  private static final String PET =
      """
      {"type": "object", "required": ["id", "name", "secret"], "additionalProperties": false,
       "properties": {"id": {"type": "integer", "readOnly": true}, "name": {"type": "string"},
                      "secret": {"type": "string", "writeOnly": true}}}\
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          PLAIN    | {"id": 1, "name": "a", "secret": "s"}   | {"id":1,"name":"a","secret":"s"}
          PLAIN    | {"name": "a", "secret": "s"}            | invalid
          REQUEST  | {"name": "a", "secret": "s"}            | {"name":"a","secret":"s"}
          REQUEST  | {"id": "x", "name": "a", "secret": "s"} | {"name":"a","secret":"s"}
          REQUEST  | {"id": 1, "name": "a"}                  | invalid
          REQUEST  | {"name": "a", "secret": "s", "x": 1}    | invalid
          RESPONSE | {"id": 1, "name": "a"}                  | {"id":1,"name":"a"}
          RESPONSE | {"id": 1, "name": "a", "secret": 7}     | {"id":1,"name":"a"}
          RESPONSE | {"name": "a"}                           | invalid
          """)
  void neitherRequiresNorChecksWhatItDrops(View view, String instance, String expected) {
    assertOutcome(Schemas.compile(PET, view), instance, expected);
  }

  private static void assertOutcome(CompiledSchema schema, String instance, String expected) {
    JsonNode value = json(instance);
    boolean valid = !expected.equals("invalid");
    assertThat(schema.isValid(value)).isEqualTo(valid);
    assertThat(schema.check(value, 10).isEmpty()).isEqualTo(valid);
    ParsedJson parsed = schema.parse(instance.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    if (valid) {
      assertThat(parsed).isEqualTo(new ParsedJson.Valid(json(expected)));
      assertThat(schema.strip(value)).hasToString(expected);
    } else {
      assertThat(parsed).isInstanceOf(ParsedJson.Invalid.class);
      assertThat(((ParsedJson.Invalid) parsed).value()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          by reference            | {"properties": {"a": {"$ref": "#/$defs/ro"}}, "required": ["a"], "$defs": {"ro": {"type": "string", "readOnly": true}}}
          by a chain              | {"properties": {"a": {"$ref": "#/$defs/x"}}, "required": ["a"], "$defs": {"x": {"$ref": "#/$defs/ro"}, "ro": {"readOnly": true, "type": "string"}}}
          by allOf                | {"properties": {"a": {"allOf": [{"type": "string"}, {"readOnly": true}]}}, "required": ["a"]}
          required elsewhere      | {"allOf": [{"properties": {"a": {"type": "string", "readOnly": true}}}, {"required": ["a"]}]}
          required around         | {"required": ["a"], "allOf": [{"$ref": "#/$defs/x"}], "$defs": {"x": {"properties": {"a": {"type": "string", "readOnly": true}}}}}
          checked elsewhere       | {"allOf": [{"properties": {"a": {"readOnly": true}}}, {"properties": {"a": {"type": "string"}}, "required": ["a"]}]}
          closed elsewhere        | {"allOf": [{"properties": {"a": {"readOnly": true, "type": "string"}}}, {"additionalProperties": false}]}
          unevaluated             | {"allOf": [{"properties": {"a": {"readOnly": true, "type": "string"}}}], "required": ["a"], "unevaluatedProperties": false}
          in an alternative       | {"oneOf": [{"properties": {"a": {"readOnly": true, "type": "string"}}, "required": ["a"]}, {"required": ["other"]}]}
          in a consequence        | {"if": true, "then": {"properties": {"a": {"readOnly": true, "type": "string"}}, "required": ["a"]}}
          of a dependent schema   | {"properties": {"a": {"readOnly": true}}, "dependentSchemas": {"a": false}}
          of a dependency         | {"properties": {"a": {"readOnly": true}}, "dependentRequired": {"a": ["b"]}}
          in a dependent schema   | {"dependentSchemas": {"a": {"properties": {"a": {"readOnly": true, "type": "string"}}, "required": ["a"]}}}
          by pattern              | {"patternProperties": {"^a": {"readOnly": true, "type": "string"}}}
          additional              | {"additionalProperties": {"readOnly": true, "type": "string"}}
          not evaluated otherwise | {"anyOf": [{}], "unevaluatedProperties": {"readOnly": true, "type": "string"}}
          """)
  void findsAReadOnlyProperty(String where, String schema) {
    CompiledSchema request = Schemas.compile(schema, View.REQUEST);
    assertOutcome(request, "{\"a\": 1}", "{}");
  }

  @Test
  void dropsAtAnyDepth() {
    CompiledSchema schema =
        Schemas.compile(
            """
            {"properties": {"list": {"items": {"$ref": "#/$defs/pet"}},
                            "pair": {"prefixItems": [true, {"$ref": "#/$defs/pet"}]},
                            "any": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/pet"}]},
                            "deep": {"allOf": [{"contains": {}}], "unevaluatedItems": {"$ref": "#/$defs/pet"}}},
             "additionalProperties": {"$ref": "#/$defs/pet"},
             "patternProperties": {"^x": {"$ref": "#/$defs/pet"}},
             "$defs": {"pet": {"type": "object", "properties": {"id": {"readOnly": true}, "next": {"$ref": "#/$defs/pet"}}}}}\
            """,
            View.REQUEST);
    assertThat(
            schema.strip(
                json(
                    """
                    {"list": [{"id": 1, "n": 1}, {"n": 2}], "pair": [{"id": 1}, {"id": 2}],
                     "any": {"id": 1, "next": {"id": 2, "next": {"id": 3, "n": 3}}},
                     "x": {"id": 1}, "other": {"id": 1, "n": 4}}\
                    """)))
        .hasToString(
            "{\"list\":[{\"n\":1},{\"n\":2}],\"pair\":[{\"id\":1},{}],"
                + "\"any\":{\"next\":{\"next\":{\"n\":3}}},\"x\":{},\"other\":{\"n\":4}}");
  }

  @Test
  void isKeptWhenOnlyADocumentLoadedLateHasSomethingToDrop() {
    SchemaCompiler compiler =
        SchemaCompiler.builder()
            .loader(uri ->
                Optional.of(
                    SchemaResource.of(
                        uri, json("{\"properties\": {\"id\": {\"readOnly\": true}}}"))))
            .build();
    SchemaResource main =
        SchemaResource.of(
            URI.create("https://example.com/main"),
            json("{\"$ref\": \"other\", \"required\": [\"id\"]}"));
    CompiledSchema request = compiler.compile(main, "", View.REQUEST);
    assertThat(request.isValid(json("{}"))).isTrue();
    assertThat(request.strip(json("{\"id\": 1}"))).hasToString("{}");
    assertThat(compiler.compile(main, "", View.RESPONSE).isValid(json("{}"))).isFalse();
  }

  @Test
  void givesTheSameObjectWhenThereIsNothingToDrop() {
    CompiledSchema request = Schemas.compile(PET, View.REQUEST);
    JsonNode value = json("{\"name\": \"a\", \"secret\": \"s\"}");
    assertThat(request.strip(value)).isSameAs(value);
    assertThat(Schemas.compile(PET, View.PLAIN).strip(json("{\"id\": 1}")))
        .hasToString("{\"id\":1}");
    assertThat(request.strip(json("1"))).hasToString("1");
    CompiledSchema list = Schemas.compile("{\"items\": " + PET + "}", View.REQUEST);
    JsonNode items = json("[{\"name\": \"a\", \"secret\": \"s\"}, 1]");
    assertThat(list.strip(items)).isSameAs(items);
  }

  @Nested
  @DisplayName("on a condition")
  class Conditions {
    @Test
    void testsItAsWritten() {
      CompiledSchema schema =
          Schemas.compile(
              """
              {"properties": {"a": {"readOnly": true}},
               "not": {"required": ["a"]},
               "if": {"properties": {"b": {"const": 1, "readOnly": true}}, "required": ["b"]},
               "then": {"required": ["c"]}}\
              """,
              View.REQUEST);
      assertThat(schema.isValid(json("{}"))).isTrue();
      assertThat(schema.isValid(json("{\"a\": 1}"))).isFalse();
      assertThat(schema.isValid(json("{\"b\": 1}"))).isFalse();
      assertThat(schema.isValid(json("{\"b\": 2}"))).isTrue();
    }

    @Test
    void doesNotRelaxARequirementForTheSakeOfAnAlternative() {
      CompiledSchema schema =
          Schemas.compile(
              """
              {"required": ["a"],
               "anyOf": [{"properties": {"a": {"readOnly": true}}}, {"maxProperties": 0}]}\
              """,
              View.REQUEST);
      assertThat(schema.isValid(json("{}"))).isFalse();
      assertThat(schema.isValid(json("{\"a\": 1}"))).isTrue();
    }
  }

  @Test
  void ofAnUnconditionalSchemaIsNotThatOfItsParts() {
    CompiledSchema schema =
        Schemas.compile(
            """
            {"properties": {"a": {"readOnly": true}, "child": {"required": ["a"]}},
             "required": ["a", "child"]}\
            """,
            View.REQUEST);
    assertThat(schema.isValid(json("{\"child\": {\"a\": 1}}"))).isTrue();
    assertThat(schema.isValid(json("{\"child\": {}}"))).isFalse();
  }
}
