package io.brrtrouter.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;

/** {@code multipleOf}, JSON Schema validation section 6.2.1; exact. */
final class MultipleOf extends Keyword {
  private final JsonNode written;
  private final BigDecimal divisor;

  /** The digits of the divisor as an integer, to be read with its scale. */
  private final BigInteger digits;

  /** The divisor when it is a {@code long}, else 0. */
  private final long longDivisor;

  MultipleOf(Subschema owner, JsonNode written) {
    super(owner);
    this.written = written;
    this.divisor = Numbers.decimal(written);
    this.digits = divisor.unscaledValue();
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
    return Numbers.isTractable(value) && isMultiple(value.unscaledValue(), value);
  }

  /** In time that goes with the digits written: {@code 1e1000} has one. */
  private boolean isMultiple(BigInteger unscaled, BigDecimal value) {
    int shift = divisor.scale() - value.scale();
    if (shift >= 0) {
      BigInteger power = BigInteger.TEN.modPow(BigInteger.valueOf(shift), digits);
      return unscaled.mod(digits).multiply(power).mod(digits).signum() == 0;
    }
    if (unscaled.signum() == 0 || value.precision() < -shift) {
      return unscaled.signum() == 0;
    }
    return unscaled.mod(digits.multiply(BigInteger.TEN.pow(-shift))).signum() == 0;
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
