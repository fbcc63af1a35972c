package io.brrtrouter.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code minLength} and {@code maxLength} in code points, JSON Schema validation section 6.3. */
final class StringLength extends Keyword {
  private final @Nullable JsonNode writtenMinimum;
  private final @Nullable JsonNode writtenMaximum;
  private final long minimum;
  private final long maximum;

  StringLength(
      Subschema owner, @Nullable JsonNode writtenMinimum, @Nullable JsonNode writtenMaximum) {
    super(owner);
    this.writtenMinimum = writtenMinimum;
    this.writtenMaximum = writtenMaximum;
    this.minimum = SizeLimit.value(writtenMinimum, 0);
    this.maximum = SizeLimit.value(writtenMaximum, Long.MAX_VALUE);
  }

  @Override
  int kinds() {
    return 1 << Kind.STRING;
  }

  @Override
  int rank() {
    return SCALAR;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    String text = instance.stringValue();
    int units = text.length();
    if (units < minimum) {
      return false;
    }
    if (units <= maximum && units / 2 >= minimum) {
      return true;
    }
    int length = text.codePointCount(0, units);
    return length >= minimum && length <= maximum;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    String text = instance.stringValue();
    int length = text.codePointCount(0, text.length());
    if (length < minimum) {
      explanation.report(
          owner,
          "minLength",
          writtenMinimum,
          SizeLimit.message("at least", minimum, "character", length));
    }
    if (length > maximum) {
      explanation.report(
          owner,
          "maxLength",
          writtenMaximum,
          SizeLimit.message("at most", maximum, "character", length));
    }
  }
}
