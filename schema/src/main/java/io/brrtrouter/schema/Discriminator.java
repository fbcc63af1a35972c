package io.brrtrouter.schema;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The Discriminator Object beside {@code oneOf} or {@code anyOf}, OpenAPI 3.1.1 section 4.8.25.
 * Chooses the alternative worth explaining; takes no part in the verdict.
 *
 * @param propertyName the property that names the alternative
 * @param branches the index of the alternative for each value, in the order to list them
 */
record Discriminator(String propertyName, Map<String, Integer> branches) {

  /** The alternative an object names, or -1. */
  int choose(JsonNode object) {
    JsonNode value = object.get(propertyName);
    return value != null && value.isString() ? branches.getOrDefault(value.stringValue(), -1) : -1;
  }

  /** Reports that an object names no alternative. */
  void explain(Subschema owner, JsonNode object, Explanation explanation) {
    ArrayNode expected = JsonNodeFactory.instance.arrayNode();
    branches.keySet().forEach(expected::add);
    String values =
        Wording.list(List.copyOf(branches.keySet()).stream().map(Wording::quote).toList(), "or");
    if (object.get(propertyName) == null) {
      explanation.report(
          owner,
          "discriminator",
          expected,
          "must have the property " + Wording.quote(propertyName) + " with the value " + values);
    } else {
      explanation.reportMember(propertyName, owner, "discriminator", expected, "must be " + values);
    }
  }
}
