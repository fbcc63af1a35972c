package io.brrtrouter.schema.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes eight at a time, the first one lowest. */
final class Words {
  static final int BYTES = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long SPACES = ONES * ' ';
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private static final boolean[] PLAIN = new boolean[0x80];

  static {
    for (int c = ' '; c < PLAIN.length; c++) {
      PLAIN[c] = c != '"' && c != '\\';
    }
  }

  private Words() {}

  static long get(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void set(byte[] bytes, int at, long word) {
    LONGS.set(bytes, at, word);
  }

  static void setHalf(byte[] bytes, int at, int word) {
    INTS.set(bytes, at, word);
  }

  /** Keeps the first bytes of a word, 1 to 8 of them. */
  static long mask(int bytes) {
    return -1L >>> (Long.SIZE - Byte.SIZE * bytes);
  }

  /** The first bytes of a slice, as many as a word has or the slice if it is shorter. */
  static long head(byte[] bytes, int from, int length) {
    if (length >= BYTES) {
      return get(bytes, from);
    }
    if (length == 0) {
      return 0;
    }
    if (from + BYTES <= bytes.length) {
      return get(bytes, from) & mask(length);
    }
    long word = 0;
    for (int i = length - 1; i >= 0; i--) {
      word = (word << Byte.SIZE) | (bytes[from + i] & 0xFF);
    }
    return word;
  }

  /**
   * Marks, with its high bit, the first byte of a word that a JSON string cannot hold as it is: a
   * quote, a backslash, a control character or a part of a non-ASCII character. Bits above the
   * lowest one set mean nothing.
   */
  static long special(long word) {
    long quotes = word ^ QUOTES;
    long backslashes = word ^ BACKSLASHES;
    return (((word - SPACES) & ~word)
            | ((quotes - ONES) & ~quotes)
            | ((backslashes - ONES) & ~backslashes)
            | word)
        & HIGH_BITS;
  }

  /** The index of the first such byte of a text, its length if there is none. */
  static int endOfPlain(byte[] text, int from) {
    int at = from;
    while (at + BYTES <= text.length) {
      long special = special(get(text, at));
      if (special != 0) {
        return at + (Long.numberOfTrailingZeros(special) >>> 3);
      }
      at += BYTES;
    }
    while (at < text.length && isPlain(text[at])) {
      at++;
    }
    return at;
  }

  /** Whether a character stands for itself in a JSON string and in one byte. */
  static boolean isPlain(int c) {
    return c >= 0 && c < PLAIN.length && PLAIN[c];
  }
}
