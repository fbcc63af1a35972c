package io.brrtrouter.server.http;

/** The {@code token} rule of RFC 9110 section 5.6.2. */
public final class Tokens {
  private static final boolean[] TCHAR = new boolean[128];

  static {
    for (char c = '0'; c <= '9'; c++) {
      TCHAR[c] = true;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      TCHAR[c] = true;
      TCHAR[c - 'a' + 'A'] = true;
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      TCHAR[c] = true;
    }
  }

  private Tokens() {}

  /**
   * {@return whether a character may be part of a token}
   *
   * @param c the character
   */
  public static boolean isTokenCharacter(char c) {
    return c < 128 && TCHAR[c];
  }

  /**
   * {@return whether a text is a token, which has at least one character}
   *
   * @param text the text
   */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenCharacter(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
