package io.brrtrouter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code jsonSchemaDialect} decides what the keywords of schemas mean that have no {@code $schema}.
 * Only the dialects of OpenAPI give {@code discriminator} a meaning; for that of JSON Schema
 * nothing but {@code oneOf} is wrong with an unknown kind.
 */
class SchemaDialectTest {
  private static final String CHOICE =
      """
      oneOf: [{$ref: "#/$defs/cat"}, {$ref: "#/$defs/dog"}]
      discriminator: {propertyName: kind}
      $defs:
        cat: {required: [kind], properties: {kind: {const: cat}}}
        dog: {required: [kind], properties: {kind: {const: dog}}}
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "none,                                                 plain, true",
    "none,                                                 json,  false",
    "https://spec.openapis.org/oas/3.1/dialect/base,       plain, true",
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10, plain, true",
    "https://spec.openapis.org/oas/3.1/dialect/base,       json,  false",
    "https://spec.openapis.org/oas/3.1/dialect/base,       inner, false",
    "https://json-schema.org/draft/2020-12/schema,         plain, false",
    "https://json-schema.org/draft/2020-12/schema#,        plain, false",
    "https://json-schema.org/draft/2020-12/schema,         oas,   true",
    "https://json-schema.org/draft/2020-12/schema,         file,  false",
    "https://json-schema.org/draft/2020-12/schema,         other, true"
  })
  void decides_what_keywords_mean(String dialect, String name, boolean known) throws IOException {
    Files.writeString(directory.resolve("choice.yaml"), CHOICE);
    write("other.yaml", "", "plain: " + flow(""));
    Path document =
        write(
            "api.yaml",
            dialect.equals("none") ? "" : "jsonSchemaDialect: \"" + dialect + "\"\n",
            "plain: " + flow(""),
            "json: " + flow("$schema: \"https://json-schema.org/draft/2020-12/schema\", "),
            "oas: " + flow("$schema: \"https://spec.openapis.org/oas/3.1/dialect/base\", "),
            "inner: {$schema: \"https://json-schema.org/draft/2020-12/schema\", allOf: ["
                + flow("")
                + "]}",
            "file: {$ref: choice.yaml}",
            "other: {$ref: \"other.yaml#/components/schemas/plain\"}");
    Loaded loaded = OpenApiLoader.load(document, LoadOptions.defaults());

    assertThat(loaded.findings()).isEmpty();
    assertThat(violated(loaded, name).contains("discriminator")).isEqualTo(known);
  }

  private Path write(String name, String dialect, String... schemas) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        "openapi: 3.1.1\ninfo: {title: T, version: '1'}\n"
            + dialect
            + "components:\n  schemas:\n    "
            + String.join("\n    ", schemas)
            + "\n");
  }

  private static String flow(String first) {
    return "{"
        + first
        + "oneOf: [{$ref: choice.yaml#/$defs/cat}, {$ref: choice.yaml#/$defs/dog}],"
        + " discriminator: {propertyName: kind}}";
  }

  private static List<String> violated(Loaded loaded, String name) {
    SchemaCompiler.Builder builder = SchemaCompiler.builder();
    loaded.resources().forEach(builder::resource);
    Schema schema = loaded.api().orElseThrow().components().schemas().get(name);
    assertThat(schema).as(name).isNotNull();
    ObjectNode unknown = JsonNodeFactory.instance.objectNode().put("kind", "bird");
    return builder
        .build()
        .compile(schema.resource(), schema.pointer(), View.PLAIN)
        .check(unknown, 10)
        .list()
        .stream()
        .map(Violation::keyword)
        .toList();
  }
}
