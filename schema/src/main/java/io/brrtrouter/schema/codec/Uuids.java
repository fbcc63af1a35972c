package io.brrtrouter.schema.codec;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** UUIDs as texts, RFC 9562 section 4: any version and variant, digits in either case. */
final class Uuids {
  static final int LENGTH = 36;

  private Uuids() {}

  static @Nullable UUID parse(byte[] text, int from, int to) {
    if (to - from != LENGTH
        || text[from + 8] != '-'
        || text[from + 13] != '-'
        || text[from + 18] != '-'
        || text[from + 23] != '-') {
      return null;
    }
    long timeLow = hex(text, from, 8);
    long timeMid = hex(text, from + 9, 4);
    long timeHigh = hex(text, from + 14, 4);
    long clock = hex(text, from + 19, 4);
    long nodeHigh = hex(text, from + 24, 4);
    long nodeLow = hex(text, from + 28, 8);
    if ((timeLow | timeMid | timeHigh | clock | nodeHigh | nodeLow) < 0) {
      return null;
    }
    return new UUID(
        (timeLow << 32) | (timeMid << 16) | timeHigh, (clock << 48) | (nodeHigh << 32) | nodeLow);
  }

  /** The value of some digits, at most eight; negative if one is none. */
  private static long hex(byte[] text, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      value = (value << 4) | Hex.digit(text[i]);
    }
    return value;
  }

  static void write(UUID value, byte[] out, int at) {
    long high = value.getMostSignificantBits();
    long low = value.getLeastSignificantBits();
    long middle = Hex.digits((int) high);
    long clock = Hex.digits((int) (low >>> 32));
    Words.set(out, at, Hex.digits((int) (high >>> 32)));
    out[at + 8] = '-';
    Words.setHalf(out, at + 9, (int) middle);
    out[at + 13] = '-';
    Words.setHalf(out, at + 14, (int) (middle >>> 32));
    out[at + 18] = '-';
    Words.setHalf(out, at + 19, (int) clock);
    out[at + 23] = '-';
    Words.setHalf(out, at + 24, (int) (clock >>> 32));
    Words.set(out, at + 28, Hex.digits((int) low));
  }
}
