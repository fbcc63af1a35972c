package io.brrtrouter.server.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;

/** The {@code number} rule of JSON (RFC 8259 section 6), read from text without losing a digit. */
final class NumberText {
  /** Enough for any quantity, little enough to compute with. */
  static final int MAX_LENGTH = 1000;

  /** Numbers of so many digits cannot overflow 64 bits. */
  private static final int SAFE_DIGITS = 18;

  private NumberText() {}

  /**
   * {@return the number a text is, or null: not in JSON's syntax, too long, or not an integer
   * though one is wanted}
   *
   * @param integer whether only an integer will do, {@code 1.0} and {@code 1e2} being integers
   */
  static @Nullable JsonNode parse(String text, int start, int end, boolean integer) {
    int digits = start < end && text.charAt(start) == '-' ? start + 1 : start;
    int afterDigits = afterDigits(text, digits, end);
    if (afterDigits < 0 || end - start > MAX_LENGTH) {
      return null;
    }
    if (afterDigits == end) {
      return end - digits <= SAFE_DIGITS
          ? node(small(text, digits, end, digits > start))
          : node(new BigInteger(text.substring(start, end)));
    }
    return isFractionOrExponent(text, afterDigits, end)
        ? decimal(text.substring(start, end), integer)
        : null;
  }

  /** {@return the index behind the digits a number begins with, -1 without any} */
  private static int afterDigits(String text, int digits, int end) {
    int after = skipDigits(text, digits, end);
    boolean leadingZero = after - digits > 1 && text.charAt(digits) == '0';
    return after == digits || leadingZero ? -1 : after;
  }

  /** {@return whether a text that is no number here is one in JSON's syntax, only too large} */
  static boolean isBeyondLimit(String text, int start, int end, boolean integer) {
    int digits = start < end && text.charAt(start) == '-' ? start + 1 : start;
    int after = afterDigits(text, digits, end);
    if (after < 0 || (after < end && !isFractionOrExponent(text, after, end))) {
      return false;
    }
    if (end - start > MAX_LENGTH) {
      return true;
    }
    try {
      return !integer
          || new BigDecimal(text.substring(start, end)).stripTrailingZeros().scale() <= 0;
    } catch (NumberFormatException e) {
      return true; // an exponent beyond 32 bits
    }
  }

  private static boolean isFractionOrExponent(String text, int start, int end) {
    int i = start;
    if (text.charAt(i) == '.') {
      int fraction = skipDigits(text, i + 1, end);
      if (fraction == i + 1) {
        return false;
      }
      i = fraction;
    }
    if (i < end && (text.charAt(i) | 0x20) == 'e') {
      i++;
      if (i < end && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      int exponent = skipDigits(text, i, end);
      if (exponent == i) {
        return false;
      }
      i = exponent;
    }
    return i == end;
  }

  private static @Nullable JsonNode decimal(String text, boolean integer) {
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null; // an exponent beyond 32 bits
    }
    if (!integer) {
      return DecimalNode.valueOf(value);
    }
    BigDecimal stripped = value.stripTrailingZeros();
    long length = (long) stripped.precision() - stripped.scale();
    return stripped.scale() > 0 || length > MAX_LENGTH ? null : node(stripped.toBigInteger());
  }

  private static long small(String text, int start, int end, boolean negative) {
    long value = 0;
    for (int i = start; i < end; i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return negative ? -value : value;
  }

  private static int skipDigits(String text, int from, int end) {
    int i = from;
    while (i < end && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static JsonNode node(BigInteger value) {
    return value.bitLength() < Long.SIZE ? node(value.longValue()) : BigIntegerNode.valueOf(value);
  }

  private static JsonNode node(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }
}
