package io.brrtrouter.codegen.client;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding: RFC 3986 section 2.1.
final class Percent {
  private static final String UNRESERVED = "-._~";

  /// Reserved characters that mean nothing in the value of a query's field.
  private static final String RESERVED = UNRESERVED + ":/?@!$'()*;=";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Percent() {}

  /// {@return the text with everything encoded but unreserved characters}
  static String encode(String text) {
    return encode(text, UNRESERVED);
  }

  /// {@return the text with reserved characters left as they are where they separate nothing}
  static String encodeReserved(String text) {
    return encode(text, RESERVED);
  }

  private static String encode(String text, String kept) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte octet : MediaTypes.octets("text in a URL or a form", text, StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (isLetterOrDigit(c) || kept.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return out.toString();
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
