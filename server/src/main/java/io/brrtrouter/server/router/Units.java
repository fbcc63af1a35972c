package io.brrtrouter.server.router;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads a percent-encoded path as the units in which literal text is compared, without building
 * them: equal units are equivalent text (RFC 3986 section 6.2.2, RFC 3987 section 3.1).
 *
 * <p>A unit is a code point, or {@link #ESCAPED} plus an octet for an ASCII octet that is escaped
 * and must stay so: {@code %7E} and {@code ~} are one unit, {@code %2F} and {@code /} are two, and
 * so are {@code %3A} and {@code :}. A character that a path must not contain raw ({@code |}, space)
 * is the same unit as its escape, and a character beyond ASCII the same as its escaped UTF-8.
 */
final class Units {
  /** Above every code point. */
  static final int ESCAPED = 0x11_0000;

  /** The most characters one unit can take: four escaped octets. */
  static final int WIDEST = 12;

  /** 2 to the power of 32 over the golden ratio: spreads numbers over the upper bits (Knuth). */
  private static final int GOLDEN = 0x9E37_79B9;

  /** The unit of each ASCII character that stands for itself; -1 for {@code %}. */
  private static final int[] PLAIN = new int[128];

  static {
    for (char c = 0; c < 128; c++) {
      PLAIN[c] = isUnreserved(c) || "/:@!$&'()*+,;=".indexOf(c) >= 0 ? c : ESCAPED + c;
    }
    PLAIN['%'] = -1;
  }

  private Units() {}

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  /** {@return the unit at an index, which begins one; the escapes are known to be valid} */
  static int at(String text, int index) {
    char c = text.charAt(index);
    int unit = c < 128 ? PLAIN[c] : text.codePointAt(index);
    return unit >= 0 ? unit : escapedAt(text, index);
  }

  private static int escapedAt(String text, int index) {
    int octet = octetAt(text, index);
    if (octet < 0x80) {
      return isUnreserved(octet) ? octet : ESCAPED + octet;
    }
    int octets = length(octet);
    int codePoint = octet & (0x7F >> octets);
    for (int i = 1; i < octets; i++) {
      codePoint = (codePoint << 6) | (octetAt(text, index + 3 * i) & 0x3F);
    }
    return codePoint;
  }

  /** {@return the index after the unit that begins at an index} */
  static int after(String text, int index) {
    char c = text.charAt(index);
    if (c < 128 && c != '%') {
      return index + 1;
    }
    if (c == '%') {
      return index + 3 * length(octetAt(text, index));
    }
    return index + Character.charCount(text.codePointAt(index));
  }

  /** {@return the index after literal units found at an index, or -1 where the text differs} */
  static int after(String text, int index, int end, int[] units) {
    int at = index;
    for (int unit : units) {
      if (at >= end) {
        return -1;
      }
      char c = text.charAt(at);
      int plain = c < 128 ? PLAIN[c] : -1;
      if (plain == unit) {
        at++;
      } else if (plain >= 0 || at(text, at) != unit) {
        return -1;
      } else {
        at = after(text, at);
      }
    }
    return at;
  }

  /**
   * {@return a number that is the same for the same segment, with its first bits best mixed}
   *
   * @param text literal text
   * @param from where the segment begins
   */
  static int hash(String text, int from) {
    int hash = 0;
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      int unit = c < 128 ? PLAIN[c] : -1;
      if (unit == '/') {
        break;
      }
      if (unit >= 0) {
        at++;
      } else {
        unit = at(text, at);
        at = after(text, at);
      }
      hash = 31 * hash + unit;
    }
    return hash * GOLDEN;
  }

  /** {@return the same number for the first segment of literal text} */
  static int hash(int[] units) {
    int hash = 0;
    for (int i = 0; i < units.length && units[i] != '/'; i++) {
      hash = 31 * hash + units[i];
    }
    return hash * GOLDEN;
  }

  /**
   * {@return below, at or above zero as a segment is before, the same as or behind the first
   * segment of literal text, unit by unit}
   */
  static int order(String text, int from, int[] units) {
    int at = from;
    for (int i = 0; i < units.length && units[i] != '/'; i++) {
      int unit = at == text.length() ? '/' : at(text, at);
      if (unit != units[i]) {
        return unit == '/' ? -1 : Integer.compare(unit, units[i]);
      }
      at = after(text, at);
    }
    return at == text.length() || text.charAt(at) == '/' ? 0 : 1;
  }

  /** {@return the text whose every character is the unit itself, or null if there is none} */
  static @Nullable String plain(int[] units) {
    if (units.length == 0) {
      return "";
    }
    StringBuilder text = new StringBuilder(units.length);
    for (int unit : units) {
      if (unit >= 128) {
        return null;
      }
      text.append((char) unit);
    }
    return text.toString();
  }

  /**
   * {@return the index of the first {@code %} that does not begin a valid escape of UTF-8, or -1}
   */
  static int firstInvalid(String text) {
    int at = text.indexOf('%');
    while (at >= 0) {
      int octets = validOctets(text, at);
      if (octets == 0) {
        return at;
      }
      at = text.indexOf('%', at + 3 * octets);
    }
    return -1;
  }

  /** {@return how many escaped octets make the well-formed UTF-8 sequence at an index, or 0} */
  private static int validOctets(String text, int index) {
    int first = octetAt(text, index);
    if (first < 0x80) {
      return first < 0 ? 0 : 1;
    }
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int octets = length(first);
    for (int i = 1; i < octets; i++) {
      int octet = octetAt(text, index + 3 * i);
      // Unicode 15, table 3-7: the second octet rules out overlong forms, surrogates, > U+10FFFF.
      int low = i > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
      int high = i > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
      if (octet < low || octet > high) {
        return 0;
      }
    }
    return octets;
  }

  /** {@return how many octets a UTF-8 sequence has that begins with this one} */
  private static int length(int first) {
    if (first < 0x80) {
      return 1;
    }
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  }

  /** {@return the octet escaped at an index, or -1 if there is none} */
  static int octetAt(String text, int index) {
    if (index + 2 >= text.length() || text.charAt(index) != '%') {
      return -1;
    }
    char high = text.charAt(index + 1);
    char low = text.charAt(index + 2);
    return HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low)
        ? HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low)
        : -1;
  }
}
