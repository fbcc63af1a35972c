package io.brrtrouter.server.log;

import java.util.Collection;
import java.util.List;

/**
 * Which names say that their value is a secret: of fields of a head, of parameters, of members of a
 * body, of settings. Case, hyphens, underscores and dots make no difference. Immutable.
 */
public final class SensitiveNames {
  /** A name that has one of these anywhere in it. */
  private static final List<String> ANYWHERE =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "passcode",
          "secret",
          "apikey",
          "privatekey",
          "accesskey",
          "signingkey",
          "encryptionkey",
          "authorization",
          "credential",
          "creditcard",
          "cardnumber",
          "sessionid");

  /** A name that ends with one of these. */
  private static final List<String> AT_THE_END =
      List.of(
          "token",
          "cookie",
          "cookies",
          "pwd",
          "jwt",
          "assertion",
          "otp",
          "ssn",
          "cvv",
          "cvc",
          "iban",
          "jsessionid");

  /** Those without more; what says it of other services is added by who configures. */
  public static final SensitiveNames DEFAULT = new SensitiveNames(List.of());

  private final List<String> added;

  private SensitiveNames(List<String> added) {
    this.added = added;
  }

  /**
   * {@return these with further names; a name that has one of them anywhere is sensitive}
   *
   * @param more names, of letters and digits at least
   */
  public SensitiveNames with(Collection<String> more) {
    return new SensitiveNames(
        more.stream()
            .map(String::strip)
            .map(each -> normalised(each, 0, each.length()))
            .filter(each -> !each.isEmpty())
            .toList());
  }

  /**
   * {@return whether the value of a name is a secret}
   *
   * @param name the name
   */
  public boolean has(CharSequence name) {
    return has(name, 0, name.length());
  }

  /**
   * {@return whether the value of a name within a text is a secret}
   *
   * @param text the text
   * @param from where the name begins
   * @param to where it ends
   */
  public boolean has(CharSequence text, int from, int to) {
    String name = normalised(text, Math.max(from, to - LONGEST), to);
    return ANYWHERE.stream().anyMatch(name::contains)
        || AT_THE_END.stream().anyMatch(name::endsWith)
        || added.stream().anyMatch(name::contains);
  }

  /** Of a longer name its end counts. */
  private static final int LONGEST = 256;

  private static String normalised(CharSequence text, int from, int to) {
    StringBuilder plain = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != '-' && c != '_' && c != '.') {
        plain.append(Character.toLowerCase(c));
      }
    }
    return plain.toString();
  }
}
