package io.brrtrouter.openapi.diff;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Small schemas, changes of them, and values that they may or may not allow. */
final class RandomSchemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> NAMES = List.of("a", "b", "c");

  /**
   * Values that tell schemas apart; numbers and lengths around those that schemas are made with.
   */
  private static final List<JsonNode> SCALARS =
      List.of(
              "null",
              "true",
              "false",
              "0",
              "1",
              "2",
              "3",
              "4",
              "5",
              "6",
              "7",
              "8",
              "-1",
              "0.5",
              "1.5",
              "2.5",
              "3.5",
              "4.5",
              "5.5",
              "6.5",
              "7.5",
              "5000000000",
              "\"\"",
              "\"x\"",
              "\"xy\"",
              "\"xyz\"",
              "\"xyzxyz\"",
              "\"X1\"",
              "\"X\"",
              "\"red\"",
              "\"green\"",
              "\"2026-01-31\"",
              "\"2026-01-31T10:00:00Z\"",
              "[]",
              "{}")
          .stream()
          .map(JSON::readTree)
          .toList();

  private final Random random;

  RandomSchemas(Random random) {
    this.random = random;
  }

  private <T> T one(List<T> options) {
    return options.get(random.nextInt(options.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** {@return a schema whose depth is bounded} */
  JsonNode schema(int depth) {
    ObjectNode schema = NODES.objectNode();
    String type =
        one(
            depth > 0
                ? List.of("string", "integer", "number", "boolean", "object", "object", "array")
                : List.of("string", "integer", "number", "boolean"));
    if (chance(15)) {
      schema.putArray("type").add(type).add("null");
    } else if (chance(95)) {
      schema.put("type", type);
    }
    switch (type) {
      case "string" -> string(schema);
      case "integer", "number" -> number(schema);
      case "array" -> array(schema, depth);
      case "object" -> object(schema, depth);
      default -> {}
    }
    if (depth > 0 && chance(12)) {
      ObjectNode choice = NODES.objectNode();
      ArrayNode branches = choice.putArray("anyOf");
      branches.add(schema).add(schema(depth - 1));
      return choice;
    }
    if (depth > 0 && chance(10)) {
      ObjectNode whole = NODES.objectNode();
      whole.putArray("allOf").add(schema).add(NODES.objectNode());
      return whole;
    }
    return schema;
  }

  private void string(ObjectNode schema) {
    switch (random.nextInt(6)) {
      case 0 -> schema.put("minLength", random.nextInt(3));
      case 1 -> schema.put("maxLength", 1 + random.nextInt(4));
      case 2 -> schema.putArray("enum").add("red").add("green");
      case 3 -> schema.put("format", one(List.of("date", "date-time")));
      case 4 -> schema.put("pattern", one(List.of("^[a-z]*$", "^[A-Z]", "x")));
      default -> {}
    }
  }

  private void number(ObjectNode schema) {
    if (chance(40)) {
      schema.put(one(List.of("minimum", "exclusiveMinimum")), random.nextInt(4));
    }
    if (chance(40)) {
      schema.put(one(List.of("maximum", "exclusiveMaximum")), 5 + random.nextInt(3));
    }
    if (chance(15)) {
      schema.put("multipleOf", 1 + random.nextInt(2));
    }
    if (chance(15)) {
      schema.put("format", "int32");
    }
  }

  private void array(ObjectNode schema, int depth) {
    schema.set("items", schema(depth - 1));
    if (chance(30)) {
      schema.put("minItems", random.nextInt(2));
    }
    if (chance(30)) {
      schema.put("maxItems", 1 + random.nextInt(2));
    }
    if (chance(20)) {
      schema.put("uniqueItems", true);
    }
  }

  private void object(ObjectNode schema, int depth) {
    ObjectNode properties = schema.putObject("properties");
    for (String name : NAMES) {
      if (chance(60)) {
        JsonNode property = schema(depth - 1);
        properties.set(name, property);
        if (property instanceof ObjectNode object && chance(8)) {
          object.put(one(List.of("readOnly", "writeOnly")), true);
        }
      }
    }
    ArrayNode required = NODES.arrayNode();
    properties.propertyNames().stream().filter(name -> chance(40)).forEach(required::add);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    if (chance(20)) {
      schema.put("additionalProperties", false);
    } else if (chance(10)) {
      schema.set("additionalProperties", schema(0));
    }
  }

  /** {@return the schema with one change somewhere} */
  JsonNode changed(JsonNode schema) {
    JsonNode copy = schema.deepCopy();
    List<ObjectNode> all = new ArrayList<>();
    collect(copy, all);
    change(one(all));
    return copy;
  }

  private static void collect(JsonNode schema, List<ObjectNode> all) {
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    all.add(object);
    object.path("properties").forEach(each -> collect(each, all));
    for (String keyword : List.of("items", "additionalProperties")) {
      collect(object.path(keyword), all);
    }
    for (String keyword : List.of("anyOf", "allOf")) {
      object.path(keyword).forEach(each -> collect(each, all));
    }
  }

  private void change(ObjectNode schema) {
    List<String> keywords = List.copyOf(schema.propertyNames());
    switch (random.nextInt(4)) {
      case 0 -> {
        if (!keywords.isEmpty()) {
          schema.remove(one(keywords));
        }
      }
      case 1 -> {
        JsonNode other = schema(1);
        schema.removeAll();
        schema.setAll((ObjectNode) other);
      }
      case 2 -> {
        ObjectNode other = (ObjectNode) schema(1);
        schema.setAll(other);
      }
      default -> property(schema);
    }
  }

  private void property(ObjectNode schema) {
    if (!(schema.get("properties") instanceof ObjectNode properties)) {
      string(schema);
      return;
    }
    String name = one(NAMES);
    if (properties.has(name) && chance(50)) {
      properties.remove(name);
      return;
    }
    properties.set(name, schema(1));
    if (chance(50)) {
      schema.withArray("required").removeAll().add(name);
    }
  }

  /** {@return the schema with one alternative in place of each choice, in several ways} */
  static List<JsonNode> chosen(JsonNode schema) {
    List<JsonNode> chosen = new ArrayList<>();
    for (int way = 0; way < 8; way++) {
      chosen.add(choose(schema, way));
    }
    return chosen;
  }

  private static JsonNode choose(JsonNode schema, int way) {
    if (!(schema instanceof ObjectNode object)) {
      return schema;
    }
    JsonNode branches = object.path("anyOf");
    if (branches.size() > 0) {
      return choose(branches.get(way % branches.size()), way / branches.size());
    }
    ObjectNode copy = object.deepCopy();
    if (copy.get("properties") instanceof ObjectNode properties) {
      properties.propertyNames().stream()
          .toList()
          .forEach(name -> properties.set(name, choose(properties.get(name), way)));
    }
    for (String keyword : List.of("items", "additionalProperties")) {
      if (copy.has(keyword)) {
        copy.set(keyword, choose(copy.get(keyword), way));
      }
    }
    if (copy.get("allOf") instanceof ArrayNode parts) {
      for (int i = 0; i < parts.size(); i++) {
        parts.set(i, choose(parts.get(i), way));
      }
    }
    return copy;
  }

  /** {@return values like some, with parts replaced, added and taken out} */
  static Set<JsonNode> around(Set<JsonNode> seeds) {
    Set<JsonNode> values = new LinkedHashSet<>(SCALARS);
    seeds.forEach(seed -> values.addAll(variants(seed, 3)));
    return values;
  }

  private static List<JsonNode> variants(JsonNode value, int depth) {
    List<JsonNode> variants = new ArrayList<>(SCALARS);
    variants.add(value);
    if (depth == 0) {
      return variants;
    }
    if (value instanceof ObjectNode object) {
      objects(object, depth, variants);
    } else if (value instanceof ArrayNode array && !array.isEmpty()) {
      for (JsonNode item : variants(array.get(0), depth - 1)) {
        variants.add(array.deepCopy().set(0, item));
        variants.add(NODES.arrayNode().add(item));
        variants.add(NODES.arrayNode().add(item).add(item));
      }
      variants.add(array.deepCopy().addAll(array));
    } else {
      SCALARS.forEach(item -> {
        variants.add(NODES.arrayNode().add(item));
        variants.add(NODES.arrayNode().add(item).add(item));
        NAMES.forEach(name -> variants.add(NODES.objectNode().set(name, item)));
      });
    }
    return variants;
  }

  private static void objects(ObjectNode object, int depth, List<JsonNode> variants) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      ObjectNode less = object.deepCopy();
      less.remove(member.getKey());
      variants.add(less);
      for (JsonNode other : variants(member.getValue(), depth - 1)) {
        variants.add(object.deepCopy().set(member.getKey(), other));
        variants.add(NODES.objectNode().set(member.getKey(), other));
      }
    }
    for (String name : List.of("a", "b", "c", "other")) {
      if (!object.has(name)) {
        for (JsonNode value : SCALARS) {
          variants.add(object.deepCopy().set(name, value));
        }
      }
    }
  }
}
