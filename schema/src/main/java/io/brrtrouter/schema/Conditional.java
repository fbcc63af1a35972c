package io.brrtrouter.schema;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code if}, {@code then} and {@code else}, JSON Schema core section 10.2.2. */
final class Conditional extends Keyword {
  private final Subschema condition;
  private final @Nullable Subschema consequence;
  private final @Nullable Subschema alternative;

  Conditional(
      Subschema owner,
      Subschema condition,
      @Nullable Subschema consequence,
      @Nullable Subschema alternative) {
    super(owner);
    this.condition = condition;
    this.consequence = consequence;
    this.alternative = alternative;
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
    if (consequence == null && alternative == null) {
      return true;
    }
    Subschema chosen = evaluation.judgeBranch(condition, instance) ? consequence : alternative;
    return chosen == null || chosen.valid(instance, evaluation);
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    boolean holds = explanation.evaluation().judgeBranch(condition, instance);
    Subschema chosen = holds ? consequence : alternative;
    if (chosen != null) {
      explanation.inPlace(holds ? "/then" : "/else", chosen, instance);
    }
  }

  @Override
  void claim(JsonNode instance, Evaluation evaluation, Marks marks) {
    boolean holds = evaluation.judgeBranch(condition, instance);
    if (holds) {
      condition.claim(instance, evaluation, marks);
    }
    Subschema chosen = holds ? consequence : alternative;
    if (chosen != null) {
      chosen.claim(instance, evaluation, marks);
    }
  }

  @Override
  void strip(JsonNode instance, Stripping stripping) {
    Subschema chosen =
        stripping.evaluation().judgeBranch(condition, instance) ? consequence : alternative;
    if (chosen != null) {
      chosen.strip(instance, stripping);
    }
  }

  @Override
  void inPlace(Consumer<Subschema> action) {
    action.accept(condition);
    if (consequence != null) {
      action.accept(consequence);
    }
    if (alternative != null) {
      action.accept(alternative);
    }
  }
}
