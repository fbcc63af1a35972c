package io.brrtrouter.schema.format;

/**
 * The string formats {@code sf-binary}, {@code sf-boolean}, {@code sf-string} and {@code sf-token}:
 * bare items of RFC 8941 section 3.3.
 */
public final class StructuredFields {
  private StructuredFields() {}

  /**
   * Tests for {@code sf-binary}, section 3.3.5.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isBinary(String text) {
    int end = text.length() - 1;
    return end > 0
        && text.charAt(0) == ':'
        && text.charAt(end) == ':'
        && Base64Texts.isBase64(text.substring(1, end));
  }

  /**
   * Tests for {@code sf-boolean}, section 3.3.6.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isBoolean(String text) {
    return text.equals("?0") || text.equals("?1");
  }

  /**
   * Tests for {@code sf-string}, section 3.3.3.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isString(String text) {
    int end = text.length() - 1;
    if (end < 1 || text.charAt(0) != '"' || text.charAt(end) != '"') {
      return false;
    }
    for (int i = 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        if (i == end || (text.charAt(i) != '"' && text.charAt(i) != '\\')) {
          return false;
        }
      } else if (c < ' ' || c > '~' || c == '"') {
        return false;
      }
    }
    return true;
  }

  /**
   * Tests for {@code sf-token}, section 3.3.4.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isToken(String text) {
    if (text.isEmpty() || (!Ascii.isLetter(text.charAt(0)) && text.charAt(0) != '*')) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Tokens.isTokenCharacter(c) && c != ':' && c != '/') {
        return false;
      }
    }
    return true;
  }
}
