package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaTarget;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.Violation;
import io.brrtrouter.server.decode.RequestViolation.In;
import io.brrtrouter.server.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the {@code data} of events must be where {@code itemSchema} says that it is JSON: {@code
 * contentMediaType} and {@code contentSchema} (JSON Schema validation section 8) of the property
 * {@code data}, written there or where a reference leads. JSON Schema takes them for annotations,
 * and OpenAPI 3.2 section 4.14.3.1 names them for this. Immutable.
 *
 * @param isJson whether the data is JSON
 * @param schema what it must satisfy, null if any will do
 * @param source where the document says so
 * @param schemas bounds on the JSON
 */
record EventCheck(
    boolean isJson, @Nullable CompiledSchema schema, SourceLocation source, Schemas schemas) {
  private static final String DATA = "data";
  private static final int MAX_REFERENCES = 16;

  static EventCheck compile(Schema item, Schemas schemas) {
    Schema data = resolved(property(resolved(item, schemas)), schemas);
    JsonNode node = data.node();
    boolean json =
        ContentType.parse(node.path("contentMediaType").asString(""))
                .filter(ContentType::isJson)
                .isPresent()
            && !node.has("contentEncoding");
    CompiledSchema schema =
        json && node.has("contentSchema")
            ? schemas.compile(new Schema(data.resource(), data.pointer() + "/contentSchema"))
            : null;
    return new EventCheck(json, schema, data.location(), schemas);
  }

  /** {@return the schema of the data; of an item that says nothing of it, its own} */
  private static Schema property(Schema item) {
    return item.node().path("properties").path(DATA).isObject()
        ? new Schema(item.resource(), item.pointer() + "/properties/" + DATA)
        : item;
  }

  private static Schema resolved(Schema schema, Schemas schemas) {
    Schema at = schema;
    for (int i = 0; i < MAX_REFERENCES; i++) {
      JsonNode reference = at.node().path("$ref");
      Optional<SchemaTarget> target =
          reference.isString()
              ? schemas.compiler().target(at.resource(), at.pointer(), reference.stringValue())
              : Optional.empty();
      if (target.isEmpty()) {
        return at;
      }
      at = new Schema(target.get().resource(), target.get().pointer());
    }
    return at;
  }

  /** Adds what is wrong with the data of an event. */
  void check(JsonNode event, List<RequestViolation> violations) {
    JsonNode data = event.path(DATA);
    if (!isJson || !data.isString()) {
      return;
    }
    byte[] text = data.stringValue().getBytes(StandardCharsets.UTF_8);
    ParsedJson parsed =
        schema == null ? JsonReader.read(text, schemas.json()) : schema.parse(text, schemas.json());
    switch (parsed) {
      case ParsedJson.Valid _ -> {}
      case ParsedJson.Malformed(int line, int column, String message) ->
          violations.add(
              violation(
                  "contentMediaType",
                  "must be JSON: line " + line + ", column " + column + ": " + message,
                  source));
      case ParsedJson.Invalid(JsonNode _, var found) -> {
        for (Violation wrong : found.list()) {
          String place = wrong.instanceLocation();
          violations.add(
              violation(
                  "contentSchema",
                  "must be JSON of which "
                      + (place.isEmpty() ? "the value" : place)
                      + " "
                      + wrong.message(),
                  wrong.source()));
        }
      }
    }
  }

  private static RequestViolation violation(String keyword, String message, SourceLocation source) {
    return new RequestViolation(In.BODY, "", "/" + DATA, keyword, message, null, source);
  }
}
