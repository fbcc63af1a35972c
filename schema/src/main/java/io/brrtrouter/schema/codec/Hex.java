package io.brrtrouter.schema.codec;

import java.util.Arrays;

/** Hexadecimal digits in ASCII. */
final class Hex {
  private static final byte[] DIGITS = new byte[256];
  private static final byte[] CHARACTERS = new byte[16];

  static {
    Arrays.fill(DIGITS, (byte) -1);
    for (int i = 0; i < 16; i++) {
      CHARACTERS[i] = (byte) Character.forDigit(i, 16);
      DIGITS[CHARACTERS[i]] = (byte) i;
      DIGITS[Character.toUpperCase(CHARACTERS[i])] = (byte) i;
    }
  }

  private Hex() {}

  /** The value of a digit; -1, and so negative in any union with others, for another byte. */
  static int digit(byte b) {
    return DIGITS[b & 0xFF];
  }

  /** The digit for the lowest four bits, in lower case. */
  static byte character(long bits) {
    return CHARACTERS[(int) bits & 0xF];
  }

  /** The eight digits of a number in lower case, the first one lowest. */
  static long digits(int value) {
    // Each step moves the upper half of every group of digits away from its lower half.
    long spread = value & 0xFFFF_FFFFL;
    spread = (spread | (spread << 16)) & 0x0000_FFFF_0000_FFFFL;
    spread = (spread | (spread << 8)) & 0x00FF_00FF_00FF_00FFL;
    spread = (spread | (spread << 4)) & 0x0F0F_0F0F_0F0F_0F0FL;
    long letters = ((spread + 0x0606_0606_0606_0606L) >>> 4) & 0x0101_0101_0101_0101L;
    return Long.reverseBytes(spread + 0x3030_3030_3030_3030L + letters * ('a' - '0' - 10));
  }
}
