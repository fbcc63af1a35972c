package io.brrtrouter.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.FloatNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NumericIntNode;

/**
 * Exact arithmetic on JSON numbers. Binary floating point nodes, which other readers make, stand
 * for the shortest decimal that reads back as the same value.
 */
final class Numbers {

  /**
   * Largest decimal exponent of a number of a schema that arithmetic accepts: beyond it {@code
   * 1e1000000000} would cost gigabytes.
   */
  static final int MAX_EXPONENT = 1000;

  private Numbers() {}

  /** Whether {@link JsonNode#longValue()} is exact and cheap. */
  static boolean isLong(JsonNode number) {
    return number instanceof IntNode || number instanceof LongNode;
  }

  static BigDecimal decimal(JsonNode number) {
    if (number instanceof FloatNode) {
      return new BigDecimal(Float.toString(number.floatValue()));
    }
    if (number instanceof DoubleNode) {
      return BigDecimal.valueOf(number.doubleValue());
    }
    return number.decimalValue();
  }

  /** Whether the mathematical value is an integer, {@code 1.0} and {@code 1e400} included. */
  static boolean isInteger(JsonNode number) {
    return number instanceof NumericIntNode || isInteger(decimal(number));
  }

  static boolean isInteger(BigDecimal value) {
    if (value.scale() <= 0 || value.signum() == 0) {
      return true;
    }
    if ((long) value.precision() - value.scale() <= 0) {
      return false;
    }
    return value.stripTrailingZeros().scale() <= 0;
  }

  /** The value as a {@code long}; null when it is not one exactly. */
  static @Nullable Long longOf(BigDecimal value) {
    if (!isTractable(value) || !isInteger(value)) {
      return null;
    }
    BigInteger integer = value.toBigInteger();
    return integer.bitLength() < Long.SIZE ? integer.longValue() : null;
  }

  /**
   * Whether the value's exponent lets arithmetic take time and memory in proportion to its text.
   */
  static boolean isTractable(BigDecimal value) {
    return isTractable(value, MAX_EXPONENT);
  }

  /** The same with another bound on the exponent. */
  static boolean isTractable(BigDecimal value, int most) {
    if (value.signum() == 0) {
      return true;
    }
    long exponent = (long) value.precision() - value.scale() - 1;
    return exponent <= most && exponent >= -most;
  }

  /** JSON Schema equality: by mathematical value. */
  static boolean equal(JsonNode a, JsonNode b) {
    if (isLong(a) && isLong(b)) {
      return a.longValue() == b.longValue();
    }
    return decimal(a).compareTo(decimal(b)) == 0;
  }

  /** The same text for equal values: digits without trailing zeros, then the exponent. */
  static void appendCanonical(JsonNode number, StringBuilder out) {
    BigDecimal value = decimal(number);
    if (value.signum() == 0) {
      out.append('0');
      return;
    }
    String digits = value.unscaledValue().toString();
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    long exponent = (long) (digits.length() - end) - value.scale();
    out.append(digits, 0, end).append('e').append(exponent);
  }
}
