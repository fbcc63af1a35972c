package io.brrtrouter.schema;

import tools.jackson.databind.JsonNode;

/** The schema {@code false}, JSON Schema core section 4.3.2. */
final class Never extends Keyword {

  Never(Subschema owner) {
    super(owner);
  }

  @Override
  int kinds() {
    return Kind.ALL;
  }

  @Override
  int rank() {
    return SCALAR;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    return false;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    explanation.reportFalse(owner);
  }
}
