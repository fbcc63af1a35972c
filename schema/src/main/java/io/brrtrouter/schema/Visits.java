package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A stack of schemas being applied to instances, compared by identity. */
final class Visits {
  private final List<Evaluation.Walk> walks = new ArrayList<>(0);
  private final List<Subschema> schemas = new ArrayList<>(0);
  private final List<JsonNode> instances = new ArrayList<>(0);

  int size() {
    return schemas.size();
  }

  void push(Evaluation.Walk walk, Subschema schema, JsonNode instance) {
    walks.add(walk);
    schemas.add(schema);
    instances.add(instance);
  }

  void pop() {
    walks.removeLast();
    schemas.removeLast();
    instances.removeLast();
  }

  /**
   * Where a visit is in the stack, or -1. Only the visits to the instance on top can matter:
   * between them and an older visit lies a step into the instance.
   */
  @SuppressWarnings("ReferenceEquality")
  int find(Evaluation.Walk walk, Subschema schema, JsonNode instance) {
    for (int i = schemas.size() - 1; i >= 0 && instances.get(i) == instance; i--) {
      if (schemas.get(i) == schema && walks.get(i) == walk) {
        return i;
      }
    }
    return -1;
  }
}
