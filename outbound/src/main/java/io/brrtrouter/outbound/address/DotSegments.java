package io.brrtrouter.outbound.address;

/** Segments of paths that lead to other paths (RFC 3986 section 3.3). */
public final class DotSegments {
  /** Nobody encodes more often who does not want to lead astray whoever decodes more than once. */
  private static final int MOST_ENCODED = 8;

  private DotSegments() {}

  /**
   * {@return whether a path has some, as it is or decoded however often; one that is encoded more
   * than eight times counts as one that has} Backslashes count as slashes, as they do for some
   * receivers; what follows a semicolon does not count.
   *
   * @param path the path of a URL, encoded
   */
  public static boolean areIn(String path) {
    String text = path;
    for (int i = 0; i <= MOST_ENCODED; i++) {
      if (has(text)) {
        return true;
      }
      String decoded = decoded(text);
      if (decoded.equals(text)) {
        return false;
      }
      text = decoded;
    }
    return true;
  }

  private static boolean has(String path) {
    for (String segment : path.replace('\\', '/').split("/", -1)) {
      int end = segment.indexOf(';');
      String name = end < 0 ? segment : segment.substring(0, end);
      if (name.equals(".") || name.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /** Octets as characters: only those of ASCII matter here. */
  private static String decoded(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    int at = 0;
    for (int escape = text.indexOf('%'); escape >= 0; escape = text.indexOf('%', at)) {
      boolean whole = escape + 2 < text.length();
      int high = whole ? Character.digit(text.charAt(escape + 1), 16) : -1;
      int low = whole ? Character.digit(text.charAt(escape + 2), 16) : -1;
      boolean octet = high >= 0 && low >= 0;
      decoded.append(text, at, escape).append(octet ? (char) (high * 16 + low) : '%');
      at = escape + (octet ? 3 : 1);
    }
    return decoded.append(text, at, text.length()).toString();
  }
}
