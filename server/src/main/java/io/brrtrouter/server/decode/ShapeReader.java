package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the {@link Shape} of a schema through {@code $ref}, {@code allOf}, {@code oneOf}, {@code
 * anyOf} and {@code if}. Members are read when asked for.
 */
final class ShapeReader {
  private static final Set<String> OBJECT_KEYWORDS =
      Set.of(
          "properties",
          "additionalProperties",
          "patternProperties",
          "required",
          "propertyNames",
          "minProperties",
          "maxProperties",
          "unevaluatedProperties");

  private static final Set<String> ARRAY_KEYWORDS =
      Set.of(
          "items",
          "prefixItems",
          "contains",
          "minItems",
          "maxItems",
          "uniqueItems",
          "unevaluatedItems");

  /** From a schema and its {@code $ref} to the target. */
  private final BiFunction<Schema, String, Optional<Schema>> references;

  ShapeReader(BiFunction<Schema, String, Optional<Schema>> references) {
    this.references = references;
  }

  /** {@return the shape of a schema} */
  Shape read(Schema schema) {
    return read(schema, schema.node());
  }

  /** Reads a schema at its node, which need not be looked up again. */
  private Shape read(Schema schema, JsonNode node) {
    Implied implied = new Implied();
    Shape shape = facets(schema, node, new HashSet<>(), implied);
    return shape.isUntyped() && implied.types != 0
        ? shape.and(Shape.of(schema, implied.types))
        : shape;
  }

  /** Types a schema without {@code type} has in mind, to judge from its other keywords. */
  private static final class Implied {
    int types;
  }

  private Shape facets(Schema schema, JsonNode node, Set<String> seen, Implied implied) {
    String place = schema.resource().uri() + "#" + schema.pointer();
    if (!node.isObject() || !seen.add(place)) {
      return Shape.of(schema, Types.ANY);
    }
    imply(node, implied);
    Shape shape = own(schema, node);
    for (String keyword : List.of("$ref", "$dynamicRef")) {
      JsonNode reference = node.path(keyword);
      Optional<Schema> target =
          reference.isString()
              ? references.apply(schema, reference.stringValue())
              : Optional.empty();
      if (target.isPresent()) {
        shape = shape.and(facets(target.get(), target.get().node(), seen, implied));
      }
    }
    for (String keyword : List.of("allOf", "oneOf", "anyOf")) {
      if (node.path(keyword).isArray()) {
        shape = shape.and(branches(schema, keyword, node.path(keyword), seen, implied));
      }
    }
    seen.remove(place);
    return shape;
  }

  private Shape branches(
      Schema schema, String keyword, JsonNode array, Set<String> seen, Implied implied) {
    Shape branches = null;
    for (int i = 0; i < array.size(); i++) {
      Schema child = child(schema, keyword, String.valueOf(i));
      Shape branch = facets(child, array.path(i), seen, implied);
      if (branches == null) {
        branches = branch;
      } else {
        branches = keyword.equals("allOf") ? branches.and(branch) : branches.or(branch);
      }
    }
    return branches == null ? Shape.of(schema, Types.ANY) : branches;
  }

  private Shape own(Schema schema, JsonNode node) {
    JsonNode items = node.path("items");
    return new Shape(
        schema,
        ownTypes(node),
        node.has("type") ? child(schema, "type") : schema,
        properties(schema, node),
        additional(schema, node),
        prefix(schema, node),
        items.isObject() ? later(child(schema, "items"), items) : null,
        node.get("default"),
        isOctets(node));
  }

  /** Of a media type that is no text, a string is octets (JSON Schema validation section 8.4). */
  private static boolean isOctets(JsonNode node) {
    String mediaType = node.path("contentMediaType").asString("").toLowerCase(Locale.ROOT);
    boolean text = mediaType.startsWith("text/") || mediaType.contains("json");
    return node.path("format").asString("").equals("binary")
        || node.has("contentEncoding")
        || (!mediaType.isEmpty() && !text);
  }

  private Supplier<Shape> later(Schema schema, JsonNode node) {
    return () -> read(schema, node);
  }

  private static int ownTypes(JsonNode node) {
    int types = node.has("type") ? Types.of(node.path("type")) : Types.ANY;
    if (node.has("const")) {
      types &= Types.ofValue(node.path("const"));
    }
    if (node.path("enum").isArray()) {
      int values = 0;
      for (JsonNode value : node.path("enum")) {
        values |= Types.ofValue(value);
      }
      types &= values;
    }
    return types == 0 ? Types.ANY : types;
  }

  private Map<String, Supplier<Shape>> properties(Schema schema, JsonNode node) {
    if (!node.has("properties")) {
      return Map.of();
    }
    Map<String, Supplier<Shape>> properties = new LinkedHashMap<>();
    node.path("properties")
        .forEachEntry((name, property) ->
            properties.put(name, later(child(schema, "properties", name), property)));
    return properties;
  }

  private @Nullable Supplier<Shape> additional(Schema schema, JsonNode node) {
    for (String keyword : List.of("additionalProperties", "unevaluatedProperties")) {
      JsonNode additional = node.path(keyword);
      if (additional.isObject() || (additional.isBoolean() && additional.booleanValue())) {
        return later(child(schema, keyword), additional);
      }
    }
    List<Supplier<Shape>> patterns = new ArrayList<>();
    node.path("patternProperties")
        .forEachEntry((pattern, property) ->
            patterns.add(later(child(schema, "patternProperties", pattern), property)));
    return patterns.isEmpty()
        ? null
        : () -> patterns.stream().map(Supplier::get).reduce(Shape::or).orElseThrow();
  }

  private List<Supplier<Shape>> prefix(Schema schema, JsonNode node) {
    List<Supplier<Shape>> prefix = new ArrayList<>();
    JsonNode items = node.path("prefixItems");
    for (int i = 0; i < items.size(); i++) {
      prefix.add(later(child(schema, "prefixItems", String.valueOf(i)), items.path(i)));
    }
    return prefix;
  }

  private static void imply(JsonNode node, Implied implied) {
    for (String keyword : node.propertyNames()) {
      if (OBJECT_KEYWORDS.contains(keyword)) {
        implied.types |= Types.OBJECT;
      } else if (ARRAY_KEYWORDS.contains(keyword)) {
        implied.types |= Types.ARRAY;
      }
    }
  }

  private static Schema child(Schema schema, String... tokens) {
    StringBuilder pointer = new StringBuilder(schema.pointer());
    for (String token : tokens) {
      pointer.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
    return new Schema(schema.resource(), pointer.toString());
  }
}
