package io.brrtrouter.schema.codec;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * {@code full-date} and {@code date-time} of RFC 3339 section 5.6, the latter with the restrictions
 * of section 5.7, as Java values.
 *
 * <p>Where Java has no such value the nearest is taken: second 60 becomes the last nanosecond of
 * second 59, digits beyond the nanosecond are cut, and an offset beyond 18 hours becomes UTC.
 */
final class DateTimes {
  static final int DATE_LENGTH = 10;

  /** With nine digits of a fraction and an offset. */
  static final int MAX_LENGTH = 35;

  private static final int TIME_LENGTH = 8;
  private static final int MINUTES_PER_DAY = 24 * 60;
  private static final int MAX_JAVA_OFFSET = 18 * 60;
  private static final int NO_OFFSET = Integer.MIN_VALUE;
  private static final int NANO_DIGITS = 9;
  private static final int MAX_NANO = 999_999_999;

  private DateTimes() {}

  static @Nullable LocalDate parseDate(byte[] text, int from, int to) {
    return to - from == DATE_LENGTH ? date(text, from) : null;
  }

  private static @Nullable LocalDate date(byte[] text, int at) {
    int century = twoDigits(text, at);
    int year = century * 100 + twoDigits(text, at + 2);
    int month = twoDigits(text, at + 5);
    int day = twoDigits(text, at + 8);
    if ((century | year | month | day) < 0 || text[at + 4] != '-' || text[at + 7] != '-') {
      return null;
    }
    boolean exists =
        month >= 1
            && month <= 12
            && day >= 1
            && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
    return exists ? LocalDate.of(year, month, day) : null;
  }

  /** The value of two digits; so negative that no sum with others is not, if they are none. */
  private static int twoDigits(byte[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    boolean digits = (tens | ones | (9 - tens) | (9 - ones)) >= 0;
    return digits ? tens * 10 + ones : -1_000_000;
  }

  static @Nullable OffsetDateTime parseDateTime(byte[] text, int from, int to) {
    int start = from + DATE_LENGTH + 1;
    if (to - start <= TIME_LENGTH || (text[start - 1] | 0x20) != 't') {
      return null;
    }
    LocalDate date = date(text, from);
    int end = endOfFraction(text, start + TIME_LENGTH, to);
    int offset = offsetMinutes(text, end, to);
    if (date == null || offset == NO_OFFSET) {
      return null;
    }
    LocalTime time = time(text, start, end, offset);
    return time == null ? null : at(LocalDateTime.of(date, time), offset);
  }

  private static @Nullable LocalTime time(byte[] text, int at, int end, int offset) {
    int hour = twoDigits(text, at);
    int minute = twoDigits(text, at + 3);
    int second = twoDigits(text, at + 6);
    if ((hour | minute | second) < 0
        || hour > 23
        || minute > 59
        || second > 60
        || text[at + 2] != ':'
        || text[at + 5] != ':') {
      return null;
    }
    if (second == 60) {
      return isLastMinute(hour * 60 + minute - offset)
          ? LocalTime.of(hour, minute, 59, MAX_NANO)
          : null;
    }
    return LocalTime.of(hour, minute, second, nanos(text, at + TIME_LENGTH, end));
  }

  private static boolean isLastMinute(int minuteOfDay) {
    return Math.floorMod(minuteOfDay, MINUTES_PER_DAY) == MINUTES_PER_DAY - 1;
  }

  /** The index after an optional fraction of a second. */
  private static int endOfFraction(byte[] text, int start, int to) {
    if (text[start] != '.') {
      return start;
    }
    int at = start + 1;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    // A point without digits ends nothing: no offset starts with one.
    return at == start + 1 ? start : at;
  }

  private static int nanos(byte[] text, int point, int end) {
    int nanos = 0;
    for (int i = 1; i <= NANO_DIGITS && point < end; i++) {
      nanos = nanos * 10 + (point + i < end ? text[point + i] - '0' : 0);
    }
    return nanos;
  }

  /** The {@code time-offset} that is the rest of the text. */
  private static int offsetMinutes(byte[] text, int at, int to) {
    if (to - at == 1) {
      return (text[at] | 0x20) == 'z' ? 0 : NO_OFFSET;
    }
    if (to - at != 6 || text[at + 3] != ':') {
      return NO_OFFSET;
    }
    int hours = twoDigits(text, at + 1);
    int minutes = twoDigits(text, at + 4);
    if ((hours | minutes) < 0 || hours > 23 || minutes > 59) {
      return NO_OFFSET;
    }
    return switch (text[at]) {
      case '+' -> hours * 60 + minutes;
      case '-' -> -hours * 60 - minutes;
      default -> NO_OFFSET;
    };
  }

  private static OffsetDateTime at(LocalDateTime local, int offset) {
    if (offset == 0) {
      return OffsetDateTime.of(local, ZoneOffset.UTC);
    }
    return Math.abs(offset) <= MAX_JAVA_OFFSET
        ? OffsetDateTime.of(local, ZoneOffset.ofTotalSeconds(offset * 60))
        : OffsetDateTime.of(local.minusMinutes(offset), ZoneOffset.UTC);
  }

  /** Whether a year can be written. */
  static boolean isWritable(int year) {
    return year >= 0 && year <= 9999;
  }

  /** Writes a date of a writable year; answers the index behind it. */
  static int write(LocalDate date, byte[] out, int at) {
    int year = date.getYear();
    Digits.writeTwo(year / 100, out, at);
    Digits.writeTwo(year % 100, out, at + 2);
    out[at + 4] = '-';
    Digits.writeTwo(date.getMonthValue(), out, at + 5);
    out[at + 7] = '-';
    Digits.writeTwo(date.getDayOfMonth(), out, at + 8);
    return at + DATE_LENGTH;
  }

  /** Writes a time of a writable year and an offset in minutes; answers the index behind it. */
  static int write(OffsetDateTime time, byte[] out, int start) {
    int at = write(time.toLocalDate(), out, start);
    out[at] = 'T';
    Digits.writeTwo(time.getHour(), out, at + 1);
    out[at + 3] = ':';
    Digits.writeTwo(time.getMinute(), out, at + 4);
    out[at + 6] = ':';
    Digits.writeTwo(time.getSecond(), out, at + 7);
    at += 1 + TIME_LENGTH;
    if (time.getNano() != 0) {
      at = writeFraction(time.getNano(), out, at);
    }
    return writeOffset(time.getOffset().getTotalSeconds() / 60, out, at);
  }

  private static int writeFraction(int nano, byte[] out, int at) {
    out[at] = '.';
    int rest = nano;
    for (int i = at + NANO_DIGITS; i > at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    int end = at + NANO_DIGITS + 1;
    while (out[end - 1] == '0') {
      end--;
    }
    return end;
  }

  private static int writeOffset(int minutes, byte[] out, int at) {
    if (minutes == 0) {
      out[at] = 'Z';
      return at + 1;
    }
    int size = Math.abs(minutes);
    out[at] = (byte) (minutes < 0 ? '-' : '+');
    Digits.writeTwo(size / 60, out, at + 1);
    out[at + 3] = ':';
    Digits.writeTwo(size % 60, out, at + 4);
    return at + 6;
  }
}
