package io.brrtrouter.server.decode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How octets of a text are written in a place of a request. A raw text is a string with one
 * character per octet sent; the decoded text is what its octets mean in UTF-8.
 */
enum Percent {
  /** {@code %XX} is an octet (RFC 3986 section 2.1). */
  URI,
  /** {@code %XX} is an octet and {@code +} a space (WHATWG URL section 5.1). */
  FORM,
  /** Every character is itself: header fields and cookies of style {@code cookie}. */
  NONE;

  /** {@return whether the raw text is its own decoded text} */
  boolean isPlain(String raw, int start, int end) {
    if (this == NONE) {
      return true;
    }
    for (int i = start; i < end; i++) {
      char c = raw.charAt(i);
      if (c == '%' || c > 0x7f || (c == '+' && this == FORM)) {
        return false;
      }
    }
    return true;
  }

  /** {@return the decoded text, or null when it is not percent-encoded UTF-8; see {@link #flaw}} */
  @Nullable String decode(String raw, int start, int end) {
    if (isPlain(raw, start, end)) {
      return raw.substring(start, end);
    }
    byte[] octets = new byte[end - start];
    int length = 0;
    int seen = 0;
    for (int i = start; i < end; i++) {
      char c = raw.charAt(i);
      int octet = c;
      if (c == '%') {
        octet = octetAt(raw, i, end);
        i += 2;
      } else if (c == '+' && this == FORM) {
        octet = ' ';
      }
      if (octet < 0 || octet > 0xff) {
        return null;
      }
      octets[length++] = (byte) octet;
      seen |= octet;
    }
    return seen < 0x80
        ? new String(octets, 0, length, StandardCharsets.ISO_8859_1)
        : utf8(octets, length);
  }

  /**
   * Finds what is wrong with a text that does not decode.
   *
   * @return the index in {@code raw} of the first character that is no proper octet or of the first
   *     octet that is not UTF-8; -1 when the text decodes
   */
  int flaw(String raw, int start, int end) {
    if (isPlain(raw, start, end)) {
      return -1;
    }
    byte[] octets = new byte[end - start];
    int[] places = new int[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      char c = raw.charAt(i);
      int octet = c == '%' ? octetAt(raw, i, end) : c;
      if (octet < 0 || octet > 0xff) {
        return i;
      }
      places[length] = i;
      octets[length++] = (byte) octet;
      i += c == '%' ? 2 : 0;
    }
    ByteBuffer in = ByteBuffer.wrap(octets, 0, length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    decoder.decode(in, CharBuffer.allocate(length), true);
    return in.hasRemaining() ? places[in.position()] : -1;
  }

  /** {@return the octets of a percent-encoded ASCII text, or null if it is none} */
  static byte @Nullable [] octets(String encoded) {
    byte[] octets = new byte[encoded.length()];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      int octet = c == '%' ? octetAt(encoded, i, encoded.length()) : c;
      if (octet < 0 || c > 0x7f) {
        return null;
      }
      octets[length++] = (byte) octet;
      i += c == '%' ? 2 : 0;
    }
    return Arrays.copyOf(octets, length);
  }

  /** The octet of {@code %XX} at an index, -1 when there is none. */
  private static int octetAt(String raw, int percent, int end) {
    if (percent + 2 >= end) {
      return -1;
    }
    char high = raw.charAt(percent + 1);
    char low = raw.charAt(percent + 2);
    return HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low)
        ? HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low)
        : -1;
  }

  private static @Nullable String utf8(byte[] octets, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
