package io.brrtrouter.schema;

import static io.brrtrouter.schema.Schemas.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A reference")
class ReferencesTest {
  private static final URI MAIN = URI.create("https://example.com/api/main.json");

  private static CompiledSchema compile(String schema, String... others) {
    SchemaCompiler.Builder builder = SchemaCompiler.builder();
    for (int i = 0; i < others.length; i += 2) {
      builder.resource(SchemaResource.of(URI.create(others[i]), json(others[i + 1])));
    }
    return builder.build().compile(SchemaResource.of(MAIN, json(schema)), "", View.PLAIN);
  }

  private static void assertOnlyStrings(CompiledSchema schema) {
    assertThat(schema.isValid(json("\"x\""))).isTrue();
    assertThat(schema.isValid(json("1"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          #/$defs/text               | {"$defs": {"text": {"type": "string"}}}
          #/$defs/a~1b~0c            | {"$defs": {"a/b~c": {"type": "string"}}}
          #/$defs/a%20%C3%A4         | {"$defs": {"a ä": {"type": "string"}}}
          #/allOf/1                  | {"allOf": [true, {"type": "string"}]}
          #/unknown/deep/0           | {"unknown": {"deep": [{"type": "string"}]}}
          #text                      | {"$defs": {"a": {"$anchor": "text", "type": "string"}}}
          #dynamic                   | {"$defs": {"a": {"$dynamicAnchor": "dynamic", "type": "string"}}}
          main.json#text             | {"$defs": {"a": {"$anchor": "text", "type": "string"}}}
          ../api/main.json#/$defs/a  | {"$defs": {"a": {"type": "string"}}}
          /inner                     | {"$defs": {"a": {"$id": "/inner", "type": "string"}}}
          /inner#/$defs/b            | {"$defs": {"a": {"$id": "/inner", "$defs": {"b": {"type": "string"}}}}}
          #/$defs/a/$defs/b          | {"$defs": {"a": {"$id": "/inner", "$defs": {"b": {"type": "string"}}}}}
          /outer/leaf.json           | {"$defs": {"a": {"$id": "/outer/x", "$defs": {"b": {"$id": "leaf.json", "type": "string"}}}}}
          urn:x:y                    | {"$defs": {"a": {"$id": "urn:x:y", "type": "string"}}}
          urn:x:y#here               | {"$defs": {"a": {"$id": "urn:x:y", "$defs": {"b": {"$anchor": "here", "type": "string"}}}}}
          """)
  void leadsToASchemaOfTheSameDocument(String reference, String rest) {
    String schema = "{\"$ref\": \"" + reference + "\", " + rest.substring(1);
    assertOnlyStrings(compile(schema));
  }

  @Test
  void aFileLeadsBackToTheOneThatRefersToIt() {
    SchemaResource main =
        SchemaResource.of(
            URI.create("file:///api/openapi.yaml"),
            json(
                """
                {"$ref": "paths/pets.yaml#/pet", "$defs": {"text": {"type": "string"}}}\
                """));
    // As resolving "paths/pets.yaml" spells it.
    SchemaResource pets =
        SchemaResource.of(
            URI.create("file:/api/paths/pets.yaml"),
            json("{\"pet\": {\"$ref\": \"../openapi.yaml#/$defs/text\"}}"));

    assertOnlyStrings(
        SchemaCompiler.builder()
            .resource(main)
            .resource(pets)
            .build()
            .compile(main, "", View.PLAIN));
  }

  @Test
  void keepsTheBaseOfTheIdAroundIt() {
    assertOnlyStrings(
        compile(
            """
            {"$ref": "b/c.json",
             "$defs": {"x": {"$id": "b/c.json", "$ref": "d.json"},
                       "y": {"$id": "b/d.json", "type": "string"},
                       "z": {"$id": "d.json", "type": "integer"}}}\
            """));
  }

  @Test
  void leadsIntoARegisteredDocument() {
    assertOnlyStrings(
        compile(
            "{\"$ref\": \"types.json#/$defs/text\"}",
            "https://example.com/api/types.json",
            "{\"$defs\": {\"text\": {\"$ref\": \"#here\"}, \"b\": {\"$anchor\": \"here\","
                + " \"type\": \"string\"}}}"));
  }

  @Test
  void leadsToAnIdInsideARegisteredDocument() {
    assertOnlyStrings(
        compile(
            "{\"$ref\": \"https://other.example/text\"}",
            "https://example.com/api/types.json",
            "{\"$defs\": {\"text\": {\"$id\": \"https://other.example/text\", \"type\":"
                + " \"string\"}}}"));
  }

  @Test
  void leadsToADocumentByTheNameItGivesItself() {
    CompiledSchema schema =
        compile(
            "{\"allOf\": [{\"$ref\": \"types.json#t\"}, {\"$ref\": \"urn:self#t\"}]}",
            "https://example.com/api/types.json",
            "{\"$id\": \"urn:self\", \"$defs\": {\"a\": {\"$anchor\": \"t\", \"type\":"
                + " \"string\"}}}");
    assertOnlyStrings(schema);
  }

  @Test
  void isLoadedOncePerDocument() {
    List<URI> asked = new ArrayList<>();
    SchemaCompiler compiler =
        SchemaCompiler.builder()
            .loader(uri -> {
              asked.add(uri);
              return uri.getPath().endsWith("types.json")
                  ? Optional.of(
                      SchemaResource.of(uri, json("{\"$defs\": {\"t\": {\"type\": \"string\"}}}")))
                  : Optional.empty();
            })
            .build();
    SchemaResource main =
        SchemaResource.of(
            MAIN,
            json(
                "{\"properties\": {\"a\": {\"$ref\": \"types.json#/$defs/t\"}, \"b\": {\"$ref\":"
                    + " \"types.json#/$defs/t\"}}}"));
    compiler.compile(main, "", View.PLAIN);
    compiler.compile(main, "/properties/a", View.PLAIN);
    assertThat(asked).containsExactly(URI.create("https://example.com/api/types.json"));
    SchemaResource broken =
        SchemaResource.of(
            URI.create("urn:broken"), json("{\"$ref\": \"https://example.com/none\"}"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> compiler.compile(broken, "", View.PLAIN))
          .isInstanceOf(SchemaException.class);
    }
    assertThat(asked).hasSize(2);
  }

  @Test
  void ofALargerDocumentStartsAtItsSchemas() {
    SchemaResource document =
        new SchemaResource(
            URI.create("file:///openapi.yaml"),
            json(
                """
                {"openapi": "3.1.0",
                 "paths": {"/a": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                 "components": {"schemas": {"Pet": {"properties": {"next": {"$ref": "#pet"}}},
                                            "Named": {"$anchor": "pet", "type": "string"}}}}\
                """),
            List.of("/paths/~1a/schema", "/components/schemas/Pet", "/components/schemas/Named"),
            SourceMap.unknown("openapi.yaml"));
    CompiledSchema schema =
        SchemaCompiler.builder().build().compile(document, "/paths/~1a/schema", View.PLAIN);
    Violations violations = schema.check(json("{\"next\": 1}"), 10);
    assertThat(violations.list())
        .extracting(Violation::schemaLocation, Violation::evaluationPath)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "file:///openapi.yaml#/components/schemas/Named/type",
                "/$ref/properties/next/$ref/type"));
  }

  @Nested
  @DisplayName("with equal URIs")
  class SameUri {
    @Test
    void leadsToTheResourceThatIsCompiled() {
      SchemaCompiler compiler = SchemaCompiler.builder().build();
      for (String type : List.of("string", "integer", "string")) {
        CompiledSchema schema =
            compiler.compile(
                SchemaResource.of(
                    MAIN, json("{\"$ref\": \"#/a\", \"a\": {\"type\": \"" + type + "\"}}")),
                "",
                View.PLAIN);
        assertThat(schema.isValid(json("1"))).isEqualTo(type.equals("integer"));
      }
    }

    @Test
    void isRefusedWhenAnIdTakesTheUri() {
      SchemaCompiler compiler =
          SchemaCompiler.builder()
              .resource(
                  SchemaResource.of(
                      URI.create("urn:a"), json("{\"$defs\": {\"x\": {\"$id\": \"urn:taken\"}}}")))
              .build();
      SchemaResource same = SchemaResource.of(URI.create("urn:taken"), json("true"));
      assertThatThrownBy(() -> compiler.compile(same, "", View.PLAIN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("urn:taken is the URI of another resource");
    }
  }

  @Nested
  @DisplayName("that is dynamic")
  class Dynamic {
    private static final String LIST =
        """
        {"$id": "https://example.com/list",
         "type": "array", "items": {"$dynamicRef": "#item"},
         "$defs": {"any": {"$dynamicAnchor": "item"}}}\
        """;

    private CompiledSchema list(String item) {
      return compile(
          "{\"$ref\": \"https://example.com/list\", \"$defs\": {\"item\": {\"$dynamicAnchor\":"
              + " \"item\", \"type\": \""
              + item
              + "\"}}}",
          "https://example.com/list",
          LIST);
    }

    @Test
    void leadsToTheOutermostAnchor() {
      assertThat(list("string").isValid(json("[\"a\"]"))).isTrue();
      assertThat(list("string").isValid(json("[1]"))).isFalse();
      assertThat(list("integer").isValid(json("[1]"))).isTrue();
    }

    @Test
    void givesOneProgramForEachUse() {
      CompiledSchema both =
          compile(
              """
              {"properties": {"strings": {"$ref": "strings"}, "numbers": {"$ref": "numbers"}},
               "$defs": {
                 "s": {"$id": "strings", "$ref": "list",
                       "$defs": {"i": {"$dynamicAnchor": "item", "type": "string"}}},
                 "n": {"$id": "numbers", "$ref": "list",
                       "$defs": {"i": {"$dynamicAnchor": "item", "type": "number"}}},
                 "l": {"$id": "list", "items": {"$dynamicRef": "#item"},
                       "$defs": {"i": {"$dynamicAnchor": "item"}}}}}\
              """);
      assertThat(both.isValid(json("{\"strings\": [\"a\"], \"numbers\": [1]}"))).isTrue();
      assertThat(both.isValid(json("{\"strings\": [1]}"))).isFalse();
      assertThat(both.isValid(json("{\"numbers\": [\"a\"]}"))).isFalse();
      assertThat(both.check(json("{\"numbers\": [\"a\"]}"), 5).list())
          .extracting(Violation::evaluationPath)
          .containsExactly("/properties/numbers/$ref/$ref/items/$dynamicRef/type");
    }

    @Test
    void isSeenInADocumentThatIsLoadedLate() {
      Map<String, String> documents = new HashMap<>();
      documents.put("https://example.com/list", LIST);
      SchemaCompiler compiler =
          SchemaCompiler.builder()
              .loader(uri ->
                  Optional.ofNullable(documents.get(uri.toString()))
                      .map(text -> SchemaResource.of(uri, json(text))))
              .build();
      SchemaResource main =
          SchemaResource.of(
              MAIN,
              json(
                  """
                  {"properties": {"plain": {"type": "integer"},
                                  "list": {"$ref": "https://example.com/list"}},
                   "$defs": {"item": {"$dynamicAnchor": "item", "type": "string"}}}\
                  """));
      assertThat(compiler.compile(main, "/properties/plain", View.PLAIN).isValid(json("1")))
          .isTrue();
      CompiledSchema schema = compiler.compile(main, "", View.PLAIN);
      assertThat(schema.isValid(json("{\"list\": [1]}"))).isFalse();
      assertThat(schema.isValid(json("{\"list\": [\"a\"]}"))).isTrue();
    }
  }

  @Nested
  @DisplayName("to a meta-schema")
  class MetaSchema {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\0',
        textBlock =
            """
            https://json-schema.org/draft/2020-12/schema | {"type": "string", "items": {"minLength": 1}} | true
            https://json-schema.org/draft/2020-12/schema | {"items": {"minLength": -1}}                  | false
            https://json-schema.org/draft/2020-12/schema | {"$defs": {"a": {"type": "nothing"}}}         | false
            https://json-schema.org/draft/2020-12/schema | {"dependencies": {"a": ["b"], "c": {}}}       | true
            https://spec.openapis.org/oas/3.1/dialect/base | {"items": {"discriminator": {"propertyName": "a", "x-y": 1}}} | true
            https://spec.openapis.org/oas/3.1/dialect/base | {"items": {"discriminator": {"name": "a"}}}      | false
            https://spec.openapis.org/oas/3.1/dialect/base | {"xml": {"wrapped": 1}}                          | false
            https://spec.openapis.org/oas/3.1/dialect/base | {"items": {"minLength": -1}}                     | false
            https://json-schema.org/draft/2020-12/meta/format-assertion | {"format": 1}                       | false
            """)
    void judgesSchemas(String metaSchema, String schema, boolean valid) {
      CompiledSchema meta = compile("{\"$ref\": \"" + metaSchema + "\"}");
      assertThat(meta.isValid(json(schema))).isEqualTo(valid);
      assertThat(meta.check(json(schema), 10).isEmpty()).isEqualTo(valid);
    }
  }

  @Nested
  @DisplayName("to a dialect")
  class Dialects {
    private CompiledSchema withVocabularies(String vocabularies, String schema) {
      return compile(
          schema,
          "https://example.com/dialect",
          "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"$vocabulary\": "
              + vocabularies
              + "}");
    }

    @Test
    void switchesKeywordsOffWithTheirVocabulary() {
      CompiledSchema schema =
          withVocabularies(
              """
              {"https://json-schema.org/draft/2020-12/vocab/core": true,
               "https://json-schema.org/draft/2020-12/vocab/applicator": true,
               "https://example.com/vocab/unknown": false}\
              """,
              """
              {"$schema": "https://example.com/dialect", "minimum": "no number",
               "properties": {"a": {"type": "string"}, "b": false}}\
              """);
      assertThat(schema.isValid(json("{\"a\": 1}"))).isTrue();
      assertThat(schema.isValid(json("{\"b\": 1}"))).isFalse();
    }

    @Test
    void assertsFormatsWhenItSaysSo() {
      CompiledSchema schema =
          withVocabularies(
              """
              {"https://json-schema.org/draft/2020-12/vocab/format-assertion": false,
               "https://spec.openapis.org/oas/3.2/vocab/base": true}\
              """,
              "{\"$schema\": \"https://example.com/dialect\", \"format\": \"date\"}");
      assertThat(schema.isValid(json("\"2026-01-01\""))).isTrue();
      assertThat(schema.isValid(json("\"today\""))).isFalse();
    }

    @Test
    void isRefusedWhenItRequiresAnUnknownVocabulary() {
      assertThatThrownBy(() ->
              withVocabularies(
                  "{\"https://example.com/vocab/unknown\": true}",
                  "{\"$schema\": \"https://example.com/dialect\"}"))
          .isInstanceOf(SchemaException.class)
          .hasMessage(
              "https://example.com/dialect: the vocabulary https://example.com/vocab/unknown is"
                  + " required but not supported");
    }

    @Test
    void withoutVocabulariesIsTheDraft() {
      CompiledSchema schema =
          compile(
              "{\"$schema\": \"https://example.com/dialect#\", \"type\": \"string\"}",
              "https://example.com/dialect",
              "{}");
      assertOnlyStrings(schema);
    }

    @ParameterizedTest
    @CsvSource({
      "https://json-schema.org/draft/2020-12/schema",
      "https://json-schema.org/draft/2020-12/schema#",
      "https://spec.openapis.org/oas/3.1/dialect/base",
      "https://spec.openapis.org/oas/3.2/dialect/2025-09-17"
    })
    void isKnownByName(String uri) {
      assertOnlyStrings(compile("{\"$schema\": \"" + uri + "\", \"type\": \"string\"}"));
    }
  }
}
