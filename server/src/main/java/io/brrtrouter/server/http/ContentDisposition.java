package io.brrtrouter.server.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Values of {@code Content-Disposition} (RFC 6266): whether a browser shows what a response has or
 * saves it, and under which name. Any name will do: what could lead out of a directory, end the
 * field or deceive a reader becomes {@code _}.
 */
public final class ContentDisposition {
  /** Characters; file systems take names of 255 octets. */
  private static final int LONGEST = 200;

  /** Characters from the last point on that a name keeps when it is cut. */
  private static final int EXTENSION = 16;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private ContentDisposition() {}

  /**
   * {@return the value that lets content be saved}
   *
   * @param fileName the name that is proposed for it
   */
  public static String attachment(String fileName) {
    return value("attachment", fileName);
  }

  /**
   * {@return the value that lets content be shown}
   *
   * @param fileName the name that is proposed for it when it is saved
   */
  public static String inline(String fileName) {
    return value("inline", fileName);
  }

  private static String value(String type, String fileName) {
    String name = shortened(safe(fileName));
    String fallback = fallback(name);
    StringBuilder value = new StringBuilder(type).append("; filename=\"");
    for (int i = 0; i < fallback.length(); i++) {
      if (fallback.charAt(i) == '"') {
        value.append('\\');
      }
      value.append(fallback.charAt(i));
    }
    value.append('"');
    if (!fallback.equals(name)) {
      appendExtended(value.append("; filename*=UTF-8''"), name);
    }
    return value.toString();
  }

  /** {@return a name of one file} */
  private static String safe(String fileName) {
    StringBuilder safe = new StringBuilder();
    fileName.codePoints().map(c -> isUnsafe(c) ? '_' : c).forEach(safe::appendCodePoint);
    String name = safe.toString().strip();
    return name.isEmpty() || name.equals(".") || name.equals("..") ? "_" : name;
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      // Formats are invisible, and turn the direction of what stands behind them.
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> c == '/' || c == '\\';
    };
  }

  private static String shortened(String name) {
    int length = name.codePointCount(0, name.length());
    if (length <= LONGEST) {
      return name;
    }
    int point = name.lastIndexOf('.');
    String extension = point > 0 && name.length() - point <= EXTENSION ? name.substring(point) : "";
    int kept = LONGEST - extension.codePointCount(0, extension.length());
    return name.substring(0, name.offsetByCodePoints(0, kept)) + extension;
  }

  /** Without the percent sign, which some clients decode (RFC 6266 appendix D). */
  private static String fallback(String name) {
    StringBuilder ascii = new StringBuilder();
    name.codePoints().map(c -> c >= 127 || c == '%' ? '_' : c).forEach(ascii::appendCodePoint);
    return ascii.toString();
  }

  /** {@code value-chars} of RFC 8187 section 3.2.1. */
  private static void appendExtended(StringBuilder value, String name) {
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (Tokens.isTokenCharacter(c) && "*'%".indexOf(c) < 0) {
        value.append(c);
      } else {
        value.append('%').append(HEX.toHexDigits(octet));
      }
    }
  }
}
