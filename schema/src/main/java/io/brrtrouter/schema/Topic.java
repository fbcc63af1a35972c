package io.brrtrouter.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What keywords are about. Most schemas have a few keywords of the fifty there are: looking which
 * topics these have costs less than asking for each.
 */
enum Topic {
  /** {@code enum}, {@code const}, and keywords about numbers and strings. */
  SCALARS(
      1 << 0,
      "enum",
      "const",
      "minimum",
      "maximum",
      "exclusiveMinimum",
      "exclusiveMaximum",
      "multipleOf",
      "minLength",
      "maxLength",
      "pattern",
      "format"),
  /** About items. */
  ARRAYS(
      1 << 1,
      "prefixItems",
      "items",
      "unevaluatedItems",
      "minItems",
      "maxItems",
      "contains",
      "minContains",
      "maxContains",
      "uniqueItems"),
  /** About members. */
  OBJECTS(
      1 << 2,
      "properties",
      "patternProperties",
      "additionalProperties",
      "unevaluatedProperties",
      "required",
      "minProperties",
      "maxProperties",
      "propertyNames",
      "dependentRequired",
      "dependencies"),
  /** Schemas applied to the same instance, references aside. */
  COMBINATIONS(
      1 << 3,
      "allOf",
      "anyOf",
      "oneOf",
      "not",
      "if",
      "then",
      "else",
      "dependentSchemas",
      "dependencies",
      "discriminator");

  private static final Map<String, Integer> BY_KEYWORD = byKeyword();

  private final int bit;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> keywords;

  Topic(int bit, String... keywords) {
    this.bit = bit;
    this.keywords = List.of(keywords);
  }

  private static Map<String, Integer> byKeyword() {
    Map<String, Integer> masks = new HashMap<>();
    for (Topic topic : values()) {
      for (String keyword : topic.keywords) {
        masks.merge(keyword, topic.bit, (one, other) -> one | other);
      }
    }
    return masks;
  }

  /** {@return the topics of a schema's keywords, as a mask} */
  static int of(JsonNode schema) {
    int mask = 0;
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      mask |= BY_KEYWORD.getOrDefault(member.getKey(), 0);
    }
    return mask;
  }

  boolean isIn(int mask) {
    return (mask & bit) != 0;
  }
}
