package io.brrtrouter.codegen;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes instances from instances: some stay valid, most do not. Values come from the schema too, so
 * that bounds are met from both sides.
 */
final class Mutations {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<JsonNode> POOL =
      List.of(
          NODES.nullNode(),
          NODES.booleanNode(true),
          NODES.booleanNode(false),
          NODES.numberNode(0),
          NODES.numberNode(-1),
          NODES.numberNode(7),
          NODES.numberNode(new BigDecimal("1.0")),
          NODES.numberNode(new BigDecimal("1.5")),
          NODES.numberNode(new BigDecimal("1E2")),
          NODES.numberNode(Integer.MAX_VALUE + 1L),
          NODES.numberNode(Long.MAX_VALUE),
          NODES.numberNode(new BigDecimal("9223372036854775808")),
          NODES.numberNode(new BigDecimal("1E+39")),
          NODES.numberNode(new BigDecimal("-1E+400")),
          NODES.numberNode(new BigDecimal("0.1234567890123456789")),
          NODES.stringNode(""),
          NODES.stringNode("a"),
          NODES.stringNode("é\uD83D\uDE00"),
          NODES.stringNode("x".repeat(300)),
          NODES.stringNode("2020-02-29T23:59:60.5+20:00"),
          NODES.stringNode("2021-02-28"),
          NODES.stringNode("6F9619FF-8B86-D011-B42D-00CF4FC964FF"),
          NODES.stringNode("https://example.com/a?b=c"),
          NODES.stringNode("12.50"),
          NODES.stringNode("aGk="),
          NODES.arrayNode(),
          NODES.objectNode());

  private final Random random;
  private final List<JsonNode> values;
  private final List<String> names;

  /** Takes values and names from a schema. */
  Mutations(long seed, JsonNode schema) {
    random = new Random(seed);
    Set<JsonNode> found = new LinkedHashSet<>(POOL);
    Set<String> properties = new LinkedHashSet<>(List.of("other", "x-1", "Zz"));
    collect(schema, found, properties, 0);
    values = new ArrayList<>(found);
    names = List.copyOf(properties);
  }

  private static void collect(
      JsonNode schema, Set<JsonNode> found, Set<String> properties, int depth) {
    if (depth > 12 || found.size() > 300) {
      return;
    }
    for (String keyword : List.of("const", "default", "example")) {
      if (schema.has(keyword)) {
        found.add(schema.get(keyword));
      }
    }
    for (String keyword : List.of("enum", "examples")) {
      schema.path(keyword).forEach(found::add);
    }
    for (String keyword :
        List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")) {
      JsonNode bound = schema.path(keyword);
      if (bound.isNumber()) {
        BigDecimal value = bound.decimalValue();
        found.add(bound);
        found.add(NODES.numberNode(value.add(BigDecimal.ONE)));
        found.add(NODES.numberNode(value.subtract(BigDecimal.ONE)));
        found.add(NODES.numberNode(value.add(new BigDecimal("0.001"))));
      }
    }
    for (String keyword : List.of("minLength", "maxLength")) {
      JsonNode bound = schema.path(keyword);
      if (bound.isNumber() && bound.intValue() < 500) {
        found.add(NODES.stringNode("y".repeat(bound.intValue())));
        found.add(NODES.stringNode("y".repeat(bound.intValue() + 1)));
      }
    }
    schema.path("required").forEach(name -> properties.add(name.asString("")));
    properties.addAll(schema.path("properties").propertyNames());
    schema.forEach(child -> collect(child, found, properties, depth + 1));
  }

  /** {@return an instance with some changes} */
  JsonNode of(JsonNode instance) {
    JsonNode result = instance.deepCopy();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      result = changed(result);
    }
    return result;
  }

  private JsonNode changed(JsonNode node) {
    if (node.isEmpty() || random.nextInt(6) == 0) {
      return node.isContainer() && random.nextInt(3) != 0 ? inside(node) : value();
    }
    if (random.nextInt(3) == 0) {
      return inside(node);
    }
    if (node instanceof ObjectNode object) {
      String name = pick(List.copyOf(object.propertyNames()));
      object.set(name, changed(object.get(name)));
    } else if (node instanceof ArrayNode array) {
      int index = random.nextInt(array.size());
      array.set(index, changed(array.get(index)));
    }
    return node;
  }

  private JsonNode inside(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> own = List.copyOf(object.propertyNames());
      switch (random.nextInt(own.isEmpty() ? 1 : 3)) {
        case 0 -> object.set(pick(names), value());
        case 1 -> object.remove(pick(own));
        default -> object.set(pick(own), value());
      }
    } else if (node instanceof ArrayNode array) {
      switch (random.nextInt(array.isEmpty() ? 1 : 4)) {
        case 0 -> array.add(value());
        case 1 -> array.remove(random.nextInt(array.size()));
        case 2 -> array.add(array.get(random.nextInt(array.size())).deepCopy());
        default -> array.set(random.nextInt(array.size()), value());
      }
    }
    return node;
  }

  private JsonNode value() {
    return pick(values).deepCopy();
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
