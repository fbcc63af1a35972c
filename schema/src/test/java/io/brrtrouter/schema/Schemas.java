package io.brrtrouter.schema;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Short ways to schemas and values for tests. */
final class Schemas {
  static final URI URI_OF_TESTS = URI.create("https://example.com/test");

  private Schemas() {}

  static JsonNode json(String text) {
    ParsedJson parsed = JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
    if (parsed instanceof ParsedJson.Valid(JsonNode value)) {
      return value;
    }
    throw new AssertionError(parsed + " in " + text);
  }

  static SchemaResource resource(String schema) {
    return SchemaResource.of(URI_OF_TESTS, json(schema));
  }

  static CompiledSchema compile(String schema) {
    return compile(schema, View.PLAIN);
  }

  static CompiledSchema compile(String schema, View view) {
    return SchemaCompiler.builder().build().compile(resource(schema), "", view);
  }

  static CompiledSchema asserting(String schema) {
    return SchemaCompiler.builder()
        .assertFormats(true)
        .build()
        .compile(resource(schema), "", View.PLAIN);
  }
}
