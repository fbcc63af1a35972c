package io.brrtrouter.schema.format;

import java.util.List;

/**
 * The {@code http-date} format: {@code HTTP-date} of RFC 9110 section 5.6.7 in its three forms, of
 * which senders write the first. The name of the day is not compared with the date.
 */
public final class HttpDates {
  private static final List<String> DAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private HttpDates() {}

  /**
   * Tests a text.
   *
   * @param text the text
   * @return whether it is an HTTP date
   */
  public static boolean isHttpDate(String text) {
    for (String day : DAYS) {
      if (text.startsWith(day.substring(0, 3))) {
        return isImfFixdate(text) || isRfc850Date(text, day) || isAsctimeDate(text);
      }
    }
    return false;
  }

  /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  private static boolean isImfFixdate(String text) {
    return text.length() == 29
        && text.startsWith(", ", 3)
        && text.charAt(7) == ' '
        && text.charAt(11) == ' '
        && text.charAt(16) == ' '
        && isDate(Ascii.twoDigits(text, 5), text.substring(8, 11), year(text, 12))
        && isTime(text, 17)
        && text.endsWith(" GMT");
  }

  /** {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
  private static boolean isRfc850Date(String text, String day) {
    int at = day.length() + 2;
    return text.length() == at + 22
        && text.startsWith(day + ", ")
        && text.charAt(at + 2) == '-'
        && text.charAt(at + 6) == '-'
        && text.charAt(at + 9) == ' '
        // The century is a guess of the reader's; 2000 has the most leap days.
        && Ascii.twoDigits(text, at + 7) >= 0
        && isDate(
            Ascii.twoDigits(text, at),
            text.substring(at + 3, at + 6),
            2000 + Ascii.twoDigits(text, at + 7))
        && isTime(text, at + 10)
        && text.endsWith(" GMT");
  }

  /** {@code Sun Nov 6 08:49:37 1994}. */
  private static boolean isAsctimeDate(String text) {
    if (text.length() != 24
        || text.charAt(3) != ' '
        || text.charAt(7) != ' '
        || text.charAt(10) != ' '
        || text.charAt(19) != ' ') {
      return false;
    }
    boolean oneDigit = text.charAt(8) == ' ' && Ascii.isDigit(text.charAt(9));
    int day = oneDigit ? text.charAt(9) - '0' : Ascii.twoDigits(text, 8);
    return isDate(day, text.substring(4, 7), year(text, 20)) && isTime(text, 11);
  }

  private static int year(String text, int at) {
    int century = Ascii.twoDigits(text, at);
    int yearOfCentury = Ascii.twoDigits(text, at + 2);
    return century < 0 || yearOfCentury < 0 ? -1 : century * 100 + yearOfCentury;
  }

  private static boolean isDate(int day, String month, int year) {
    int at = MONTHS.indexOf(month);
    return at >= 0
        && at % 3 == 0
        && year >= 0
        && day >= 1
        && day <= DateTimes.daysOf(at / 3 + 1, year);
  }

  private static boolean isTime(String text, int at) {
    int hour = Ascii.twoDigits(text, at);
    int minute = Ascii.twoDigits(text, at + 3);
    int second = Ascii.twoDigits(text, at + 6);
    return hour >= 0
        && hour <= 23
        && minute >= 0
        && minute <= 59
        && second >= 0
        && second <= 60
        && text.charAt(at + 2) == ':'
        && text.charAt(at + 5) == ':';
  }
}
