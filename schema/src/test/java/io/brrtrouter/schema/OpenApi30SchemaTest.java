package io.brrtrouter.schema;

import static io.brrtrouter.schema.Schemas.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@DisplayName("A schema of OpenAPI 3.0")
class OpenApi30SchemaTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"type": "string", "nullable": true}                  | {"type": ["string", "null"]}
          {"type": "string", "nullable": false}                 | {"type": "string"}
          {"nullable": true}                                    | {}
          {"nullable": "yes", "type": "string"}                 | {"type": "string"}
          {"nullable": true, "type": ["string"]}                | {"type": ["string"]}
          {"nullable": true, "allOf": [{"$ref": "#/a"}]}        | {"allOf": [{"$ref": "#/a"}]}
          {"type": "string", "nullable": true, "enum": ["a"]}   | {"type": ["string", "null"], "enum": ["a"]}
          {"minimum": 1, "exclusiveMinimum": true}              | {"exclusiveMinimum": 1}
          {"exclusiveMinimum": true, "minimum": 1}              | {"exclusiveMinimum": 1}
          {"minimum": 1, "exclusiveMinimum": false}             | {"minimum": 1}
          {"maximum": 1.5, "exclusiveMaximum": true}            | {"exclusiveMaximum": 1.5}
          {"exclusiveMaximum": true}                            | {}
          {"exclusiveMaximum": 3}                               | {"exclusiveMaximum": 3}
          {"example": {"nullable": true}}                       | {"examples": [{"nullable": true}]}
          {"format": "byte", "type": "string"}                  | {"format": "byte", "contentEncoding": "base64", "type": "string"}
          {"format": "binary"}                                  | {"format": "binary", "contentMediaType": "application/octet-stream"}
          {"format": "date"}                                    | {"format": "date"}
          {"format": 1}                                         | {"format": 1}
          {"$ref": "#/a", "description": "d", "nullable": true} | {"$ref": "#/a"}
          {"$ref": 1, "title": "t"}                             | {"title": "t"}
          {"const": 1, "if": {}, "$id": "a", "patternProperties": {}, "prefixItems": []} | {}
          {"x-any": {"nullable": true}, "description": "d"}     | {"x-any": {"nullable": true}, "description": "d"}
          {"readOnly": true, "xml": {"name": "a"}, "discriminator": {"propertyName": "p"}} | {"readOnly": true, "xml": {"name": "a"}, "discriminator": {"propertyName": "p"}}
          {"properties": {"$ref": {"type": "string", "nullable": true}, "const": {"nullable": true}}} | {"properties": {"$ref": {"type": ["string", "null"]}, "const": {}}}
          {"properties": [1]}                                   | {"properties": [1]}
          {"items": {"nullable": true, "type": "number"}}       | {"items": {"type": ["number", "null"]}}
          {"additionalProperties": false}                       | {"additionalProperties": false}
          {"additionalProperties": {"example": 1}}              | {"additionalProperties": {"examples": [1]}}
          {"not": {"nullable": true, "type": "object"}}         | {"not": {"type": ["object", "null"]}}
          {"oneOf": [{"const": 1}, {"$ref": "#/a", "x": 1}]}    | {"oneOf": [{}, {"$ref": "#/a"}]}
          {"anyOf": "wrong"}                                    | {"anyOf": "wrong"}
          true                                                  | true
          """)
  void isRewrittenForDraft2020(String schema, String expected) {
    JsonNode written = json(schema);
    assertThat(OpenApi30Schema.convert(written)).isEqualTo(json(expected));
    assertThat(written).isEqualTo(json(schema));
  }

  @Test
  void acceptsWhatItsRewritingAccepts() {
    JsonNode pet =
        json(
            """
            {"type": "object", "required": ["age"],
             "properties": {"age": {"type": "integer", "nullable": true, "minimum": 0,
                                    "exclusiveMinimum": true}}}\
            """);
    CompiledSchema schema =
        SchemaCompiler.builder()
            .build()
            .compile(
                SchemaResource.of(Schemas.URI_OF_TESTS, OpenApi30Schema.convert(pet)),
                "",
                View.PLAIN);
    assertThat(schema.isValid(json("{\"age\": null}"))).isTrue();
    assertThat(schema.isValid(json("{\"age\": 1}"))).isTrue();
    assertThat(schema.isValid(json("{\"age\": 0}"))).isFalse();
  }
}
