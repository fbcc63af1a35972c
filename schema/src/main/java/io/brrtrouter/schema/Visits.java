package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A stack of schemas being applied to instances, compared by identity. */
final class Visits {
  private final List<Subschema> schemas = new ArrayList<>(0);
  private final List<JsonNode> instances = new ArrayList<>(0);

  int size() {
    return schemas.size();
  }

  void push(Subschema schema, JsonNode instance) {
    schemas.add(schema);
    instances.add(instance);
  }

  void pop() {
    schemas.removeLast();
    instances.removeLast();
  }

  /**
   * Where a visit is in the stack, or -1. Only the visits to the instance on top can matter:
   * between them and an older visit lies a step into the instance.
   */
  @SuppressWarnings("ReferenceEquality")
  int find(Subschema schema, JsonNode instance) {
    for (int i = schemas.size() - 1; i >= 0 && instances.get(i) == instance; i--) {
      if (schemas.get(i) == schema) {
        return i;
      }
    }
    return -1;
  }
}
