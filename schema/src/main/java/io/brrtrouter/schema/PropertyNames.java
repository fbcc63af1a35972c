package io.brrtrouter.schema;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** {@code propertyNames}, JSON Schema core section 10.3.2.4. */
final class PropertyNames extends Keyword {
  private final Subschema schema;

  PropertyNames(Subschema owner, Subschema schema) {
    super(owner);
    this.schema = schema;
  }

  @Override
  int kinds() {
    return 1 << Kind.OBJECT;
  }

  @Override
  int rank() {
    return CHILDREN;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    for (String name : instance.propertyNames()) {
      if (!schema.valid(StringNode.valueOf(name), evaluation)) {
        return false;
      }
    }
    return true;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    for (String name : instance.propertyNames()) {
      explanation.name("/propertyNames", name, schema);
    }
  }

  @Override
  void children(Consumer<Subschema> action) {
    action.accept(schema);
  }
}
