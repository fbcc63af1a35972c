package io.brrtrouter.server.decode;

/** Optional white space around a part of a header field (RFC 9110 section 5.6.3). */
final class Trim {
  private Trim() {}

  /** {@return the index of the first character that is no white space, {@code end} without one} */
  static int start(String raw, int start, int end) {
    int i = start;
    while (i < end && isBlank(raw.charAt(i))) {
      i++;
    }
    return i;
  }

  /** {@return the index after the last character that is no white space} */
  static int end(String raw, int start, int end) {
    int i = end;
    while (i > start && isBlank(raw.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
