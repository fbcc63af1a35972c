package io.brrtrouter.schema.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The number passed last in a JSON text, RFC 8259 section 6: where it is, and its value. */
final class NumberText {

  /** Most digits that always fit a {@code long}. */
  private static final int LONG_DIGITS = 18;

  private static final int NONE = -1;

  private final byte[] json;
  private int start;
  private int at;

  /** The number is this times 10 to the power of minus the scale, if it {@link #isShort()}. */
  private long unscaled;

  private int digits;
  private int scale;

  NumberText(byte[] json) {
    this.json = json;
  }

  /**
   * Passes over a number; answers the index behind it, -1 where none is or its exponent is out of
   * the range of {@link BigDecimal}.
   */
  int pass(int from) {
    start = from;
    at = current(from) == '-' ? from + 1 : from;
    int first = at;
    scale = 0;
    long value = passDigits(0);
    digits = at - first;
    boolean superfluousZero = digits > 1 && json[first] == '0';
    if (digits == 0 || superfluousZero) {
      return NONE;
    }
    int c = current(at);
    if (c == '.' || (c | 0x20) == 'e') {
      value = passFractionAndExponent(value);
    }
    unscaled = first == from ? value : -value;
    return at;
  }

  private int current(int index) {
    return index < json.length ? json[index] : 0;
  }

  private long passDigits(long before) {
    long value = before;
    int index = at;
    for (int c = current(index); c >= '0' && c <= '9'; c = current(++index)) {
      value = value * 10 + c - '0';
    }
    at = index;
    return value;
  }

  private long passFractionAndExponent(long integer) {
    long value = integer;
    int fraction = 0;
    if (current(at) == '.') {
      int point = at++;
      value = passDigits(integer);
      fraction = at - point - 1;
      if (fraction == 0) {
        at = NONE;
        return 0;
      }
    }
    digits += fraction;
    long exponent = (current(at) | 0x20) == 'e' ? passExponent() : 0;
    scale = (int) (fraction - exponent);
    if (scale != fraction - exponent) {
      at = NONE;
    }
    return value;
  }

  /** Passes over an exponent; its value, if that is far beyond an {@code int} another such. */
  private long passExponent() {
    at++;
    boolean negative = current(at) == '-';
    if (negative || current(at) == '+') {
      at++;
    }
    int first = at;
    long value = 0;
    for (int c = current(at); c >= '0' && c <= '9'; c = current(++at)) {
      value = Math.min(value * 10 + c - '0', Long.MAX_VALUE / 100);
    }
    if (at == first) {
      at = NONE;
    }
    return negative ? -value : value;
  }

  /** {@return whether the number's decimal exponent may be beyond one, either way} */
  boolean mayExceed(int exponent) {
    boolean zero = unscaled == 0 && isShort();
    return !zero && ((long) digits - scale - 1 > exponent || scale > exponent);
  }

  private boolean isShort() {
    return digits <= LONG_DIGITS;
  }

  /** Whether {@link #longValue()} is the number. */
  boolean isLong() {
    return isShort() && scale == 0;
  }

  long longValue() {
    return unscaled;
  }

  BigDecimal decimal() {
    return isShort() ? BigDecimal.valueOf(unscaled, scale) : new BigDecimal(text());
  }

  private String text() {
    return new String(json, start, at - start, StandardCharsets.ISO_8859_1);
  }

  /** The number rounded; an infinity when it is out of range. */
  double doubleValue() {
    // A zero may be a negative one.
    return isShort() && unscaled != 0 && Doubles.isExact(unscaled, scale)
        ? Doubles.exact(unscaled, scale)
        : Double.parseDouble(text());
  }

  /** The number rounded; an infinity when it is out of range. */
  float floatValue() {
    return Float.parseFloat(text());
  }
}
