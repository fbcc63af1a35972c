package io.brrtrouter.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;

/** {@code uniqueItems: true}, JSON Schema validation section 6.4.3. */
final class UniqueItems extends Keyword {

  UniqueItems(Subschema owner) {
    super(owner);
  }

  @Override
  int kinds() {
    return 1 << Kind.ARRAY;
  }

  @Override
  int rank() {
    return CHILDREN;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    return JsonValues.firstDuplicate((ArrayNode) instance) < 0;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    ArrayNode array = (ArrayNode) instance;
    int second = JsonValues.firstDuplicate(array);
    if (second >= 0) {
      int first = JsonValues.indexOfEqual(array, array.get(second), second);
      explanation.report(
          owner,
          "uniqueItems",
          BooleanNode.TRUE,
          "must have no equal items, but items " + first + " and " + second + " are equal");
    }
  }
}
