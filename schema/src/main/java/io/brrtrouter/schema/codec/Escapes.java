package io.brrtrouter.schema.codec;

import java.nio.charset.StandardCharsets;

/** Escapes in JSON strings, RFC 8259 section 7; surrogates in pairs only. */
final class Escapes {
  private static final int UNIT_LENGTH = 6;

  private Escapes() {}

  /** The number of bytes of the escape at a backslash, 0 when it is none. */
  static int length(byte[] json, int at) {
    if (json.length - at < 2) {
      return 0;
    }
    if (json[at + 1] != 'u') {
      return simple(json[at + 1]) == 0 ? 0 : 2;
    }
    int unit = unit(json, at);
    if (unit < 0) {
      return 0;
    }
    if (!Character.isSurrogate((char) unit)) {
      return UNIT_LENGTH;
    }
    int low = unit(json, at + UNIT_LENGTH);
    boolean pair = low >= 0 && Character.isSurrogatePair((char) unit, (char) low);
    return pair ? 2 * UNIT_LENGTH : 0;
  }

  /** The characters an escape of a length stands for. */
  static int characters(int length) {
    return length == 2 * UNIT_LENGTH ? 2 : 1;
  }

  /** Decodes the inside of a string of which everything has been checked. */
  static String decode(byte[] json, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int at = from;
    while (at < to) {
      int start = at;
      while (at < to && json[at] != '\\') {
        at++;
      }
      if (at > start) {
        text.append(new String(json, start, at - start, StandardCharsets.UTF_8));
      }
      if (at < to) {
        at += append(json, at, text);
      }
    }
    return text.toString();
  }

  private static int append(byte[] json, int at, StringBuilder text) {
    if (json[at + 1] == 'u') {
      text.append((char) unit(json, at));
      return UNIT_LENGTH;
    }
    text.append(simple(json[at + 1]));
    return 2;
  }

  /** The character of a two-character escape, NUL if there is none. */
  private static char simple(int c) {
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> 0;
    };
  }

  /** The UTF-16 unit written at an index with four hexadecimal digits, or -1. */
  private static int unit(byte[] json, int at) {
    if (json.length - at < UNIT_LENGTH || json[at] != '\\' || json[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + UNIT_LENGTH; i++) {
      unit = (unit << 4) | Hex.digit(json[i]);
    }
    return unit;
  }
}
