package io.brrtrouter.schema.format;

/** {@code token} and {@code quoted-string} of RFC 9110 section 5.6. */
final class Tokens {
  private Tokens() {}

  static boolean isTokenCharacter(char c) {
    return Ascii.isLetterOrDigit(c) || (c < 0x80 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  /** {@return the index after a token, {@code start} when there is none} */
  static int endOfToken(String text, int start) {
    int at = start;
    while (at < text.length() && isTokenCharacter(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** {@return the index after a quoted string, or -1} */
  static int endOfQuotedString(String text, int start) {
    if (!text.startsWith("\"", start)) {
      return -1;
    }
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\' && ++i == text.length()) {
        return -1;
      }
      c = text.charAt(i);
      if (c != '\t' && (c < ' ' || c == 0x7F || c > 0xFF)) {
        return -1;
      }
    }
    return -1;
  }

  /** {@return the index after spaces and tabs} */
  static int endOfWhitespace(String text, int start) {
    int at = start;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
