package io.brrtrouter.server.auth;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that are long enough and guessed all the same, because nobody drew them at random: a few
 * characters again and again, or the words that stand where a secret is to be put. A random key is
 * none of them: of those with 16 hexadecimal digits fewer than one in a billion is. One rule for
 * the keys of clients and for secrets that are shared with who issues tokens. Nothing here has a
 * state.
 */
public final class Guessable {
  /** How many letters may be left beside placeholders. */
  private static final int MOST_BESIDE = 3;

  /** So many letters of a random key are never such words. */
  private static final int LEAST_OF_WORDS = 8;

  /** The longer of those that begin alike goes first. */
  private static final Pattern PLACEHOLDERS =
      Pattern.compile(
          "changeme|change|default|demo|dummy|example|here|insert|passphrase|password|passwd|placeholder"
              + "|please|replace|sample|secret|shared|signing|string|token|test|this|with|your"
              + "|admin|least|long|bits|jwt|key|api");

  /** Any number of digits makes words no better. */
  private static final Pattern DIGITS = Pattern.compile("[0-9]");

  private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]+");

  private Guessable() {}

  /**
   * {@return why a key can be guessed, as what follows it in a sentence; null if it looks random}
   *
   * @param key a key that is long enough; a secret of octets as ISO 8859-1, one character for each
   */
  public static @Nullable String why(String key) {
    String letters = SEPARATORS.matcher(key.toLowerCase(Locale.ROOT)).replaceAll("");
    if (isRepeated(key) || (2 * letters.length() > key.length() && isRepeated(letters))) {
      return "repeats a few characters, which can be guessed";
    }
    String beside = PLACEHOLDERS.matcher(letters).replaceAll("");
    return DIGITS.matcher(beside).replaceAll("").length() <= MOST_BESIDE
            && letters.length() - beside.length() >= LEAST_OF_WORDS
        ? "is made of words that stand for a key, which can be guessed"
        : null;
  }

  /** {@return whether a text is one piece twice or more often, the last perhaps in part} */
  private static boolean isRepeated(String text) {
    for (int piece = 1; piece <= text.length() / 2; piece++) {
      if (text.regionMatches(piece, text, 0, text.length() - piece)) {
        return true;
      }
    }
    return false;
  }
}
