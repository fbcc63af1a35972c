package io.brrtrouter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A violation points at the keyword a reader looks for, not at its value. */
class ViolationPlacesTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String YAML_31 =
      """
      openapi: 3.1.1
      info: {title: T, version: '1'}
      components:
        schemas:
          Pet:
            type: object
            required: [name]
            properties:
              name:
                type: string
                maxLength:
                  3
              age: {minimum: 1,   maximum: 100}
              never: false
              tags:
                prefixItems: [{type: string}, false]
                uniqueItems:   true
              owner: {$ref: '#/components/schemas/Person'}
              kind:
                oneOf: [{const: cat}, {const: dog}]
            additionalProperties: false
          Person:
            minProperties:  1
            propertyNames: {maxLength: 4}
            dependentRequired: {a: [b]}
      """;

  private static final String JSON_30 =
      """
      {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {},
       "components": {"schemas": {"Pet": {
         "properties": {
           "age":  {"type": "integer", "nullable": true, "minimum": 0,  "exclusiveMinimum": true},
           "name": {"type": "string",  "nullable": true},
           "owner": {"allOf": [{"$ref": "#/components/schemas/Person"}]}}},
       "Person": {"required": ["id"], "additionalProperties":  false}}}}
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          []                              | /type 6:7
          {}                              | /required 7:7
          {"name": 1}                     | /properties/name/type 10:11
          {"name": "long"}                | /properties/name/maxLength 11:11
          {"name": "n", "age": 0}         | /properties/age/minimum 13:15
          {"name": "n", "age": 101}       | /properties/age/maximum 13:29
          {"name": "n", "never": 1}       | /properties/never 14:9
          {"name": "n", "tags": [1]}      | /properties/tags/prefixItems/0/type 16:26
          {"name": "n", "tags": ["t", 1]} | /properties/tags/prefixItems/1 16:41
          {"name": "n", "tags": [1, 1]}   | /properties/tags/prefixItems/0/type 16:26, /properties/tags/prefixItems/1 16:41, /properties/tags/uniqueItems 17:11
          {"name": "n", "owner": {}}      | /properties/owner/$ref/minProperties 23:7
          {"name": "n", "owner": {"a": 1}} | /properties/owner/$ref/dependentRequired 25:7
          {"name": "n", "owner": {"longer": 1}} | /properties/owner/$ref/propertyNames/maxLength 24:23
          {"name": "n", "kind": "cow"}    | /properties/kind/oneOf 20:11, /properties/kind/oneOf/0/const 20:20
          {"name": "n", "other": 1}       | /additionalProperties 21:7
          """)
  void of_a_document_in_yaml(String instance, String places) throws IOException {
    assertThat(places("api.yaml", YAML_31, instance)).isEqualTo(places);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"age": 0}             | /properties/age/exclusiveMinimum 4:67
          {"age": "1"}           | /properties/age/type 4:15
          {"name": 1}            | /properties/name/type 5:15
          {"owner": {}}          | /properties/owner/allOf/0/$ref/required 7:13
          {"owner": {"id": 1}}   | /properties/owner/allOf/0/$ref/additionalProperties 7:33
          """)
  void of_a_document_of_3_0_in_json(String instance, String places) throws IOException {
    assertThat(places("api.json", JSON_30, instance)).isEqualTo(places);
  }

  private String places(String name, String document, String instance) throws IOException {
    Path file = Files.writeString(directory.resolve(name), document);
    Schema schema =
        OpenApiLoader.load(file, LoadOptions.defaults())
            .api()
            .orElseThrow()
            .components()
            .schemas()
            .get("Pet");
    CompiledSchema compiled =
        SchemaCompiler.builder().build().compile(schema.resource(), schema.pointer(), View.PLAIN);
    JsonNode value = JSON.readTree(instance);
    List<String> places =
        compiled.check(value, 10).list().stream()
            .map(v -> v.evaluationPath() + " " + v.source().line() + ":" + v.source().column())
            .toList();
    return String.join(", ", places);
  }
}
