package io.brrtrouter.schema;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What Jackson's parser takes for granted about a JSON text in UTF-8: that it is UTF-8 (RFC 3629)
 * without byte order mark, and that escaped surrogates come in pairs.
 */
final class JsonText {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long BACKSLASHES = ONES * '\\';

  private JsonText() {}

  /** Whether the text can be given to the parser. */
  static boolean isClean(byte[] json) {
    int plain = plainPrefix(json);
    return isUtf8(json, plain) && !mayBeDecodedAsWide(json) && hasPairedEscapes(json, plain);
  }

  /** The length of a prefix, a multiple of 8, of ASCII characters other than the backslash. */
  private static int plainPrefix(byte[] json) {
    int at = 0;
    while (at + 8 <= json.length) {
      long word = (long) WORDS.get(json, at);
      long backslash = word ^ BACKSLASHES;
      if (((word | ((backslash - ONES) & ~backslash)) & HIGH_BITS) != 0) {
        return at;
      }
      at += 8;
    }
    return at;
  }

  /** The parser takes a text with a zero byte among the first four for UTF-16 or UTF-32. */
  private static boolean mayBeDecodedAsWide(byte[] json) {
    for (int i = 0; i < Math.min(4, json.length); i++) {
      if (json[i] == 0) {
        return true;
      }
    }
    return false;
  }

  static boolean hasByteOrderMark(byte[] json) {
    return json.length >= 3
        && json[0] == (byte) 0xEF
        && json[1] == (byte) 0xBB
        && json[2] == (byte) 0xBF;
  }

  private static boolean isUtf8(byte[] json, int start) {
    if (hasByteOrderMark(json)) {
      return false;
    }
    int at = start;
    while (at < json.length) {
      if (json[at] >= 0) {
        at++;
        continue;
      }
      int length = sequenceLength(json, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /**
   * The length of the UTF-8 sequence at an index, 0 when there is no valid one: overlong forms,
   * surrogates and code points above U+10FFFF are not.
   */
  static int sequenceLength(byte[] json, int at) {
    int first = json[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (at + length > json.length) {
      return 0;
    }
    int second = json[at + 1] & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((json[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static boolean hasPairedEscapes(byte[] json, int start) {
    int at = start;
    while (at < json.length) {
      if (json[at] != '\\') {
        at++;
        continue;
      }
      int unit = escapedUnit(json, at);
      if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
        at += 2;
      } else if (isPair(json, at)) {
        at += 12;
      } else {
        return false;
      }
    }
    return true;
  }

  /** Whether two escapes in a row make one code point. */
  static boolean isPair(byte[] json, int at) {
    int high = escapedUnit(json, at);
    int low = escapedUnit(json, at + 6);
    return high >= Character.MIN_HIGH_SURROGATE
        && high <= Character.MAX_HIGH_SURROGATE
        && low >= Character.MIN_LOW_SURROGATE
        && low <= Character.MAX_LOW_SURROGATE;
  }

  /**
   * The UTF-16 unit of an escape with four hexadecimal digits at an index; -1 when none is there.
   */
  static int escapedUnit(byte[] json, int at) {
    if (at + 6 > json.length || json[at] != '\\' || json[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = json[i] < 0 ? -1 : Character.digit(json[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = (unit << 4) | digit;
    }
    return unit;
  }
}
