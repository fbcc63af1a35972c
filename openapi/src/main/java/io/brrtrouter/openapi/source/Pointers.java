package io.brrtrouter.openapi.source;

import java.util.ArrayList;
import java.util.List;

/** Reference tokens of JSON Pointers (RFC 6901 sections 3 and 4). */
public final class Pointers {
  private Pointers() {}

  /**
   * {@return the unescaped reference tokens; none for the whole document. A pointer that does not
   * begin with a slash is read as if it did}
   *
   * @param pointer a JSON Pointer, not percent-encoded
   */
  public static List<String> tokens(String pointer) {
    List<String> tokens = new ArrayList<>();
    int start = pointer.startsWith("/") ? 1 : 0;
    if (pointer.isEmpty()) {
      return tokens;
    }
    while (true) {
      int end = pointer.indexOf('/', start);
      tokens.add(unescape(end < 0 ? pointer.substring(start) : pointer.substring(start, end)));
      if (end < 0) {
        return tokens;
      }
      start = end + 1;
    }
  }

  /**
   * {@return the token as it stands in a pointer: {@code ~} and {@code /} escaped}
   *
   * @param token a member name or array index
   */
  public static String escape(String token) {
    return token.indexOf('~') < 0 && token.indexOf('/') < 0
        ? token
        : token.replace("~", "~0").replace("/", "~1");
  }

  private static String unescape(String token) {
    return token.indexOf('~') < 0 ? token : token.replace("~1", "/").replace("~0", "~");
  }
}
