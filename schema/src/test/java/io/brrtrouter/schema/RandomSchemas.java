package io.brrtrouter.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random schemas and instances from a seed. Few names and values, so that schemas and instances
 * often meet; every keyword of draft 2020-12 that judges, formats and patterns aside.
 */
final class RandomSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final List<String> TYPES =
      List.of("null", "boolean", "integer", "number", "string", "array", "object");
  private static final int DEFINITIONS = 3;

  private final Random random;
  private int firstInPlace;

  RandomSchemas(long seed) {
    random = new Random(seed);
  }

  /**
   * A schema with definitions. They refer to each other freely from properties and items; in place
   * only to later ones, so that none applies itself to its own instance.
   */
  ObjectNode document() {
    firstInPlace = 0;
    ObjectNode root = object(3);
    ObjectNode definitions = root.putObject("$defs");
    for (int i = 0; i < DEFINITIONS; i++) {
      firstInPlace = i + 1;
      definitions.set("d" + i, object(2));
    }
    return root;
  }

  private JsonNode schema(int depth, boolean below) {
    int choice = random.nextInt(12);
    if (choice == 0) {
      return JSON.booleanNode(random.nextInt(4) != 0);
    }
    int first = below ? 0 : firstInPlace;
    if (choice == 1 && first < DEFINITIONS) {
      return reference(first);
    }
    return object(depth);
  }

  private ObjectNode reference(int first) {
    int target = first + random.nextInt(DEFINITIONS - first);
    return JSON.objectNode().put("$ref", "#/$defs/d" + target);
  }

  private ObjectNode object(int depth) {
    boolean refers = random.nextInt(6) == 0 && firstInPlace < DEFINITIONS;
    ObjectNode schema = refers ? reference(firstInPlace) : JSON.objectNode();
    int count = 1 + random.nextInt(depth > 0 ? 4 : 2);
    for (int i = 0; i < count; i++) {
      keyword(schema, depth);
    }
    return schema;
  }

  private void keyword(ObjectNode schema, int depth) {
    switch (random.nextInt(depth > 0 ? 34 : 16)) {
      case 0, 1 -> schema.set("type", types());
      case 2 -> schema.set("const", value(1));
      case 3 -> schema.set("enum", JSON.arrayNode().add(value(1)).add(value(1)).add(value(0)));
      case 4 -> schema.put("minimum", random.nextInt(4));
      case 5 -> schema.put("exclusiveMaximum", new BigDecimal("1.5"));
      case 6 -> schema.put("multipleOf", new BigDecimal("0.5"));
      case 7 -> schema.put("minLength", random.nextInt(3));
      case 8 -> schema.put("maxLength", random.nextInt(3));
      case 9 -> schema.put("minItems", random.nextInt(3));
      case 10 -> schema.put("maxItems", random.nextInt(3));
      case 11 -> schema.put("uniqueItems", true);
      case 12 -> schema.set("required", JSON.arrayNode().add(name()));
      case 13 -> schema.put("minProperties", random.nextInt(3));
      case 14 -> schema.put("maxProperties", random.nextInt(3));
      case 15 -> schema.putObject("dependentRequired").putArray(name()).add(name());
      case 16, 17 -> properties(schema.putObject("properties"), depth);
      case 18 -> schema.putObject("patternProperties").set("^[ab]", schema(depth - 1, true));
      case 19 -> schema.set("additionalProperties", schema(depth - 1, true));
      case 20 -> schema.set("items", schema(depth - 1, true));
      case 21 -> schema.set("prefixItems", JSON.arrayNode().add(schema(depth - 1, true)));
      case 22 -> contains(schema, depth);
      case 23 -> schema.set("allOf", branches(depth));
      case 24, 25 -> schema.set("anyOf", branches(depth));
      case 26, 27 -> schema.set("oneOf", branches(depth));
      case 28 -> schema.set("not", schema(depth - 1, false));
      case 29 -> conditional(schema, depth);
      case 30 -> schema.putObject("dependentSchemas").set(name(), schema(depth - 1, false));
      case 31 -> schema.set("unevaluatedProperties", schema(depth - 1, true));
      case 32 -> schema.set("unevaluatedItems", schema(depth - 1, true));
      default -> schema.set("propertyNames", schema(0, false));
    }
  }

  private JsonNode types() {
    if (random.nextBoolean()) {
      return JSON.stringNode(pick(TYPES));
    }
    String first = pick(TYPES);
    String second = pick(TYPES);
    ArrayNode types = JSON.arrayNode().add(first);
    return first.equals(second) ? types : types.add(second);
  }

  private void properties(ObjectNode properties, int depth) {
    for (int i = 0; i < 2; i++) {
      properties.set(name(), schema(depth - 1, true));
    }
  }

  private void contains(ObjectNode schema, int depth) {
    schema.set("contains", schema(depth - 1, true));
    if (random.nextInt(3) == 0) {
      schema.put("minContains", random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      schema.put("maxContains", random.nextInt(3));
    }
  }

  private void conditional(ObjectNode schema, int depth) {
    schema.set("if", schema(depth - 1, false));
    if (random.nextInt(4) != 0) {
      schema.set("then", schema(depth - 1, false));
    }
    if (random.nextInt(4) != 0) {
      schema.set("else", schema(depth - 1, false));
    }
  }

  private ArrayNode branches(int depth) {
    ArrayNode branches = JSON.arrayNode();
    for (int i = 0; i < 2 + random.nextInt(2); i++) {
      branches.add(schema(depth - 1, false));
    }
    return branches;
  }

  /** An instance. */
  JsonNode instance() {
    return value(3);
  }

  private JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 12 : 6)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextInt(4));
      case 3 -> JSON.numberNode(new BigDecimal(pick(List.of("1.0", "0.5", "2.25", "-3", "1e2"))));
      case 4, 5 -> JSON.stringNode(pick(List.of("", "a", "ab", "abc", "\uD83D\uDE00")));
      case 6, 7, 8 -> array(depth);
      default -> members(depth);
    };
  }

  private ArrayNode array(int depth) {
    ArrayNode array = JSON.arrayNode();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      array.add(value(depth - 1));
    }
    return array;
  }

  private ObjectNode members(int depth) {
    ObjectNode object = JSON.objectNode();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      object.set(name(), value(depth - 1));
    }
    return object;
  }

  private String name() {
    return pick(NAMES);
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
