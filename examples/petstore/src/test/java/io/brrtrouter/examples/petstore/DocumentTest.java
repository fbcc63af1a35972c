package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Construct;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.openapi.model.Components;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The document is sound, and shows what the server can do. */
class DocumentTest {
  private static final Loaded LOADED =
      OpenApiLoader.load(Path.of("openapi.yaml"), LoadOptions.defaults());
  private static final OpenApi API = LOADED.api().orElseThrow();
  private static final List<String> GOODS = List.of("goods");
  private static final List<String> CONSTRUCTS =
      LOADED.report().stream().map(Construct::name).toList();

  @Test
  void nothing_is_wrong_with_it() {
    assertThat(LOADED.findings()).isEmpty();
    assertThat(Linter.lint(LOADED)).isEmpty();
  }

  @Test
  void nothing_in_it_is_refused() {
    assertThat(LOADED.report())
        .noneMatch(construct -> construct.treatment() == Construct.Treatment.REFUSED);
  }

  @Test
  void it_is_large_enough_to_be_real() {
    assertThat(API.operations()).hasSizeGreaterThanOrEqualTo(25);
  }

  /** A feature, and how the load report calls the construct that shows it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          matrix style                    | parameter in path, style matrix, explode
          label style                     | parameter in path, style label, explode
          simple style in a path          | parameter in path, style simple
          simple style in a header        | parameter in header, style simple, explode
          form style, exploded            | parameter in query, style form, explode
          form style, in one field        | parameter in query, style form
          spaceDelimited style            | parameter in query, style spaceDelimited
          pipeDelimited style             | parameter in query, style pipeDelimited
          deepObject style                | parameter in query, style deepObject, explode
          cookies, form style             | parameter in cookie, style form
          cookies, cookie style           | parameter in cookie, style cookie, explode
          the whole query string          | parameter in querystring
          a parameter in JSON             | parameter with content application/json
          allowReserved                   | allowReserved
          allowEmptyValue                 | allowEmptyValue
          deprecated operation            | deprecated operation
          deprecated parameter            | deprecated parameter
          JSON body                       | request body application/json
          JSON Merge Patch                | request body application/merge-patch+json
          form                            | request body application/x-www-form-urlencoded
          multipart                       | request body multipart/form-data
          encodings of fields and parts   | encoding of a form field or part
          binary upload                   | request body image/png
          text upload                     | request body text/markdown
          plain text in                   | request body text/plain
          plain text out                  | response text/plain
          binary download                 | response application/octet-stream
          pictures                        | response image/jpeg
          text                            | response text/csv
          streams of items                | itemSchema application/jsonl
          default response                | default response
          range of statuses               | response range 2XX
          problems                        | response application/problem+json
          response headers                | response header
          examples                        | example
          links                           | link
          callbacks                       | callback
          webhooks                        | webhook
          QUERY                           | operation QUERY
          HEAD                            | operation HEAD
          OPTIONS                         | operation OPTIONS
          PUT                             | operation PUT
          PATCH                           | operation PATCH
          DELETE                          | operation DELETE
          additional operations           | additional operation COPY
          several files                   | reference to another file
          a path in another file          | path item by reference
          server variables                | server variable
          servers of a path or operation  | servers of a path or operation
          tags                            | tag
          handler by extension            | extension x-handler
          decimals                        | format decimal
          64-bit integers                 | format int64
          uuids                           | format uuid
          points in time                  | format date-time
          """)
  void it_shows(String feature, String construct) {
    assertThat(CONSTRUCTS).as(feature).contains(construct);
  }

  /**
   * Draft 2020-12 and the OpenAPI base vocabulary, without what is about whole schema files ({@code
   * $id}, {@code $schema}, {@code $vocabulary}), {@code example}, which {@code examples} replaces,
   * and {@code format}, of which the report names each.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$ref",
        "$anchor",
        "$defs",
        "$dynamicRef",
        "$dynamicAnchor",
        "$comment",
        "type",
        "enum",
        "const",
        "multipleOf",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "maxLength",
        "minLength",
        "pattern",
        "items",
        "prefixItems",
        "contains",
        "minContains",
        "maxContains",
        "maxItems",
        "minItems",
        "uniqueItems",
        "unevaluatedItems",
        "properties",
        "patternProperties",
        "additionalProperties",
        "propertyNames",
        "required",
        "maxProperties",
        "minProperties",
        "dependentRequired",
        "unevaluatedProperties",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "dependentSchemas",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "title",
        "description",
        "default",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "discriminator",
        "xml",
        "externalDocs"
      })
  void it_shows_the_schema_keyword(String keyword) {
    assertThat(CONSTRUCTS).contains("schema keyword " + keyword);
  }

  @Test
  void things_of_every_kind_are_written_once_and_referred_to() {
    Components components = API.components();
    assertThat(
            List.of(
                components.schemas(),
                components.parameters(),
                components.requestBodies(),
                components.responses(),
                components.headers(),
                components.mediaTypes(),
                components.examples(),
                components.links(),
                components.callbacks()))
        .noneMatch(Map::isEmpty);
  }

  @ParameterizedTest
  @EnumSource(ParameterStyle.class)
  void it_shows_the_style(ParameterStyle style) {
    assertThat(API.operations().stream().flatMap(o -> o.parameters().stream()))
        .anyMatch(parameter -> parameter.style() == style);
  }

  @ParameterizedTest
  @EnumSource(ParameterLocation.class)
  void it_shows_the_location(ParameterLocation location) {
    assertThat(API.operations().stream().flatMap(o -> o.parameters().stream()))
        .anyMatch(parameter -> parameter.in() == location);
  }

  @Test
  void an_operation_has_several_successes() {
    assertThat(API.operations())
        .anyMatch(o -> o.responses().keySet().containsAll(Set.of("200", "201")));
  }

  @Test
  void an_operation_has_several_media_types_in_and_out() {
    assertThat(API.operations())
        .anyMatch(o -> o.requestBody().map(body -> body.content().size() > 1).orElse(false))
        .anyMatch(
            o -> o.responses().get("200") != null && o.responses().get("200").content().size() > 2);
  }

  @Test
  void a_property_is_nullable() {
    assertThat(
            API.components().schemas().get("User").node().at("/properties/email/type").toString())
        .isEqualTo("[\"string\",\"null\"]");
  }

  @Test
  void an_alternative_is_chosen_by_a_discriminator() {
    assertThat(
            API.components()
                .schemas()
                .get("Pet")
                .node()
                .at("/discriminator/mapping")
                .propertyNames())
        .containsExactly("dog", "cat", "bird");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name": "shop", "count": 2, "children": [{"name": "pets", "count": 2}]} | true
          {"name": "shop", "count": 2, "light": "blue"}                            | false
          {"name": "shop", "count": 2, "children": [{"name": "pets", "count": 2, "light": "blue"}]} | false
          """)
  void what_extends_a_category_extends_those_below(String category, boolean valid) {
    Schema schema = API.components().schemas().get("Category");
    SchemaCompiler.Builder compiler = SchemaCompiler.builder();
    LOADED.resources().forEach(compiler::resource);
    CompiledSchema compiled =
        compiler.build().compile(schema.resource(), schema.pointer(), View.RESPONSE);
    assertThat(compiled.isValid(new JsonMapper().readTree(category))).isEqualTo(valid);
  }

  @Test
  void a_body_has_named_examples() {
    Stream<MediaType> bodies =
        API.operations().stream()
            .flatMap(o -> o.requestBody().stream())
            .flatMap(body -> body.content().values().stream());
    assertThat(bodies).anyMatch(body -> body.examples().size() > 1);
  }

  @Test
  void parameters_share_a_segment_with_text() {
    assertThat(API.paths()).containsKey("/exports/{year}-{month}.csv");
  }

  @Test
  void a_fixed_path_stands_beside_a_template() {
    assertThat(API.paths()).containsKeys("/pets/findByStatus", "/pets/{id}");
  }

  private static List<Map<String, List<String>>> security(String operation) {
    return API.operations().stream()
        .filter(each -> each.operationId().orElseThrow().equals(operation))
        .flatMap(each -> each.security().stream())
        .map(SecurityRequirement::schemes)
        .toList();
  }

  @Test
  void it_shows_every_shape_of_security() {
    assertThat(security("list_pets")).as("public").isEmpty();
    assertThat(security("add_pet")).as("one key").containsExactly(Map.of("staff_key", GOODS));
    assertThat(security("get_adoption"))
        .as("one or another")
        .containsExactly(Map.of("staff_key", GOODS), Map.of("terminal_key", List.of()));
    assertThat(security("change_settings"))
        .as("both")
        .containsExactly(Map.of("staff_key", List.of("office"), "terminal_key", List.of()));
    assertThat(security("get_user"))
        .as("optional")
        .containsExactly(Map.of(), Map.of("staff_key", List.of()));
  }

  @Test
  void names_are_in_snake_case() {
    assertThat(API.operations().stream().map(Operation::operationId).map(id -> id.orElse("")))
        .allMatch(id -> id.matches("[a-z]+(_[a-z]+)*"));
  }
}
