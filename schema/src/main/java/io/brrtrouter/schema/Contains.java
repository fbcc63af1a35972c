package io.brrtrouter.schema;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code contains} (JSON Schema core section 10.3.1.3) with {@code minContains} and {@code
 * maxContains} (validation sections 6.4.4 and 6.4.5).
 */
final class Contains extends Keyword {
  private final Subschema schema;
  private final @Nullable JsonNode writtenMinimum;
  private final @Nullable JsonNode writtenMaximum;
  private final long minimum;
  private final long maximum;

  Contains(
      Subschema owner,
      Subschema schema,
      @Nullable JsonNode writtenMinimum,
      @Nullable JsonNode writtenMaximum) {
    super(owner);
    this.schema = schema;
    this.writtenMinimum = writtenMinimum;
    this.writtenMaximum = writtenMaximum;
    this.minimum = SizeLimit.value(writtenMinimum, 1);
    this.maximum = SizeLimit.value(writtenMaximum, Long.MAX_VALUE);
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
    if (instance.size() < minimum) {
      return false;
    }
    long matches = 0;
    for (int i = 0; i < instance.size(); i++) {
      if (evaluation.judgeBranch(schema, instance.get(i)) && ++matches > maximum) {
        return false;
      }
      if (matches >= minimum && maximum == Long.MAX_VALUE) {
        return true;
      }
    }
    return matches >= minimum;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    long matches = 0;
    for (JsonNode item : instance) {
      matches += schema.valid(item, explanation.evaluation()) ? 1 : 0;
    }
    if (matches < minimum) {
      String keyword = writtenMinimum == null ? "contains" : "minContains";
      explanation.report(owner, keyword, writtenMinimum, message("at least", minimum, matches));
    }
    if (matches > maximum) {
      explanation.report(
          owner, "maxContains", writtenMaximum, message("at most", maximum, matches));
    }
  }

  private static String message(String relation, long limit, long matches) {
    return "must contain "
        + relation
        + " "
        + Wording.count(limit, "item")
        + " that "
        + (limit == 1 ? "matches" : "match")
        + " the schema in \"contains\", not "
        + matches;
  }

  @Override
  void claim(JsonNode instance, Evaluation evaluation, Marks marks) {
    for (int i = 0; i < instance.size(); i++) {
      if (evaluation.judgeBranch(schema, instance.get(i))) {
        marks.add(i);
      }
    }
  }

  @Override
  boolean isAmbiguous() {
    return true;
  }

  @Override
  void children(Consumer<Subschema> action) {
    action.accept(schema);
  }
}
