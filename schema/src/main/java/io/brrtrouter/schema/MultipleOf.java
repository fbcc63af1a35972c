package io.brrtrouter.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;

/** {@code multipleOf}, JSON Schema validation section 6.2.1; exact. */
final class MultipleOf extends Keyword {
  /** Powers of ten up to here are exact as {@code double}. */
  private static final int MAX_EXACT_POWER = 22;

  private static final double FIFTEEN_DIGITS = 1e15;

  private final JsonNode written;
  private final BigDecimal divisor;

  /** The digits of the divisor as an integer, to be read with its scale. */
  private final BigInteger digits;

  /** The divisor when it is a {@code long}, else 0. */
  private final long longDivisor;

  /** Whether the divisor is 1, 0.1, 0.01 and so on. */
  private final boolean isUnit;

  /** The divisor is {@code numerator / denominator}; 0 where that is not exact in doubles. */
  private final double numerator;

  private final double denominator;

  /** The largest decimal exponent, either way, of a number that can be a multiple. */
  private final int mostExponent;

  MultipleOf(Subschema owner, JsonNode written, int mostExponent) {
    super(owner);
    this.written = written;
    this.mostExponent = mostExponent;
    this.divisor = Numbers.decimal(written);
    this.digits = divisor.unscaledValue();
    this.longDivisor = Numbers.isLong(written) ? written.longValue() : 0;
    this.isUnit = digits.equals(BigInteger.ONE) && divisor.scale() >= 0;
    boolean exact =
        digits.bitLength() <= 50 && divisor.scale() >= 0 && divisor.scale() <= MAX_EXACT_POWER;
    this.numerator = exact ? digits.doubleValue() : 0;
    this.denominator = exact ? BigDecimal.ONE.scaleByPowerOfTen(divisor.scale()).doubleValue() : 1;
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
    if (instance instanceof DoubleNode && isPlainMultiple(instance.doubleValue())) {
      return true;
    }
    BigDecimal value = Numbers.decimal(instance);
    if (isUnit && value.scale() >= 0 && value.scale() <= divisor.scale()) {
      return true;
    }
    return Numbers.isTractable(value, mostExponent) && isMultiple(value.unscaledValue(), value);
  }

  /**
   * Whether a multiple with at most 15 digits reads as this number. Then it is the shortest decimal
   * that does, the one the number stands for. Divides exact numbers once, so the result is the
   * nearest to the decimal.
   */
  private boolean isPlainMultiple(double number) {
    double product = Math.rint(number * denominator / numerator) * numerator;
    return numerator != 0 && Math.abs(product) < FIFTEEN_DIGITS && product / denominator == number;
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
    if (!Numbers.isTractable(Numbers.decimal(instance), mostExponent)) {
      explanation.report(
          owner,
          "multipleOf",
          written,
          "must be a multiple of "
              + written
              + " with an exponent between -"
              + mostExponent
              + " and "
              + mostExponent);
    } else if (!valid(instance, explanation.evaluation())) {
      explanation.report(owner, "multipleOf", written, "must be a multiple of " + written);
    }
  }
}
