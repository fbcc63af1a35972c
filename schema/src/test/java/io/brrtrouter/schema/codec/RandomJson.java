package io.brrtrouter.schema.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Texts that are JSON, and texts that nearly are. */
final class RandomJson {
  private static final String[] NAMES = {
    "a",
    "name",
    "created_at",
    "größe",
    "a_name_of_more_than_sixteen",
    "q\\\"\\\\",
    "b",
    "",
    "\\u0061",
    "nam\\u0065",
    "gr\\u00f6\\u00dfe",
    "created_aT",
    "a_name_of_more_than_sixteeN",
    "😀",
    "\\ud83d\\ude00"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1.5",
    "0.0",
    "-0.0",
    "1E2",
    "1e-7",
    "0.0000001",
    "123456789012345678",
    "1234567890123456789",
    "12345678901234567890e-10",
    "9223372036854775807",
    "-9223372036854775808",
    "1e400",
    "1E+2147483647",
    "1e-2147483647",
    "0e9999999999",
    "1e2147483648",
    "1.25e-2147483646",
    "1e000000000000000000002",
    "0.123456789012345678"
  };
  private static final String[] PIECES = {
    "plain",
    "more than eight characters",
    "ä",
    "€",
    "😀",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\u0000",
    "\\uD83D\\uDE00",
    "\\u00e4",
    "\u007f",
    "\u0080",
    "\u07ff",
    "\u0800",
    "\uffff",
    "x"
  };
  private static final byte[][] INSERTIONS = {
    {'"'},
    {'\\'},
    {'\\', 'u'},
    {','},
    {':'},
    {'{'},
    {'}'},
    {'['},
    {']'},
    {'0'},
    {'.'},
    {'e'},
    {'-'},
    {' '},
    {'\t'},
    {'\n'},
    {0},
    {0x1F},
    {(byte) 0xC3},
    {(byte) 0x80},
    {(byte) 0xC0, (byte) 0x80},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
    {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
    {(byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
    {(byte) 0xFF},
    "\\ud83d".getBytes(StandardCharsets.US_ASCII),
    "\\ude00".getBytes(StandardCharsets.US_ASCII)
  };

  private final Random random;

  RandomJson(long seed) {
    random = new Random(seed);
  }

  byte[] valid() {
    StringBuilder out = new StringBuilder();
    value(out, 1 + random.nextInt(5));
    return Values.utf8(out.toString());
  }

  /** A text with some damage, which may have done no harm. */
  byte[] mutated() {
    byte[] text = valid();
    for (int i = random.nextInt(3); i >= 0; i--) {
      text = mutate(text);
    }
    return text;
  }

  byte[] mutate(byte[] text) {
    int at = random.nextInt(text.length + 1);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(text, at);
      case 1 -> insert(text, at, pick(INSERTIONS));
      case 2 -> remove(text, at);
      default -> flip(text, at);
    };
  }

  private byte[] flip(byte[] text, int at) {
    byte[] flipped = text.clone();
    if (at < text.length) {
      flipped[at] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private static byte[] insert(byte[] text, int at, byte[] insertion) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(text, 0, at);
    out.writeBytes(insertion);
    out.write(text, at, text.length - at);
    return out.toByteArray();
  }

  private static byte[] remove(byte[] text, int at) {
    int end = Math.min(at + 1, text.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(text, 0, at);
    out.write(text, end, text.length - end);
    return out.toByteArray();
  }

  <T> T pick(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  Random random() {
    return random;
  }

  private void value(StringBuilder out, int depth) {
    space(out);
    switch (random.nextInt(depth == 0 ? 6 : 12)) {
      case 0 -> out.append("true");
      case 1 -> out.append("false");
      case 2 -> out.append("null");
      case 3 -> out.append(number());
      case 4, 5 -> string(out);
      case 6, 7 -> array(out, depth - 1);
      default -> object(out, depth - 1);
    }
    space(out);
  }

  private void space(StringBuilder out) {
    if (random.nextInt(8) == 0) {
      out.append(" \n\r\t".charAt(random.nextInt(4)));
    }
  }

  String number() {
    if (random.nextBoolean()) {
      return pick(NUMBERS);
    }
    StringBuilder out = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    out.append(random.nextInt(4) == 0 ? "0" : "" + (1 + random.nextInt(9)) + digits());
    if (random.nextBoolean()) {
      out.append('.').append(random.nextInt(10)).append(digits());
    }
    if (random.nextInt(3) == 0) {
      out.append(pick(new String[] {"e", "E", "e-", "E+"})).append(random.nextInt(40));
    }
    return out.toString();
  }

  private String digits() {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(4) == 0 ? 30 : 6); i > 0; i--) {
      out.append(random.nextInt(10));
    }
    return out.toString();
  }

  private void string(StringBuilder out) {
    out.append('"');
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append(pick(PIECES));
    }
    out.append('"');
  }

  private void array(StringBuilder out, int depth) {
    out.append('[');
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",");
      value(out, depth);
    }
    space(out);
    out.append(']');
  }

  private void object(StringBuilder out, int depth) {
    out.append('{');
    // Names in order meet the prediction, others do not, and some come twice.
    int first = random.nextInt(NAMES.length);
    int step = random.nextInt(8) == 0 ? random.nextInt(NAMES.length) : 1;
    int size = random.nextInt(random.nextInt(16) == 0 ? 12 : 4);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",");
      space(out);
      out.append('"').append(NAMES[(first + i * step) % NAMES.length]).append('"');
      space(out);
      out.append(':');
      value(out, depth);
    }
    space(out);
    out.append('}');
  }
}
