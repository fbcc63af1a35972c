package io.brrtrouter.schema.format;

/**
 * Numbers written as strings, to survive readers with binary floating point: {@code decimal} and
 * {@code decimal128} of the OpenAPI Format Registry, in the grammar of RFC 8259 section 6.
 */
public final class Decimals {
  /**
   * As many characters as a JSON number may have by default: reading digits takes time with the
   * square of their number, half a minute for a million.
   */
  private static final int LONGEST_DECIMAL = 1_000;

  private static final int DECIMAL128_DIGITS = 34;
  private static final int DECIMAL128_MAX_EXPONENT = 6144;
  private static final int DECIMAL128_MIN_EXPONENT = -6176;

  private Decimals() {}

  /**
   * Tests for {@code decimal}: a fixed point number, so without exponent, of at most 1,000
   * characters.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isDecimal(String text) {
    return text.length() <= LONGEST_DECIMAL && endOfFixedPoint(text) == text.length();
  }

  /**
   * Tests for {@code decimal128}: a number that IEEE 754-2019 section 3.6 decimal128 can represent
   * without rounding, or {@code NaN}, {@code INF}, {@code -INF}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isDecimal128(String text) {
    if (text.equals("NaN") || text.equals("INF") || text.equals("-INF")) {
      return true;
    }
    int end = endOfFixedPoint(text);
    return end > 0 && isExponent(text, end) && fitsDecimal128(text, end);
  }

  /** {@return the index after {@code [ minus ] int [ frac ]}, or -1} */
  private static int endOfFixedPoint(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int at = endOfDigits(text, start);
    if (at == start || (at > start + 1 && text.charAt(start) == '0')) {
      return -1;
    }
    if (at == text.length() || text.charAt(at) != '.') {
      return at;
    }
    int end = endOfDigits(text, at + 1);
    return end == at + 1 ? -1 : end;
  }

  private static int endOfDigits(String text, int start) {
    int at = start;
    while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isExponent(String text, int start) {
    if (start == text.length()) {
      return true;
    }
    if ((text.charAt(start) | 0x20) != 'e') {
      return false;
    }
    int at = start + 1;
    if (text.startsWith("+", at) || text.startsWith("-", at)) {
      at++;
    }
    return at < text.length() && endOfDigits(text, at) == text.length();
  }

  /** Counts significant digits and the exponents of the first and the last of them. */
  private static boolean fitsDecimal128(String text, int end) {
    int point = text.indexOf('.');
    int unitsAt = point < 0 ? end - 1 : point - 1;
    int first = -1;
    int last = -1;
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) >= '1' && text.charAt(i) <= '9') {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first < 0) {
      return true;
    }
    int digits = last - first + 1 - (point > first && point < last ? 1 : 0);
    long exponent = exponent(text, end);
    return digits <= DECIMAL128_DIGITS
        && exponent + power(first, unitsAt) <= DECIMAL128_MAX_EXPONENT
        && exponent + power(last, unitsAt) >= DECIMAL128_MIN_EXPONENT;
  }

  /** {@return the power of ten of the digit at an index} */
  private static int power(int index, int unitsAt) {
    return index <= unitsAt ? unitsAt - index : unitsAt + 1 - index;
  }

  /** {@return the exponent, cut off far outside of what any format represents} */
  private static long exponent(String text, int end) {
    long value = 0;
    for (int i = end; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Ascii.isDigit(c)) {
        value = Math.min(value * 10 + c - '0', 1L << 40);
      }
    }
    return text.indexOf('-', end) < 0 ? value : -value;
  }
}
