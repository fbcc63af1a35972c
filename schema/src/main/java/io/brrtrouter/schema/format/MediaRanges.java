package io.brrtrouter.schema.format;

/** The {@code media-range} format: RFC 9110 section 12.5.1, with parameters but without weight. */
public final class MediaRanges {
  private MediaRanges() {}

  /**
   * Tests a text.
   *
   * @param text the text
   * @return whether it is a media range
   */
  public static boolean isMediaRange(String text) {
    int slash = Tokens.endOfToken(text, 0);
    int end = Tokens.endOfToken(text, slash + 1);
    if (slash == 0 || !text.startsWith("/", slash) || end == slash + 1) {
      return false;
    }
    // "*" is a token character, so "*/plain" reads as two tokens.
    boolean anyType = text.startsWith("*/");
    return (!anyType || (text.charAt(slash + 1) == '*' && end == slash + 2))
        && isParameters(text, end);
  }

  /** {@code *( OWS ";" OWS [ parameter ] )}, section 5.6.6. */
  private static boolean isParameters(String text, int start) {
    int at = start;
    while (at >= 0 && at < text.length()) {
      int semicolon = Tokens.endOfWhitespace(text, at);
      if (!text.startsWith(";", semicolon)) {
        return false;
      }
      at = endOfParameter(text, Tokens.endOfWhitespace(text, semicolon + 1));
    }
    return at == text.length();
  }

  private static int endOfParameter(String text, int start) {
    int equals = Tokens.endOfToken(text, start);
    if (equals == start) {
      return start;
    }
    if (!text.startsWith("=", equals)) {
      return -1;
    }
    int end = Tokens.endOfToken(text, equals + 1);
    return end > equals + 1 ? end : Tokens.endOfQuotedString(text, equals + 1);
  }
}
