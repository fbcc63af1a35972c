package io.brrtrouter.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * JSON within a string: {@code contentMediaType} and {@code contentSchema} (JSON Schema validation
 * section 8). Only annotations, but an example that readers cannot take for JSON is none.
 *
 * @param search finds the value
 * @param schemas what it must satisfy; none if any will do
 */
record EmbeddedJson(InstanceSearch search, List<Location> schemas) {

  /** {@return the JSON that strings must be, empty if they may be any text} */
  static Optional<EmbeddedJson> of(InstanceSearch search, Demands demands) {
    if (demands.has("contentEncoding")
        || demands.texts("contentMediaType").noneMatch(EmbeddedJson::isJson)) {
      return Optional.empty();
    }
    return Optional.of(
        new EmbeddedJson(
            search,
            demands.places().stream()
                .filter(place -> Demands.keyword(place, "contentSchema") != null)
                .map(place -> place.child("contentSchema"))
                .toList()));
  }

  /** Types called {@code json} or {@code +json} at their end, with parameters or without. */
  static boolean isJson(String mediaType) {
    String essence = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return essence.endsWith("/json") || essence.endsWith("+json");
  }

  /** {@return a text, null if no value is found} */
  @Nullable JsonNode find(int variant) {
    JsonNode value =
        schemas.isEmpty()
            ? JsonNodeFactory.instance.objectNode()
            : search.find(schemas, variant, List.of());
    return value == null ? null : JsonNodeFactory.instance.stringNode(value.toString());
  }

  /** {@return whether a value is no string, or one of the JSON} */
  boolean allows(JsonNode value) {
    if (!value.isString()) {
      return true;
    }
    byte[] text = value.stringValue().getBytes(StandardCharsets.UTF_8);
    return JsonReader.read(text, JsonLimits.DEFAULT) instanceof ParsedJson.Valid(JsonNode json)
        && search.isValid(schemas, json);
  }
}
