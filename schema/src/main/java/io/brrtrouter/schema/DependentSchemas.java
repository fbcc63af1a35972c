package io.brrtrouter.schema;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * {@code dependentSchemas}, JSON Schema core section 10.2.2.4; also the schemas of its predecessor
 * {@code dependencies}.
 */
final class DependentSchemas extends Keyword {
  private final String keyword;
  private final List<Dependency> dependencies;

  /** A schema that applies when a property is present. */
  record Dependency(String name, Subschema schema) {}

  DependentSchemas(Subschema owner, String keyword, List<Dependency> dependencies) {
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
    return IN_PLACE;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    for (Dependency dependency : dependencies) {
      if (instance.get(dependency.name) != null && !dependency.schema.valid(instance, evaluation)) {
        return false;
      }
    }
    return true;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    for (Dependency dependency : dependencies) {
      if (instance.get(dependency.name) != null) {
        String path = "/" + keyword + "/" + Pointers.escape(dependency.name);
        explanation.inPlace(path, dependency.schema, instance);
      }
    }
  }

  @Override
  void claim(JsonNode instance, Evaluation evaluation, Marks marks) {
    for (Dependency dependency : dependencies) {
      if (instance.get(dependency.name) != null) {
        dependency.schema.claim(instance, evaluation, marks);
      }
    }
  }

  @Override
  void strip(JsonNode instance, Stripping stripping) {
    for (Dependency dependency : dependencies) {
      if (instance.get(dependency.name) != null) {
        dependency.schema.strip(instance, stripping);
      }
    }
  }

  @Override
  void inPlace(Consumer<Subschema> action) {
    dependencies.forEach(dependency -> action.accept(dependency.schema));
  }
}
