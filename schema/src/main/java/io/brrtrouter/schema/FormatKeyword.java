package io.brrtrouter.schema;

import tools.jackson.databind.JsonNode;

/** {@code format} on strings, asserted (JSON Schema validation section 7.2.2). */
final class FormatKeyword extends Keyword {
  private final Format format;
  private final JsonNode written;

  FormatKeyword(Subschema owner, Format format, JsonNode written) {
    super(owner);
    this.format = format;
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
    return format.matches(instance.stringValue());
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    if (!valid(instance, explanation.evaluation())) {
      explanation.report(
          owner,
          "format",
          written,
          "must be a valid " + written.stringValue() + FormatExample.of(written.stringValue()));
    }
  }
}
