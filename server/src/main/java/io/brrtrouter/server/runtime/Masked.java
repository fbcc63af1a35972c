package io.brrtrouter.server.runtime;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides what must not be shown of values. */
final class Masked {
  /** What is shown of a secret. */
  static final String MASK = "******";

  /**
   * The password of user info, up to the last {@code @}: it may have one itself. Without a password
   * it is all of the user info, as often a token as a name. Rather too much than too little.
   */
  private static final Pattern USER_INFO =
      Pattern.compile("://(?:([^/?#\\s:@]*:)(.*)|([^/?#\\s:@]+))@");

  private static final Pattern PARAMETER = Pattern.compile("[?&;#]([^=&;#]*)=");

  /** Short words, which are parts of harmless ones, have to stand alone or at an end. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)password|passwd|passphrase|pwd|secret|token|credential|signature|key(?![a-z])"
              + "|(?<![a-z])(?:auth|pass|sig)(?![a-z])");

  private Masked() {}

  /** {@return a value, passwords, tokens and keys in URLs masked} */
  static String passwords(String value) {
    return hide(value, _ -> {});
  }

  /** {@return what {@link #passwords} masks, percent-encoded and decoded} */
  static List<String> secrets(String value) {
    List<String> secrets = new ArrayList<>();
    hide(
        value,
        secret -> {
          secrets.add(secret);
          secrets.add(decoded(secret));
        });
    return secrets;
  }

  private static String decoded(String secret) {
    try {
      return URLDecoder.decode(secret, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return secret;
    }
  }

  private static String hide(String value, Consumer<String> secrets) {
    return parameters(userInfo(value, secrets), secrets);
  }

  private static String userInfo(String value, Consumer<String> secrets) {
    return USER_INFO
        .matcher(value)
        .replaceAll(found -> {
          boolean password = found.group(2) != null;
          secrets.accept(found.group(password ? 2 : 3));
          return Matcher.quoteReplacement("://" + (password ? found.group(1) : "") + MASK + "@");
        });
  }

  private static String parameters(String value, Consumer<String> secrets) {
    StringBuilder shown = new StringBuilder();
    Matcher name = PARAMETER.matcher(value);
    int done = 0;
    int at = 0;
    while (name.find(at)) {
      at = name.end();
      if (SECRET_NAME.matcher(name.group(1)).find()) {
        int end = endOfParameter(value, at);
        secrets.accept(value.substring(at, end));
        shown.append(value, done, at).append(MASK);
        done = end;
        at = end;
      }
    }
    return shown.append(value, done, value.length()).toString();
  }

  private static int endOfParameter(String value, int from) {
    int end = from;
    while (end < value.length() && value.charAt(end) != '&' && value.charAt(end) != ';') {
      end++;
    }
    return end;
  }
}
