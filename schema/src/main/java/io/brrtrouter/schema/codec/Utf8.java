package io.brrtrouter.schema.codec;

/** Characters beyond ASCII in a text that may not be UTF-8 at all (RFC 3629 section 4). */
final class Utf8 {
  private static final int[] SMALLEST = {0, 0, 0x80, 0x800, 0x10000};

  private Utf8() {}

  /**
   * The number of bytes of the character at an index, 2 to 4; 0 for what is no character beyond
   * ASCII: cut off, overlong, a surrogate, beyond U+10FFFF.
   */
  static int length(byte[] text, int at) {
    int first = text[at] & 0xFF;
    int length = first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF8 ? 4 : 0;
    if (length == 0 || length > text.length - at) {
      return 0;
    }
    int codePoint = first & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      int next = text[at + i];
      if ((next & 0xC0) != 0x80) {
        return 0;
      }
      codePoint = (codePoint << 6) | (next & 0x3F);
    }
    boolean character =
        codePoint >= SMALLEST[length]
            && codePoint <= Character.MAX_CODE_POINT
            && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    return character ? length : 0;
  }

  /** The number of UTF-16 units of a character beyond ASCII. */
  static int characters(int length) {
    return length == 4 ? 2 : 1;
  }
}
