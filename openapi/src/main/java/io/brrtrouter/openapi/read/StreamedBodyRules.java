package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Rules on {@code x-brrtrouter-stream-body}: there is a body to stream, and nothing in its schema
 * is left unchecked by streaming it.
 */
final class StreamedBodyRules {
  private static final String RULE = "extension-conflict";
  private static final String FIELD = OperationExtension.STREAM_BODY.field();

  /** What octets that nobody has looked at satisfy, or what is no demand at all. */
  private static final Set<String> HARMLESS =
      Set.of(
          "$comment",
          "contentEncoding",
          "contentMediaType",
          "default",
          "deprecated",
          "description",
          "example",
          "examples",
          "externalDocs",
          "format",
          "title",
          "type");

  private final Findings findings;

  StreamedBodyRules(Findings findings) {
    this.findings = findings;
  }

  void check(OpenApi document) {
    for (Operation operation : document.operations()) {
      if (OperationExtension.streamsBody(operation)) {
        check(operation);
      }
    }
  }

  private void check(Operation operation) {
    SourceLocation place = operation.extensionLocations().getOrDefault(FIELD, operation.location());
    RequestBody body = operation.requestBody().orElse(null);
    if (body == null) {
      findings.error(
          RULE,
          place,
          FIELD + " is about a request body, and the operation has none",
          "add a requestBody, or remove " + FIELD);
      return;
    }
    for (Map.Entry<String, MediaType> type : body.content().entrySet()) {
      MediaType media = type.getValue();
      if (OperationExtension.storesFiles(type.getKey(), media)) {
        continue; // It is judged like any other; its files alone are not in memory.
      }
      Schema schema = media.schema().or(() -> unread(type.getKey(), media)).orElse(null);
      if (schema != null && demands(schema)) {
        findings.error(
            RULE,
            schema.location(),
            "the schema of "
                + type.getKey()
                + " demands what only a whole body can be checked for, and "
                + FIELD
                + " hands the body on while it comes",
            "describe octets, with type string at most, or remove " + FIELD);
      }
    }
  }

  /** {@return the schema of items that nobody takes one by one} */
  private static Optional<Schema> unread(String name, MediaType media) {
    boolean read =
        SequentialMediaType.of(name).filter(kind -> kind != SequentialMediaType.EVENTS).isPresent();
    return read ? Optional.empty() : media.itemSchema();
  }

  private static boolean demands(Schema schema) {
    JsonNode node = schema.node();
    if (!node.isObject()) {
      return node.isBoolean() && !node.booleanValue();
    }
    JsonNode type = node.path("type");
    return !(type.isMissingNode() || type.stringValue("").equals("string"))
        || !node.propertyNames().stream()
            .allMatch(name -> HARMLESS.contains(name) || name.startsWith("x-"));
  }
}
