package io.brrtrouter.server.runtime;

import java.util.regex.Pattern;

/** Hides what must not be shown of values. */
final class Masked {
  /** What is shown of a secret. */
  static final String MASK = "******";

  /** Up to the last {@code @}: a password may have one itself. Rather too much than too little. */
  private static final Pattern USER_INFO = Pattern.compile("(://[^/?#\\s:@]*:).*@");

  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([?&;][^=&;]*(?:password|passwd|pwd|secret|token)[^=&;]*=)[^&;]*");

  private Masked() {}

  /** {@return a value, passwords in URLs masked: those of user info and those of parameters} */
  static String passwords(String value) {
    String masked = USER_INFO.matcher(value).replaceAll("$1" + MASK + "@");
    return PARAMETER.matcher(masked).replaceAll("$1" + MASK);
  }
}
