package io.brrtrouter.logging;

import io.brrtrouter.server.log.SensitiveNames;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of text, by the names before them and by their form: the credentials of {@code
 * Authorization}, JSON web tokens, passwords in URLs, private keys. Looks at each character a
 * bounded number of times. What is doubtful is taken out. Immutable.
 */
final class Redaction {
  /** Stands for a secret. */
  static final String MASK = "***";

  /** Of a longer text the rest is not logged. */
  static final int LONGEST = 65_536;

  /** So far back a name is looked for; of a longer one its end counts. */
  private static final int NAME = 256;

  /** So much may stand between a name and the separator: quotes, brackets, blanks. */
  private static final int BETWEEN = 16;

  /** So often each character may be looked at, on the average. */
  private static final int AGAIN = 16;

  private static final List<String> SCHEMES = List.of("bearer", "basic", "dpop", "negotiate");
  private static final String JWT = "eyJ";
  private static final String PEM = "-----BEGIN ";
  private static final String PEM_END = "-----END";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final int LABEL = 96;

  private final SensitiveNames names;

  Redaction(SensitiveNames names) {
    this.names = names;
  }

  /** {@return whether the value of a name is a secret} */
  boolean hides(String name) {
    return names.has(name);
  }

  /** {@return the text without secrets, cut if it is too long} */
  String redact(String text) {
    boolean cut = text.length() > LONGEST;
    String seen = cut ? text.substring(0, LONGEST) : text;
    String plain = new Scan(seen, cut).run();
    return cut ? plain + "... (" + (text.length() - LONGEST) + " more characters)" : plain;
  }

  /**
   * {@return the arguments of a message, without those that stand where a name asks for a secret}
   * That text does not show where such an argument ends.
   *
   * @param template the message with {@code {}} for arguments
   * @param arguments the arguments
   */
  Object[] arguments(String template, Object[] arguments) {
    Object[] safe = arguments.clone();
    int from = 0;
    for (int i = 0; i < arguments.length; i++) {
      int place = template.indexOf("{}", from);
      if (place < 0) {
        break;
      }
      String before = template.substring(from, place).stripTrailing();
      if (asks(before)) {
        safe[i] = MASK;
      }
      from = place + 2;
    }
    return safe;
  }

  /** {@return whether a text ends with a name and what separates it from its value} */
  private boolean asks(String text) {
    int end = text.length();
    while (end > 0 && isOpening(text.charAt(end - 1))) {
      end--;
    }
    String plain = text.substring(0, end).stripTrailing();
    if (plain.isEmpty()) {
      return false;
    }
    int last = plain.length() - 1;
    return isSeparator(plain, last) && isNamed(plain, plain.endsWith("=>") ? last - 1 : last);
  }

  private static boolean isOpening(char c) {
    return c == '"' || c == '\'' || c == '[' || c == '{' || c == '(' || c == '\\';
  }

  private static boolean isSeparator(String text, int at) {
    char c = text.charAt(at);
    return switch (c) {
      case ':', '=' -> true;
      case '>' -> at > 0 && (text.charAt(at - 1) == '-' || text.charAt(at - 1) == '=');
      default -> false;
    };
  }

  /** {@return whether a sensitive name stands before a separator} */
  private boolean isNamed(String text, int separator) {
    int end = separator;
    int least = Math.max(0, separator - BETWEEN);
    while (end > least && isBetween(text.charAt(end - 1))) {
      end--;
    }
    int begin = begin(text, end);
    if (begin == end) {
      return false;
    }
    return names.has(text, begin, end) || isKeyOfTwoWords(text, begin, end);
  }

  /** As people write: {@code API key}. */
  private boolean isKeyOfTwoWords(String text, int begin, int end) {
    if (end - begin != 3
        || !text.regionMatches(true, begin, "key", 0, 3)
        || begin == 0
        || text.charAt(begin - 1) != ' ') {
      return false;
    }
    int first = begin(text, begin - 1);
    return names.has(text.substring(first, begin - 1) + "key");
  }

  private static int begin(String text, int end) {
    int least = Math.max(0, end - NAME);
    int begin = end;
    while (begin > least && isOfName(text.charAt(begin - 1))) {
      begin--;
    }
    return begin;
  }

