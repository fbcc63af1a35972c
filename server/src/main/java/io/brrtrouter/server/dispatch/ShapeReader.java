package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
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
    Implied implied = new Implied();
    Shape shape = facets(schema, new HashSet<>(), implied);
    return shape.isUntyped() && implied.types != 0
        ? shape.and(Shape.of(schema, implied.types))
        : shape;
  }

  /** Types a schema without {@code type} has in mind, to judge from its other keywords. */
  private static final class Implied {
    int types;
  }

  private Shape facets(Schema schema, Set<String> seen, Implied implied) {
    JsonNode node = schema.node();
    if (!node.isObject() || !seen.add(place(schema))) {
      return Shape.of(schema, Types.ANY);
    }
    imply(node, implied);
    Shape shape = own(schema, node);
    for (String keyword : List.of("$ref", "$dynamicRef")) {
      Optional<Schema> target =
          node.path(keyword).isString()
              ? references.apply(schema, node.path(keyword).stringValue())
              : Optional.empty();
      if (target.isPresent()) {
        shape = shape.and(facets(target.get(), seen, implied));
      }
    }
    shape = shape.and(branches(schema, "allOf", Shape::and, seen, implied));
    shape = shape.and(branches(schema, "oneOf", Shape::or, seen, implied));
    shape = shape.and(branches(schema, "anyOf", Shape::or, seen, implied));
    seen.remove(place(schema));
    return shape;
  }

  private Shape branches(
      Schema schema,
      String keyword,
      BinaryOperator<Shape> combination,
      Set<String> seen,
      Implied implied) {
    Shape branches = null;
    for (int i = 0; i < schema.node().path(keyword).size(); i++) {
      Shape branch = facets(child(schema, keyword, String.valueOf(i)), seen, implied);
      branches = branches == null ? branch : combination.apply(branches, branch);
    }
    return branches == null ? Shape.of(schema, Types.ANY) : branches;
  }

  private Shape own(Schema schema, JsonNode node) {
    return new Shape(
        schema,
        ownTypes(node),
        schema.resource().sources().locate(schema.pointer() + (node.has("type") ? "/type" : "")),
        properties(schema, node),
        additional(schema, node),
        prefix(schema, node),
        node.path("items").isObject() ? later(child(schema, "items")) : null,
        node.get("default"),
        node.path("format").asString("").equals("binary") || node.has("contentEncoding"));
  }

  private Supplier<Shape> later(Schema schema) {
    return () -> read(schema);
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
    Map<String, Supplier<Shape>> properties = new LinkedHashMap<>();
    for (String name : node.path("properties").propertyNames()) {
      properties.put(name, later(child(schema, "properties", name)));
    }
    return properties;
  }

  private @Nullable Supplier<Shape> additional(Schema schema, JsonNode node) {
    for (String keyword : List.of("additionalProperties", "unevaluatedProperties")) {
      JsonNode additional = node.path(keyword);
      if (additional.isObject() || (additional.isBoolean() && additional.booleanValue())) {
        return later(child(schema, keyword));
      }
    }
    for (String pattern : node.path("patternProperties").propertyNames()) {
      return later(child(schema, "patternProperties", pattern));
    }
    return null;
  }

  private List<Supplier<Shape>> prefix(Schema schema, JsonNode node) {
    List<Supplier<Shape>> prefix = new ArrayList<>();
    for (int i = 0; i < node.path("prefixItems").size(); i++) {
      prefix.add(later(child(schema, "prefixItems", String.valueOf(i))));
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

  /** Cheap to compare, unlike the record, which compares documents. */
  private static String place(Schema schema) {
    return schema.resource().uri() + "#" + schema.pointer();
  }

  private static Schema child(Schema schema, String... tokens) {
    StringBuilder pointer = new StringBuilder(schema.pointer());
    for (String token : tokens) {
      pointer.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
    return new Schema(schema.resource(), pointer.toString());
  }
}
