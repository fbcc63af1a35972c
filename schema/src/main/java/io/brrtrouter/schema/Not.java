package io.brrtrouter.schema;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** {@code not}, JSON Schema core section 10.2.1.4. */
final class Not extends Keyword {
  private final Subschema schema;

  Not(Subschema owner, Subschema schema) {
    super(owner);
    this.schema = schema;
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
    return !schema.valid(instance, evaluation);
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    if (!valid(instance, explanation.evaluation())) {
      explanation.report(owner, "not", null, "must not match the schema in \"not\"");
    }
  }

  @Override
  void inPlace(Consumer<Subschema> action) {
    action.accept(schema);
  }
}
