package io.brrtrouter.openapi.source;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

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
   * {@return the value a pointer leads to, a missing node when it leads nowhere}
   *
   * @param root the whole document
   * @param pointer a JSON Pointer, not percent-encoded
   */
  public static JsonNode find(JsonNode root, String pointer) {
    JsonNode node = root;
    for (String token : tokens(pointer)) {
      node = node.isArray() ? item(node, token) : node.path(token);
    }
    return node;
  }

  private static JsonNode item(JsonNode array, String token) {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) < '0' || token.charAt(i) > '9') {
        return MissingNode.getInstance();
      }
    }
    // No array has as many items as an index of more digits would need.
    boolean index =
        !token.isEmpty() && token.length() < 10 && (token.length() == 1 || token.charAt(0) != '0');
    return index ? array.path(Integer.parseInt(token)) : MissingNode.getInstance();
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
