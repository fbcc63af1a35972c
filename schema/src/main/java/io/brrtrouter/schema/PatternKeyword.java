package io.brrtrouter.schema;

import io.brrtrouter.schema.pattern.EcmaPattern;
import tools.jackson.databind.JsonNode;

/** {@code pattern}, JSON Schema validation section 6.3.3. */
final class PatternKeyword extends Keyword {
  private final EcmaPattern pattern;
  private final JsonNode written;

  PatternKeyword(Subschema owner, EcmaPattern pattern, JsonNode written) {
    super(owner);
    this.pattern = pattern;
    this.written = written;
  }

  @Override
  int kinds() {
    return 1 << Kind.STRING;
  }

  @Override
  int rank() {
    return TEXT;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    return pattern.find(instance.stringValue());
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    if (!valid(instance, explanation.evaluation())) {
      explanation.report(
          owner, "pattern", written, "must match the pattern " + written.stringValue());
    }
  }
}
