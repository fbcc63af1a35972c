package io.brrtrouter.server.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what must not be shown of values. Where a secret ends is a guess: what is shown is hidden
 * to the last place where it could end, and what others say is searched for the secret up to each,
 * unless that is too short a beginning of it to be told from other text.
 */
public final class Masked {
  /** What is shown of a secret. */
  public static final String MASK = "******";

  private static final String SCHEME_END = "://";

  /**
   * The password of user info, up to the last {@code @}: it may have one itself. Without a password
   * it is all of the user info, as often a token as a name; a name with an {@code @} is hidden with
   * its password. Rather too much than too little.
   */
  private static final Pattern USER_INFO =
      Pattern.compile(
          SCHEME_END + "(?:([^/?#\\s:@]*:).*|[^/?#\\s:@]+(?:@[^/?#\\s:]*:[^/?#\\s]*)?)@");

  /** What stands before a password in user info; several hosts may each have theirs. */
  private static final Pattern BEFORE_PASSWORD =
      Pattern.compile("(?:" + SCHEME_END + "|,)[^/?#\\s:,]*:(?!//)");

  private static final Pattern TOKEN = Pattern.compile(SCHEME_END + "([^/?#\\s:@]+)@");

  private static final Pattern PARAMETER = Pattern.compile("([^=&;#?/:,(\\s]++)\\s*+=\\s*+");

  /** Where the value of a parameter could end, beside where it has to. */
  private static final Pattern PERHAPS_END = Pattern.compile("[\\s#,)&;]");

  /** Short words, which are parts of harmless ones, have to stand alone or at an end. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)password|passwd|passphrase|pwd|secret|token|credential|signature"
              + "|(?:key|pass)(?![a-z])|(?<![a-z])(?:auth|sig)(?![a-z])");

  /** User info up to the host that follows it. */
  private static final Pattern UP_TO_HOST = Pattern.compile("[^/?#,]*@");

  /**
   * The shortest beginning of a value that is taken for a secret. Shorter ones are parts of any
   * text: masked in it, they would leave nothing to read and tell how the value begins.
   */
  private static final int SHORTEST_BEGINNING = 4;

  private Masked() {}

  /**
   * {@return a value, passwords, tokens and keys in URLs and lists of parameters masked}
   *
   * @param value the value
   */
  public static String passwords(String value) {
    return parameters(
        USER_INFO
            .matcher(value)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    SCHEME_END + (found.group(1) == null ? "" : found.group(1)) + MASK + "@")),
        _ -> {});
  }

  /**
   * {@return what {@link #passwords} masks, percent-encoded and decoded}
   *
   * @param value the value
   */
  public static List<String> secrets(String value) {
    List<String> secrets = new ArrayList<>();
    Consumer<String> both =
        secret -> {
          secrets.add(secret);
          secrets.add(decoded(secret));
          // Only in forms does a plus stand for a space.
          secrets.add(decoded(secret.replace("+", "%2B")));
        };
    ofUserInfo(value, both);
    parameters(value, parameter -> ofParameter(parameter, both));
    return secrets;
  }

  private static String decoded(String secret) {
    try {
      return URLDecoder.decode(secret, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return secret;
    }
  }

  private static void ofUserInfo(String value, Consumer<String> secrets) {
    int url = value.indexOf(SCHEME_END);
    if (url < 0) {
      return;
    }
    TOKEN.matcher(value).results().forEach(found -> secrets.accept(found.group(1)));
    Matcher before = BEFORE_PASSWORD.matcher(value);
    for (boolean found = before.find(url); found; found = before.find()) {
      int begin = before.end();
      int likely = endOfPassword(value, begin);
      for (int end = value.indexOf('@', begin); end >= 0; end = value.indexOf('@', end + 1)) {
        String password = value.substring(begin, end);
        if (end == likely || isLongEnough(password)) {
          secrets.accept(password);
        }
      }
    }
  }

  /** {@return where a password ends that has none of the separators of a URL, else the last end} */
  private static int endOfPassword(String value, int begin) {
    Matcher userInfo = UP_TO_HOST.matcher(value).region(begin, value.length());
    return userInfo.lookingAt() ? userInfo.end() - 1 : value.lastIndexOf('@');
  }

  private static boolean isLongEnough(String beginning) {
    return decoded(beginning).length() >= SHORTEST_BEGINNING;
  }

  private static void ofParameter(String value, Consumer<String> secrets) {
    secrets.accept(value);
    int closing = closing(value, 0);
    if (closing >= 0 && closing < value.length()) {
      String close = value.substring(closing, closing + 1);
      secrets.accept(value.substring(0, closing + 1));
      secrets.accept(value.substring(1, closing));
      secrets.accept(value.substring(1, closing).replace(close + close, close));
    } else {
      PERHAPS_END
          .matcher(value)
          .results()
          .map(end -> value.substring(0, end.start()))
          .filter(Masked::isLongEnough)
          .forEach(secrets);
    }
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

  /** To the next separator, spaces included; what is in braces or quotes separates nothing. */
  private static int endOfParameter(String value, int from) {
    int end = Math.max(from, closing(value, from));
    while (end < value.length() && value.charAt(end) != '&' && value.charAt(end) != ';') {
      end++;
    }
    return end;
  }

  /**
   * {@return where braces or quotes that open at a place are closed; twice is none, but stands for
   * itself. -1 where none open, the end of the value where none close}
   */
  private static int closing(String value, int from) {
    int kind = from < value.length() ? "{\"'".indexOf(value.charAt(from)) : -1;
    if (kind < 0) {
      return -1;
    }
    char close = "}\"'".charAt(kind);
    int at = value.indexOf(close, from + 1);
    while (at >= 0 && at + 1 < value.length() && value.charAt(at + 1) == close) {
      at = value.indexOf(close, at + 2);
    }
    return at < 0 ? value.length() : at;
  }
}
