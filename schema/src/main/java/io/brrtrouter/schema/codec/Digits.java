package io.brrtrouter.schema.codec;

/** Decimal digits in ASCII. */
final class Digits {
  /** Sign and digits of the longest {@code long}. */
  static final int MAX_LENGTH = 20;

  /** The digits of 0 to 99, two bytes each. */
  private static final byte[] PAIRS = new byte[200];

  static {
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  private Digits() {}

  /** Writes a number from 0 to 99. */
  static void writeTwo(int value, byte[] out, int at) {
    out[at] = PAIRS[2 * value];
    out[at + 1] = PAIRS[2 * value + 1];
  }

  /** Writes a number; answers the index behind it. */
  static int write(long value, byte[] out, int start) {
    int at = start;
    // Negative numbers have one more than positive ones.
    long rest = value < 0 ? value : -value;
    if (value < 0) {
      out[at++] = '-';
    }
    int end = at + count(rest);
    writeNegative(rest, out, end);
    return end;
  }

  /**
   * Writes a number with some digits, 1 to 18, behind a point; answers the index behind it. The
   * number has at most 18 digits.
   */
  static int writeScaled(long unscaled, int scale, byte[] out, int start) {
    int at = start;
    long rest = unscaled < 0 ? unscaled : -unscaled;
    if (unscaled < 0) {
      out[at++] = '-';
    }
    int digits = Math.max(count(rest), scale + 1);
    int end = at + digits;
    writeNegative(rest, out, end, at);
    System.arraycopy(out, end - scale, out, end - scale + 1, scale);
    out[end - scale] = '.';
    return end + 1;
  }

  /** The number of digits of a number that is not positive. */
  private static int count(long value) {
    int count = 1;
    for (long power = -10; value <= power; power *= 10) {
      if (++count == MAX_LENGTH - 1) {
        break;
      }
    }
    return count;
  }

  /** Writes the digits of a number that is not positive up to an index. */
  private static void writeNegative(long value, byte[] out, int end) {
    long rest = value;
    int at = end;
    while (rest <= -100) {
      at -= 2;
      writeTwo((int) -(rest % 100), out, at);
      rest /= 100;
    }
    if (rest <= -10) {
      writeTwo((int) -rest, out, at - 2);
    } else {
      out[at - 1] = (byte) ('0' - rest);
    }
  }

  /** The same with zeros before. */
  private static void writeNegative(long value, byte[] out, int end, int from) {
    long rest = value;
    for (int at = end - 1; at >= from; at--) {
      out[at] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
  }
}
