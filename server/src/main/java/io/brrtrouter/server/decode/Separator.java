package io.brrtrouter.server.decode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What stands between the items of an array or the members of an object. A separator is recognised
 * before percent-decoding, so that {@code %2C} is a comma inside an item, except where only its
 * encoded form is legal in a URI: the space and the bar (OpenAPI 3.1.1 appendix E).
 */
final class Separator {
  static final Separator COMMA = new Separator(List.of(","));
  static final Separator DOT = new Separator(List.of("."));
  static final Separator SEMICOLON = new Separator(List.of(";"));
  static final Separator EQUALS = new Separator(List.of("="));
  static final Separator SPACE = new Separator(List.of("%20", "+", " "));
  static final Separator PIPE = new Separator(List.of("%7C", "|"));

  private final List<String> spellings;

  /** The separator where it is one character and nothing else, else 0. */
  private final char single;

  private Separator(List<String> spellings) {
    this.spellings = spellings;
    boolean one = spellings.size() == 1 && spellings.getFirst().length() == 1;
    this.single = one ? spellings.getFirst().charAt(0) : 0;
  }

  /** {@return {@code ;name=}, between the items of an exploded matrix array} */
  static Separator matrix(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return new Separator(
        encoded.equals(name)
            ? List.of(";" + name + "=")
            : List.of(";" + name + "=", ";" + encoded + "="));
  }

  /** {@return where the next separator begins, {@code end} if there is none} */
  int find(String raw, int from, int end) {
    if (single != 0) {
      int found = raw.indexOf(single, from, end);
      return found < 0 ? end : found;
    }
    for (int i = from; i < end; i++) {
      if (lengthAt(raw, i, end) > 0) {
        return i;
      }
    }
    return end;
  }

  /** {@return the length of the separator at an index, 0 if there is none} */
  int lengthAt(String raw, int index, int end) {
    char first = raw.charAt(index);
    for (int i = 0; i < spellings.size(); i++) {
      String spelling = spellings.get(i);
      int length = spelling.length();
      if (spelling.charAt(0) == first
          && (length == 1 || (index + length <= end && matches(raw, index, spelling)))) {
        return length;
      }
    }
    return 0;
  }

  /** Compares exactly but for the case of hexadecimal digits. */
  private static boolean matches(String raw, int index, String spelling) {
    for (int i = 0; i < spelling.length(); i++) {
      char wanted = spelling.charAt(i);
      if (raw.charAt(index + i) != wanted
          && !(isHex(spelling, i) && Character.toUpperCase(raw.charAt(index + i)) == wanted)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(String spelling, int i) {
    return (i > 0 && spelling.charAt(i - 1) == '%') || (i > 1 && spelling.charAt(i - 2) == '%');
  }
}
