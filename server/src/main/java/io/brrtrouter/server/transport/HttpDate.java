package io.brrtrouter.server.transport;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} field line (RFC 9110 section 6.6.1), made anew each second. */
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Line(long second, String value, byte[] octets) {}

  private static volatile Line current = line(0);

  private HttpDate() {}

  private static Line line(long second) {
    String value = FORMAT.format(Instant.ofEpochSecond(second));
    String text = "Date: " + value + "\r\n";
    return new Line(second, value, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** {@return the value of the field in this second} */
  static String value() {
    return now().value();
  }

  /** {@return the field line of this second, with its end; not to be changed} */
  static byte[] line() {
    return now().octets();
  }

  private static Line now() {
    long second = System.currentTimeMillis() / 1000;
    Line line = current;
    if (line.second() != second) {
      line = line(second);
      current = line;
    }
    return line;
  }
}
