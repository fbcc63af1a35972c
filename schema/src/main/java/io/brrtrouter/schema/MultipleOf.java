package io.brrtrouter.schema;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** {@code multipleOf}, JSON Schema validation section 6.2.1; exact. */
final class MultipleOf extends Keyword {
  private final JsonNode written;
  private final BigDecimal divisor;

  /** The divisor when it is a {@code long}, else 0. */
  private final long longDivisor;

  MultipleOf(Subschema owner, JsonNode written) {
    super(owner);
    this.written = written;
    this.divisor = Numbers.decimal(written);
    this.longDivisor = Numbers.isLong(written) ? written.longValue() : 0;
  }

  @Override
  int kinds() {
    return 1 << Kind.NUMBER;
  }

  @Override
  int rank() {
    return SCALAR;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    if (longDivisor != 0 && Numbers.isLong(instance)) {
      return instance.longValue() % longDivisor == 0;
    }
    BigDecimal value = Numbers.decimal(instance);
    return Numbers.isTractable(value) && value.remainder(divisor).signum() == 0;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    if (!Numbers.isTractable(Numbers.decimal(instance))) {
      explanation.report(
          owner,
          "multipleOf",
          written,
          "must be a multiple of "
              + written
              + " with an exponent between -"
              + Numbers.MAX_EXPONENT
              + " and "
              + Numbers.MAX_EXPONENT);
    } else if (!valid(instance, explanation.evaluation())) {
      explanation.report(owner, "multipleOf", written, "must be a multiple of " + written);
    }
  }
}
