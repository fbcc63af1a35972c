package io.brrtrouter.schema.format;

/**
 * The formats {@code json-pointer} (RFC 6901 section 5, the string representation) and {@code
 * relative-json-pointer} (draft-bhutton-relative-json-pointer-00 section 3).
 */
public final class JsonPointers {
  private JsonPointers() {}

  /**
   * Tests for {@code json-pointer}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isJsonPointer(String text) {
    return isJsonPointer(text, 0);
  }

  /**
   * Tests for {@code relative-json-pointer}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isRelativeJsonPointer(String text) {
    int at = endOfInteger(text, 0);
    if (at > 0 && at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      at = text.startsWith("0", at + 1) ? -1 : endOfInteger(text, at + 1);
    }
    if (at < 0) {
      return false;
    }
    boolean hash = at == text.length() - 1 && text.charAt(at) == '#';
    return hash || isJsonPointer(text, at);
  }

  private static boolean isJsonPointer(String text, int start) {
    if (start < text.length() && text.charAt(start) != '/') {
      return false;
    }
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) == '~' && !text.startsWith("0", i + 1) && !text.startsWith("1", i + 1)) {
        return false;
      }
    }
    return true;
  }

  /** {@return the index after an integer without leading zeros, or -1} */
  private static int endOfInteger(String text, int start) {
    int at = start;
    while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
      at++;
    }
    return at == start || (at > start + 1 && text.charAt(start) == '0') ? -1 : at;
  }
}