  private static boolean isBetween(char c) {
    return Character.isWhitespace(c) || "\"'\\])`-=".indexOf(c) >= 0;
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private static boolean isOfToken(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** One pass over a text. */
  private final class Scan {
    private final String text;
    private final boolean cut;
    private @Nullable StringBuilder out;

    /** What is before is in {@link #out}. */
    private int done;

    private int at;

    /** So many characters are looked at again; text that takes more is made to. */
    private int budget;

    /** Where the URL ends that was looked at last, and where its last at sign is. */
    private int endOfUrl = -1;

    private int signOfUrl = -1;

    Scan(String text, boolean cut) {
      this.text = text;
      this.cut = cut;
      this.budget = AGAIN * text.length();
    }

    String run() {
      while (at < text.length()) {
        char c = text.charAt(at);
        switch (c) {
          case ':' -> {
            if (text.startsWith("//", at + 1)) {
              url();
            } else {
              value(at, at + 1);
            }
          }
          case '=' -> value(at, text.startsWith(">", at + 1) ? at + 2 : at + 1);
          case '>' -> arrow();
          case '%' -> encoded();
          case 'e' -> jwt();
          case '-' -> pem();
          case 'b', 'B', 'd', 'D', 'n', 'N' -> scheme();
          default -> at++;
        }
      }
      StringBuilder all = out;
      return all == null ? text : all.append(text, done, text.length()).toString();
    }

    /** Takes something out, and goes on within it: more may begin there than ends there. */
    private void mask(int from, int to) {
      if (from < to && to > done) {
        StringBuilder all = out == null ? new StringBuilder(text.length()) : out;
        out = all;
        if (from >= done) {
          all.append(text, done, from).append(MASK);
        }
        done = to;
      }
      at = Math.max(at + 1, from);
    }

    /**
     * {@return where a secret ends, of which so much has been looked at} Beyond the budget: all.
     */
    private int spent(int from, int end) {
      budget -= end - from;
      return budget < 0 ? text.length() : end;
    }

    /** A separator: what follows is a secret if the name before says so. */
    private void value(int separator, int after) {
      if (!isNamed(text, separator)) {
        at = after;
        return;
      }
      int from = after;
      while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
        from++;
      }
      mask(from, spent(from, end(from, isWholeLine(separator))));
    }

    /** The value of such a name has blanks in it. */
    private boolean isWholeLine(int separator) {
      String before =
          text.substring(Math.max(0, separator - NAME), separator).toLowerCase(Locale.ROOT);
      int last = Math.max(before.lastIndexOf("cookie"), before.lastIndexOf("authorization"));
      return last >= 0 && before.length() - last <= "authorization".length() + BETWEEN;
    }

    /** {@code name -> value}, and the element of a markup. */
    private void arrow() {
      if (at > 0 && text.charAt(at - 1) == '-') {
        value(at, at + 1);
        return;
      }
      int begin = begin(text, at);
      if (begin < at && begin > 0 && text.charAt(begin - 1) == '<' && names.has(text, begin, at)) {
        int close = text.indexOf('<', at);
        int end = close < 0 ? text.length() : close;
        mask(at + 1, spent(at + 1, end));
        return;
      }
      at++;
    }

    /** A separator in what a URL carries of another. */
    private void encoded() {
      if (text.regionMatches(true, at, "%3D", 0, 3) || text.regionMatches(true, at, "%3A", 0, 3)) {
        value(at, at + 3);
      } else {
        at++;
      }
    }

    private int end(int from, boolean line) {
      int slashes = from;
      while (slashes < text.length() && text.charAt(slashes) == '\\') {
        slashes++;
      }
      char first = slashes < text.length() ? text.charAt(slashes) : ' ';
      if (first == '"' || first == '\'' || first == '`') {
        return endOfQuoted(slashes, slashes - from);
      }
      if (first == '[' || first == '{') {
        return endOfBrackets(slashes);
      }
      if (line) {
        return endOfLine(from);
      }
      int end = endOfWord(from);
      return isScheme(from, end) ? endOfWord(skipBlanks(end)) : end;
    }

    private boolean isScheme(int from, int to) {
      return SCHEMES.contains(
              text.substring(from, Math.min(to, from + NAME)).toLowerCase(Locale.ROOT))
          || text.substring(from, Math.min(to, from + NAME)).equalsIgnoreCase("token");
    }

    private int skipBlanks(int from) {
      int next = from;
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      return next;
    }

    private int endOfLine(int from) {
      int end = from;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      return end;
    }

    /** What is quoted with backslashes ends at a quote with as many. */
    private int endOfQuoted(int quote, int slashes) {
      char mark = text.charAt(quote);
      int before = 0;
      for (int i = quote + 1; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\\') {
          before++;
        } else {
          if (c == mark && (slashes == 0 ? before % 2 == 0 : before <= slashes)) {
            return i + 1;
          }
          before = 0;
        }
      }
      return text.length();
    }

    private int endOfBrackets(int open) {
      int depth = 0;
      int i = open;
      while (i < text.length()) {
        char c = text.charAt(i);
        if (c == '"') {
          i = endOfQuoted(i, 0);
          continue;
        }
        if (c == '[' || c == '{') {
          depth++;
        } else if (c == ']' || c == '}') {
          depth--;
        }
        i++;
        if (depth == 0) {
          return i;
        }
      }
      return text.length();
    }

    /** Punctuation ends a word only where something else begins behind it. */
    private int endOfWord(int from) {
      int i = from;
      while (i < text.length()) {
        char c = text.charAt(i);
        if (Character.isWhitespace(c) || c == '<') {
          return i;
        }
        if (c == '&' && isFollowedByName(i + 1)) {
          return i;
        }
        if (isClosing(c) && (i + 1 == text.length() || isBehind(text.charAt(i + 1)))) {
          return i;
        }
        i++;
      }
      return i;
    }

    private static boolean isClosing(char c) {
      return ",;)]}\"'`>".indexOf(c) >= 0;
    }

    private static boolean isBehind(char c) {
      return Character.isWhitespace(c) || isClosing(c) || c == ':' || c == '&';
    }

    /** Between two ampersands each character is looked at once. */
    private boolean isFollowedByName(int from) {
      int i = from;
      while (i < text.length()
          && (isOfName(text.charAt(i)) || "[]%".indexOf(text.charAt(i)) >= 0)) {
        i++;
      }
      return i > from && i < text.length() && text.charAt(i) == '=';
    }

    private void url() {
      int from = at + 3;
      if (from >= endOfUrl) {
        seeUrl(from);
      }
      int end = from;
      int sign = from - 1;
      while (end < endOfUrl && "/?#".indexOf(text.charAt(end)) < 0) {
        sign = text.charAt(end) == '@' ? end : sign;
        end++;
      }
      if (cut && endOfUrl == text.length() && end == endOfUrl && signOfUrl < from) {
        mask(from, end);
      } else if (signOfUrl > end && !isHost(sign + 1, end)) {
        mask(from, signOfUrl);
      } else if (sign >= from) {
        mask(from, sign);
      } else {
        at = from;
      }
    }

    /** Once, for all URLs that are in it. */
    private void seeUrl(int from) {
      signOfUrl = -1;
      endOfUrl = from;
      while (endOfUrl < text.length() && !isBehindUrl(text.charAt(endOfUrl))) {
        if (text.charAt(endOfUrl) == '@') {
          signOfUrl = endOfUrl;
        }
        endOfUrl++;
      }
    }

    private static boolean isBehindUrl(char c) {
      return Character.isWhitespace(c) || c == '"' || c == '<' || c == '>';
    }

    /** {@return whether it could be a host, with a port perhaps: then the end has no password} */
    private boolean isHost(int from, int to) {
      int colon = to - 1;
      while (colon >= from && text.charAt(colon) != ':') {
        colon--;
      }
      if (colon < from || text.charAt(to - 1) == ']') {
        return true;
      }
      for (int i = colon + 1; i < to; i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return false;
        }
      }
      return true;
    }

