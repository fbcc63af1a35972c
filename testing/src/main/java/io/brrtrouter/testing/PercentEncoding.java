package io.brrtrouter.testing;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of UTF-8 (RFC 3986 section 2.1). */
final class PercentEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String UNRESERVED = "-._~";

  /** What else may stand in a path and a query, {@code %} included. */
  private static final String ALLOWED = UNRESERVED + "%!$&'()*+,;=:@/?";

  private PercentEncoding() {}

  /**
   * {@return the text with everything encoded but unreserved characters}
   *
   * @param text any text
   */
  static String all(String text) {
    return encode(text, UNRESERVED);
  }

  /**
   * {@return the text with only that encoded which no URI can have}
   *
   * @param text a path, with or without a query, that may be encoded already
   */
  static String complete(String text) {
    return encode(text, ALLOWED);
  }

  private static String encode(String text, String kept) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (alphanumeric || kept.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        HEX.toHexDigits(encoded.append('%'), octet);
      }
    }
    return encoded.toString();
  }
}
