package io.brrtrouter.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The schema objects that one value must satisfy together once references are followed, {@code
 * allOf} is opened and an alternative of each {@code oneOf}, {@code anyOf} and {@code if} is
 * chosen.
 *
 * @param places where they stand, in the order they were met
 * @param hints values that a discriminator gives to properties
 */
record Demands(List<Location> places, List<Hint> hints) {

  /**
   * A value for a property.
   *
   * @param property the property's name
   * @param value its value
   */
  record Hint(String property, String value) {}

  static final Demands EMPTY = new Demands(List.of(), List.of());

  Demands and(Location place) {
    List<Location> more = new ArrayList<>(places);
    more.add(place);
    return new Demands(more, hints);
  }

  Demands and(Hint hint) {
    List<Hint> more = new ArrayList<>(hints);
    more.add(hint);
    return new Demands(places, more);
  }

  /** The values of a keyword in all schemas that have it. */
  List<JsonNode> values(String keyword) {
    List<JsonNode> values = new ArrayList<>();
    for (Location place : places) {
      JsonNode value = keyword(place, keyword);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  boolean has(String... keywords) {
    return Stream.of(keywords).anyMatch(keyword -> !values(keyword).isEmpty());
  }

  Stream<String> texts(String keyword) {
    return values(keyword).stream().filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  Stream<BigDecimal> numbers(String keyword) {
    return values(keyword).stream().filter(JsonNode::isNumber).map(Numbers::decimal);
  }

  /** The largest of the numbers of a keyword like {@code minItems}. */
  int atLeast(String keyword) {
    return numbers(keyword).mapToInt(Demands::size).max().orElse(0);
  }

  /** The smallest of the numbers of a keyword like {@code maxItems}. */
  int atMost(String keyword) {
    return numbers(keyword).mapToInt(Demands::size).min().orElse(Integer.MAX_VALUE);
  }

  private static int size(BigDecimal number) {
    return number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) >= 0
        ? Integer.MAX_VALUE
        : number.intValue();
  }

  /** The types to try: those all schemas allow, or, when none names any, all, the likely first. */
  List<String> types() {
    Set<String> types = null;
    for (JsonNode value : values("type")) {
      Set<String> allowed = typesOf(value);
      if (types == null) {
        types = allowed;
      } else {
        if (allowed.contains("number")) {
          allowed.add("integer");
        }
        if (types.contains("number") && allowed.contains("integer")) {
          types.add("integer");
        }
        types.retainAll(allowed);
      }
    }
    return types == null ? likelyTypes() : nullLast(types);
  }

  private static Set<String> typesOf(JsonNode value) {
    Set<String> types = new LinkedHashSet<>();
    if (value.isString()) {
      types.add(value.stringValue());
    }
    value.forEach(type -> types.add(type.asString("")));
    return types;
  }

  private static List<String> nullLast(Set<String> types) {
    List<String> ordered = new ArrayList<>(types);
    if (ordered.remove("null")) {
      ordered.add("null");
    }
    return ordered;
  }

  private List<String> likelyTypes() {
    Set<String> types = new LinkedHashSet<>();
    if (has("properties", "required", "additionalProperties", "patternProperties", "propertyNames")
        || has("minProperties", "maxProperties", "dependentRequired", "unevaluatedProperties")
        || !hints.isEmpty()) {
      types.add("object");
    }
    if (has("items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems")) {
      types.add("array");
    }
    if (has("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")) {
      types.add("number");
    }
    types.addAll(List.of("string", "integer", "object", "array", "boolean", "null"));
    return List.copyOf(types);
  }

  static @Nullable JsonNode keyword(Location place, String keyword) {
    JsonNode schema = place.value();
    return schema == null ? null : schema.get(keyword);
  }
}
