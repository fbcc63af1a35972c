package io.brrtrouter.schema;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rewrites Schema Objects of OpenAPI 3.0 (OpenAPI 3.0.4 section 4.7.24) as equivalent schemas of
 * JSON Schema draft 2020-12. Stateless.
 */
public final class OpenApi30Schema {

  /** Keywords of the 3.0 Schema Object whose value means the same in 2020-12. */
  private static final Set<String> UNCHANGED =
      Set.of(
          "title",
          "multipleOf",
          "maximum",
          "minimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          "maxProperties",
          "minProperties",
          "required",
          "enum",
          "type",
          "description",
          "format",
          "default",
          "discriminator",
          "readOnly",
          "writeOnly",
          "xml",
          "externalDocs",
          "deprecated");

  private static final Set<String> WITH_ONE_SCHEMA = Set.of("not", "items", "additionalProperties");
  private static final Set<String> WITH_SCHEMA_ARRAY = Set.of("allOf", "anyOf", "oneOf");

  private OpenApi30Schema() {}

  /**
   * Converts a Schema Object or Reference Object with everything nested in it. To be called once
   * for each outermost schema of a 3.0 document; references are kept, not followed.
   *
   * <ul>
   *   <li>{@code nullable: true} adds {@code null} to a {@code type} beside it and does nothing
   *       without one; {@code enum} is left alone, so {@code null} must be listed there too.
   *   <li>{@code exclusiveMinimum: true} turns {@code minimum} into a numeric {@code
   *       exclusiveMinimum}; likewise the maximum.
   *   <li>{@code example} becomes {@code examples} with one element.
   *   <li>{@code format: byte} gains {@code contentEncoding: base64}, {@code format: binary} gains
   *       {@code contentMediaType: application/octet-stream}; both are annotations.
   *   <li>The siblings of {@code $ref}, and keywords the 3.0 Schema Object does not have, are
   *       dropped because 3.0 ignores them. Extensions ({@code x-}) stay.
   * </ul>
   *
   * <p>Every schema keeps its JSON Pointer; so does every keyword except {@code example} and an
   * exclusive bound's {@code minimum} or {@code maximum}.
   *
   * @param schema the schema; a value that is neither an object nor, below {@code
   *     additionalProperties}, a boolean is returned as it is
   * @return the converted schema; shares unchanged parts with {@code schema}, which is not modified
   */
  public static JsonNode convert(JsonNode schema) {
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    JsonNode reference = schema.get("$ref");
    if (reference != null && reference.isString()) {
      return result.set("$ref", reference);
    }
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      convertKeyword(schema, entry.getKey(), entry.getValue(), result);
    }
    return result;
  }

  private static void convertKeyword(
      JsonNode schema, String keyword, JsonNode value, ObjectNode result) {
    switch (keyword) {
      case "type" -> result.set("type", withNull(value, schema.path("nullable")));
      case "minimum" -> convertBound(schema, "minimum", "exclusiveMinimum", result);
      case "maximum" -> convertBound(schema, "maximum", "exclusiveMaximum", result);
      case "exclusiveMinimum", "exclusiveMaximum" -> keepNumber(keyword, value, result);
      case "example" -> result.set("examples", JsonNodeFactory.instance.arrayNode().add(value));
      case "format" -> convertFormat(value, result);
      case "properties" -> result.set("properties", convertValues(value));
      default -> {
        if (WITH_ONE_SCHEMA.contains(keyword)) {
          result.set(keyword, convert(value));
        } else if (WITH_SCHEMA_ARRAY.contains(keyword)) {
          result.set(keyword, convertElements(value));
        } else if (UNCHANGED.contains(keyword) || keyword.startsWith("x-")) {
          result.set(keyword, value);
        }
      }
    }
  }

  private static JsonNode withNull(JsonNode type, JsonNode nullable) {
    if (!type.isString() || !nullable.isBoolean() || !nullable.booleanValue()) {
      return type;
    }
    return JsonNodeFactory.instance.arrayNode().add(type).add("null");
  }

  private static void convertBound(
      JsonNode schema, String bound, String exclusive, ObjectNode result) {
    JsonNode flag = schema.path(exclusive);
    boolean excluded = flag.isBoolean() && flag.booleanValue();
    result.set(excluded ? exclusive : bound, schema.get(bound));
  }

  /**
   * A numeric exclusive bound is an error in 3.0; kept so that nothing the author wrote is lost.
   */
  private static void keepNumber(String keyword, JsonNode value, ObjectNode result) {
    if (!value.isBoolean()) {
      result.set(keyword, value);
    }
  }

  private static void convertFormat(JsonNode format, ObjectNode result) {
    result.set("format", format);
    if (!format.isString()) {
      return;
    }
    switch (format.stringValue()) {
      case "byte" -> result.put("contentEncoding", "base64");
      case "binary" -> result.put("contentMediaType", "application/octet-stream");
      default -> {}
    }
  }

  private static JsonNode convertValues(JsonNode schemas) {
    if (!schemas.isObject()) {
      return schemas;
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    schemas.forEachEntry((name, schema) -> result.set(name, convert(schema)));
    return result;
  }

  private static JsonNode convertElements(JsonNode schemas) {
    if (!schemas.isArray()) {
      return schemas;
    }
    ArrayNode result = JsonNodeFactory.instance.arrayNode(schemas.size());
    schemas.forEach(schema -> result.add(convert(schema)));
    return result;
  }
}
