package io.brrtrouter.schema.format;

/**
 * The {@code duration} format: RFC 3339 appendix A, a subset of ISO 8601. Units descend without a
 * gap, weeks stand alone, nothing has a fraction.
 */
public final class Durations {
  private static final String DATE_UNITS = "YMD";
  private static final String TIME_UNITS = "HMS";

  private Durations() {}

  /**
   * Tests a text.
   *
   * @param text the text
   * @return whether it is a duration
   */
  public static boolean isDuration(String text) {
    if (!text.startsWith("P")) {
      return false;
    }
    int number = endOfDigits(text, 1);
    if (number > 1 && text.startsWith("W", number)) {
      return number + 1 == text.length();
    }
    int at = endOfUnits(text, 1, DATE_UNITS);
    if (at > 0 && text.startsWith("T", at)) {
      int time = at + 1;
      at = endOfUnits(text, time, TIME_UNITS);
      return at == text.length() && at > time;
    }
    return at == text.length() && at > 1;
  }

  /** {@return the index after numbers with consecutive units, none perhaps, or -1} */
  private static int endOfUnits(String text, int start, String units) {
    int at = start;
    int previous = -1;
    while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
      int unitAt = endOfDigits(text, at);
      int unit = unitAt == text.length() ? -1 : units.indexOf(text.charAt(unitAt));
      if (unit < 0 || (previous >= 0 && unit != previous + 1)) {
        return -1;
      }
      previous = unit;
      at = unitAt + 1;
    }
    return at;
  }

  private static int endOfDigits(String text, int start) {
    int at = start;
    while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
