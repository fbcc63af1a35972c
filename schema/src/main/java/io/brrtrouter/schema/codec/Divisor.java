package io.brrtrouter.schema.codec;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The value of {@code multipleOf}, JSON Schema validation section 6.2.1; exact. Immutable and
 * thread-safe.
 */
public final class Divisor {
  /** The divisor is this times 10 to the power of minus the scale. */
  private final BigInteger digits;

  private final int scale;

  /** The digits behind the point it leaves, if it is 1, 0.1, 0.01 and so on. */
  private final int powerOfTenth;

  private Divisor(BigDecimal value) {
    this.digits = value.unscaledValue();
    this.scale = value.scale();
    BigDecimal stripped = value.stripTrailingZeros();
    boolean power = stripped.unscaledValue().bitLength() == 1 && stripped.scale() >= 0;
    this.powerOfTenth = power ? stripped.scale() : Integer.MIN_VALUE;
  }

  /**
   * Makes a divisor.
   *
   * @param value the value of the keyword, as JSON
   * @return the divisor
   * @throws IllegalArgumentException when it is not greater than 0
   */
  public static Divisor of(String value) {
    BigDecimal divisor = new BigDecimal(value);
    if (divisor.signum() <= 0) {
      throw new IllegalArgumentException("multipleOf must be greater than 0, not " + value);
    }
    return new Divisor(divisor);
  }

  /**
   * Tests a number.
   *
   * @param number the number
   * @return whether it is a multiple, whatever its exponent; takes time and memory in proportion to
   *     its digits
   */
  public boolean divides(BigDecimal number) {
    return number.signum() == 0
        || number.scale() <= powerOfTenth
        || dividesDigits(number.unscaledValue(), number);
  }

  /**
   * Never writes out an exponent of the number: one of three bytes could cost thousands of digits.
   */
  private boolean dividesDigits(BigInteger numerator, BigDecimal number) {
    long surplus = (long) number.scale() - scale;
    if (surplus <= 0) {
      BigInteger power = BigInteger.TEN.modPow(BigInteger.valueOf(-surplus), digits);
      return numerator.mod(digits).multiply(power).mod(digits).signum() == 0;
    }
    return number.precision() > surplus
        && numerator.mod(digits.multiply(BigInteger.TEN.pow((int) surplus))).signum() == 0;
  }
}