    private void jwt() {
      if (!text.startsWith(JWT, at)) {
        at++;
        return;
      }
      int end = at;
      while (end < text.length() && isOfToken(text.charAt(end))) {
        end++;
      }
      if (end == text.length() || text.charAt(end) != '.') {
        at = end;
        return;
      }
      while (end < text.length() && (isOfToken(text.charAt(end)) || text.charAt(end) == '.')) {
        end++;
      }
      mask(at, end);
      at = end;
    }

    private void pem() {
      if (!text.startsWith(PEM, at)) {
        at++;
        return;
      }
      int label = text.indexOf(PRIVATE, at, Math.min(text.length(), at + LABEL));
      if (label < 0) {
        at += PEM.length();
        return;
      }
      int end = text.indexOf(PEM_END, label);
      int close = end < 0 ? -1 : text.indexOf("-----", end + PEM_END.length());
      int after = close < 0 ? text.length() : close + "-----".length();
      mask(at, after);
      at = after;
    }

    private void scheme() {
      if (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
        at++;
        return;
      }
      for (String scheme : SCHEMES) {
        if (text.regionMatches(true, at, scheme, 0, scheme.length())) {
          int from = afterScheme(at + scheme.length());
          if (from > 0) {
            mask(from, spent(from, endOfWord(from)));
            return;
          }
        }
      }
      at++;
    }

    /** {@return where the credential begins, 0 if there is none} */
    private int afterScheme(int end) {
      if (text.startsWith("%20", end)) {
        return end + 3;
      }
      int from = skipBlanks(end);
      return from > end && from < text.length() ? from : 0;
    }
  }
}
