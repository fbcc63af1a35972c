package io.brrtrouter.server.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Times of header fields, whole seconds (RFC 9110 section 5.6.7). */
public final class HttpDate {
  private static final DateTimeFormatter FIXED = format("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

  /** A year of two digits is at most fifty years ahead. */
  private static final int AHEAD = 50;

  /** Obsolete ones that every recipient has to read. */
  private static final List<DateTimeFormatter> OBSOLETE =
      List.of(rfc850(), format("EEE MMM ppd HH:mm:ss uuuu"));

  private HttpDate() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static DateTimeFormatter rfc850() {
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(
            ChronoField.YEAR, 2, 2, Year.now(ZoneOffset.UTC).getValue() + AHEAD - 99)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * {@return a time as header fields have it, cut to the second}
   *
   * @param time the time
   */
  public static String format(Instant time) {
    return FIXED.format(time.atOffset(ZoneOffset.UTC));
  }

  /**
   * {@return the time that a field value is, in any of the three formats; empty if it is none}
   *
   * @param field the value
   */
  public static Optional<Instant> parse(String field) {
    Optional<Instant> time = parse(FIXED, field);
    for (int i = 0; time.isEmpty() && i < OBSOLETE.size(); i++) {
      time = parse(OBSOLETE.get(i), field);
    }
    return time;
  }

  private static Optional<Instant> parse(DateTimeFormatter format, String field) {
    try {
      return Optional.of(LocalDateTime.parse(field, format).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
