package io.brrtrouter.schema;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * {@code $ref} and {@code $dynamicRef}, JSON Schema core section 8.2.3, resolved: a dynamic
 * reference leads to one schema because there is a program for each dynamic scope that matters.
 */
final class Reference extends Keyword {
  private final String keyword;
  private final Subschema target;
  private Subschema resolved;

  Reference(Subschema owner, String keyword, Subschema target) {
    super(owner);
    this.keyword = keyword;
    this.target = target;
    this.resolved = target;
  }

  Subschema target() {
    return target;
  }

  @Override
  void link() {
    resolved = target.resolved();
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
    return resolved.valid(instance, evaluation);
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    explanation.inPlace("/" + keyword, target, instance);
  }

  @Override
  void claim(JsonNode instance, Evaluation evaluation, Marks marks) {
    resolved.claim(instance, evaluation, marks);
  }

  @Override
  void strip(JsonNode instance, Stripping stripping) {
    resolved.strip(instance, stripping);
  }

  @Override
  int distance(JsonNode instance, Evaluation evaluation, int depth) {
    return resolved.distance(instance, evaluation, depth);
  }

  @Override
  void inPlace(Consumer<Subschema> action) {
    action.accept(target);
  }

  @Override
  void unconditional(Consumer<Subschema> action) {
    action.accept(target);
  }
}
