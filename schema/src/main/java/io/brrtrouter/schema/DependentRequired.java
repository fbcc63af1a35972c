package io.brrtrouter.schema;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * {@code dependentRequired}, JSON Schema validation section 6.5.4; also the arrays of its
 * predecessor {@code dependencies}.
 */
final class DependentRequired extends Keyword {
  private final String keyword;
  private final List<Dependency> dependencies;

  /** Names required when another is present. */
  record Dependency(String name, List<String> required) {}

  DependentRequired(Subschema owner, String keyword, List<Dependency> dependencies) {
    super(owner);
    this.keyword = keyword;
    this.dependencies = List.copyOf(dependencies);
  }

  @Override
  int kinds() {
    return 1 << Kind.OBJECT;
  }

  @Override
  int rank() {
    return SCALAR;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    for (Dependency dependency : dependencies) {
      if (instance.get(dependency.name) != null && !hasAll(instance, dependency.required)) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasAll(JsonNode instance, List<String> names) {
    for (String name : names) {
      if (instance.get(name) == null) {
        return false;
      }
    }
    return true;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    for (Dependency dependency : dependencies) {
      if (instance.get(dependency.name) == null) {
        continue;
      }
      for (String name : dependency.required) {
        if (instance.get(name) == null) {
          explanation.report(
              owner,
              keyword,
              StringNode.valueOf(name),
              "must have the property "
                  + Wording.quote(name)
                  + " because "
                  + Wording.quote(dependency.name)
                  + " is present");
        }
      }
    }
  }
}
