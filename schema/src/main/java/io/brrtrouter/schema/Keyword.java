package io.brrtrouter.schema;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * One compiled keyword, or a few that are cheaper together. Asked only about instances of the kinds
 * it applies to. Immutable after {@link #link}.
 */
abstract class Keyword {

  /** Ranks by which the keywords of a schema are ordered: cheap refusals first. */
  static final int SCALAR = 0;

  static final int TEXT = 1;
  static final int CHILDREN = 2;
  static final int IN_PLACE = 3;

  final Subschema owner;

  Keyword(Subschema owner) {
    this.owner = owner;
  }

  /** The kinds of instance it applies to, as a mask of {@link Kind}. */
  abstract int kinds();

  abstract int rank();

  /** The verdict: stops at the first failure. */
  abstract boolean valid(JsonNode instance, Evaluation evaluation);

  /** Reports every violation; at least one exactly when {@link #valid} is false. */
  abstract void explain(JsonNode instance, Explanation explanation);

  /**
   * Marks the properties or items it evaluates (JSON Schema core section 11). Asked after the
   * keyword was found valid, or while explaining.
   */
  void claim(JsonNode instance, Evaluation evaluation, Marks marks) {}

  /** Adds what the view drops from the instance and which schemas apply to its children. */
  void strip(JsonNode instance, Stripping stripping) {}

  /** How far an instance is from valid, to find the closest alternative. */
  int distance(JsonNode instance, Evaluation evaluation, int depth) {
    return valid(instance, evaluation) ? 0 : 1;
  }

  /** Called once when all schemas of the program exist. */
  void link() {}

  /** The schemas it applies to the same instance. */
  void inPlace(Consumer<Subschema> action) {}

  /** Those of {@link #inPlace} which every instance must satisfy. */
  void unconditional(Consumer<Subschema> action) {}

  /** The schemas it applies to parts of the instance. */
  void children(Consumer<Subschema> action) {}

  /** Whether it can make other schemas judge the same value more than once. */
  boolean isAmbiguous() {
    return rank() == IN_PLACE;
  }

  /** Whether it drops properties itself. */
  boolean drops() {
    return false;
  }
}
