package io.brrtrouter.schema.format;

/** The {@code uri-template} format: RFC 6570 section 2, all levels. */
public final class UriTemplates {
  private static final int MAX_PREFIX_DIGITS = 4;

  private UriTemplates() {}

  /**
   * Tests a text.
   *
   * @param text the text
   * @return whether it is a URI template
   */
  public static boolean isUriTemplate(String text) {
    int at = 0;
    while (at >= 0 && at < text.length()) {
      at = text.charAt(at) == '{' ? endOfExpression(text, at + 1) : endOfLiteral(text, at);
    }
    return at == text.length();
  }

  /** {@return the index after one literal character, or -1; section 2.1} */
  private static int endOfLiteral(String text, int at) {
    int c = text.codePointAt(at);
    if (c == '%') {
      return Uris.isPercentEncoded(text, at) ? at + 3 : -1;
    }
    boolean literal =
        c < 0x80
            ? c > ' ' && c < 0x7F && "\"%<>\\^`{|}".indexOf(c) < 0
            : Uris.isUcsCharacter(c) || Uris.isPrivateUse(c);
    return literal ? at + Character.charCount(c) : -1;
  }

  /** {@return the index after the closing brace, or -1; section 2.2} */
  private static int endOfExpression(String text, int start) {
    int at = start;
    if (at < text.length() && "+#./;?&=,!@|".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    while (true) {
      at = endOfModifier(text, endOfName(text, at));
      if (at < 0 || at == text.length()) {
        return -1;
      }
      switch (text.charAt(at++)) {
        case '}' -> {
          return at;
        }
        case ',' -> {}
        default -> {
          return -1;
        }
      }
    }
  }

  /** {@return the index after a variable name, or -1; section 2.3} */
  private static int endOfName(String text, int start) {
    int at = start;
    while (true) {
      int first = at;
      while (at < text.length()) {
        if (Uris.isPercentEncoded(text, at)) {
          at += 3;
        } else if (Ascii.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_') {
          at++;
        } else {
          break;
        }
      }
      if (at == first) {
        return -1;
      }
      if (at == text.length() || text.charAt(at) != '.') {
        return at;
      }
      at++;
    }
  }

  /** {@return the index after an optional modifier, or -1; section 2.4} */
  private static int endOfModifier(String text, int at) {
    if (at < 0 || at == text.length()) {
      return at;
    }
    if (text.charAt(at) == '*') {
      return at + 1;
    }
    if (text.charAt(at) != ':') {
      return at;
    }
    int end = at + 1;
    while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
      end++;
    }
    int digits = end - at - 1;
    return digits == 0 || digits > MAX_PREFIX_DIGITS || text.charAt(at + 1) == '0' ? -1 : end;
  }
}
