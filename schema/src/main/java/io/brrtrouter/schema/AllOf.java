package io.brrtrouter.schema;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code allOf}, JSON Schema core section 10.2.1.1. */
final class AllOf extends Keyword {
  private final List<Subschema> branches;
  private final Subschema[] resolved;

  AllOf(Subschema owner, List<Subschema> branches) {
    super(owner);
    this.branches = List.copyOf(branches);
    this.resolved = branches.toArray(Subschema[]::new);
  }

  /** The branch when there is one only, else null. */
  @Nullable Subschema single() {
    return branches.size() == 1 ? branches.getFirst() : null;
  }

  @Override
  void link() {
    for (int i = 0; i < resolved.length; i++) {
      resolved[i] = branches.get(i).resolved();
    }
  }

  @Override
  int kinds() {
    return Kind.ALL;
  }

  @Override
  int rank() {
    return IN_PLACE;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    for (Subschema branch : resolved) {
      if (!branch.valid(instance, evaluation)) {
        return false;
      }
    }
    return true;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    for (int i = 0; i < branches.size(); i++) {
      explanation.inPlace("/allOf/" + i, branches.get(i), instance);
    }
  }

  @Override
  void claim(JsonNode instance, Evaluation evaluation, Marks marks) {
    for (Subschema branch : resolved) {
      branch.claim(instance, evaluation, marks);
    }
  }

  @Override
  void strip(JsonNode instance, Stripping stripping) {
    for (Subschema branch : resolved) {
      branch.strip(instance, stripping);
    }
  }

  @Override
  int distance(JsonNode instance, Evaluation evaluation, int depth) {
    int distance = 0;
    for (Subschema branch : resolved) {
      distance += branch.distance(instance, evaluation, depth);
    }
    return distance;
  }

  @Override
  void inPlace(Consumer<Subschema> action) {
    branches.forEach(action);
  }

  @Override
  void unconditional(Consumer<Subschema> action) {
    branches.forEach(action);
  }
}
