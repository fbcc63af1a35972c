package io.brrtrouter.schema.format;

/**
 * The formats {@code date-time}, {@code date} and {@code time}: {@code date-time}, {@code
 * full-date} and {@code full-time} of RFC 3339 section 5.6 with the restrictions of section 5.7,
 * and their counterparts without offset, {@code date-time-local} and {@code time-local} of the
 * OpenAPI Format Registry.
 *
 * <p>Second 60 is valid where a leap second can be: at 23:59 UTC, on any day, because the table of
 * leap seconds grows (section 5.7). Without an offset any minute may be that one.
 */
public final class DateTimes {
  private static final int DATE_LENGTH = 10;
  private static final int TIME_LENGTH = 8;
  private static final int MINUTES_PER_DAY = 24 * 60;
  private static final int NO_OFFSET = Integer.MIN_VALUE;

  private DateTimes() {}

  /**
   * Tests for {@code date-time}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isDateTime(String text) {
    return startsWithDateAndT(text) && isTimeFrom(text, DATE_LENGTH + 1, true);
  }

  /**
   * Tests for {@code date}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isDate(String text) {
    return text.length() == DATE_LENGTH && startsWithDate(text);
  }

  /**
   * Tests for {@code time}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isTime(String text) {
    return isTimeFrom(text, 0, true);
  }

  /**
   * Tests for {@code date-time-local}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isLocalDateTime(String text) {
    return startsWithDateAndT(text) && isTimeFrom(text, DATE_LENGTH + 1, false);
  }

  /**
   * Tests for {@code time-local}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isLocalTime(String text) {
    return isTimeFrom(text, 0, false);
  }

  private static boolean startsWithDateAndT(String text) {
    return text.length() > DATE_LENGTH
        && (text.charAt(DATE_LENGTH) | 0x20) == 't'
        && startsWithDate(text);
  }

  private static boolean startsWithDate(String text) {
    int century = Ascii.twoDigits(text, 0);
    int yearOfCentury = Ascii.twoDigits(text, 2);
    int month = Ascii.twoDigits(text, 5);
    int day = Ascii.twoDigits(text, 8);
    return century >= 0
        && yearOfCentury >= 0
        && text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= daysOf(month, century * 100 + yearOfCentury);
  }

  static int daysOf(int month, int year) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static boolean isTimeFrom(String text, int start, boolean offset) {
    int hour = Ascii.twoDigits(text, start);
    int minute = Ascii.twoDigits(text, start + 3);
    int second = Ascii.twoDigits(text, start + 6);
    if (hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 60
        || text.charAt(start + 2) != ':'
        || text.charAt(start + 5) != ':') {
      return false;
    }
    int at = endOfFraction(text, start + TIME_LENGTH);
    int minuteOfDay = hour * 60 + minute;
    if (!offset) {
      return at == text.length();
    }
    int offsetMinutes = at < 0 ? NO_OFFSET : offsetMinutes(text, at);
    return offsetMinutes != NO_OFFSET
        && (second < 60
            || Math.floorMod(minuteOfDay - offsetMinutes, MINUTES_PER_DAY) == MINUTES_PER_DAY - 1);
  }

  /** {@return the index after an optional fraction of a second, or -1 for a lone point} */
  private static int endOfFraction(String text, int start) {
    if (start == text.length() || text.charAt(start) != '.') {
      return start;
    }
    int at = start + 1;
    while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
      at++;
    }
    return at == start + 1 ? -1 : at;
  }

  /** {@return the {@code time-offset} that is the rest of the text, or {@link #NO_OFFSET}} */
  private static int offsetMinutes(String text, int at) {
    int left = text.length() - at;
    if (left == 1 && (text.charAt(at) | 0x20) == 'z') {
      return 0;
    }
    if (left != 6 || text.charAt(at + 3) != ':') {
      return NO_OFFSET;
    }
    int hours = Ascii.twoDigits(text, at + 1);
    int minutes = Ascii.twoDigits(text, at + 4);
    char sign = text.charAt(at);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || (sign != '+' && sign != '-')) {
      return NO_OFFSET;
    }
    int total = hours * 60 + minutes;
    return sign == '+' ? total : -total;
  }
}
