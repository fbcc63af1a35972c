package io.brrtrouter.schema;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON Pointers (RFC 6901) as texts. */
final class Pointers {
  private Pointers() {}

  static String child(String pointer, String token) {
    return pointer + "/" + escape(token);
  }

  static String child(String pointer, int index) {
    return pointer + "/" + index;
  }

  static String escape(String token) {
    if (token.indexOf('~') < 0 && token.indexOf('/') < 0) {
      return token;
    }
    return token.replace("~", "~0").replace("/", "~1");
  }

  private static String unescape(String token) {
    return token.indexOf('~') < 0 ? token : token.replace("~1", "/").replace("~0", "~");
  }

  /** The last token, unescaped; empty for the root. */
  static String lastToken(String pointer) {
    return unescape(pointer.substring(pointer.lastIndexOf('/') + 1));
  }

  /** Finds a value; null when there is none or the text is no pointer. */
  static @Nullable JsonNode find(JsonNode root, String pointer) {
    if (pointer.isEmpty()) {
      return root;
    }
    if (pointer.charAt(0) != '/') {
      return null;
    }
    JsonNode node = root;
    int start = 1;
    while (node != null && start <= pointer.length()) {
      int end = pointer.indexOf('/', start);
      if (end < 0) {
        end = pointer.length();
      }
      node = step(node, unescape(pointer.substring(start, end)));
      start = end + 1;
    }
    return node;
  }

  /** The member or item an unescaped token names; null when there is none. */
  static @Nullable JsonNode step(JsonNode node, String token) {
    if (node.isObject()) {
      return node.get(token);
    }
    if (node.isArray() && isIndex(token)) {
      return node.get(Integer.parseInt(token));
    }
    return null;
  }

  private static boolean isIndex(String token) {
    if (token.isEmpty() || token.length() > 9 || (token.length() > 1 && token.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) < '0' || token.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Decodes a URI fragment (RFC 3986 section 2.1, UTF-8); empty when its encoding is broken. */
  static Optional<String> decodeFragment(String fragment) {
    if (fragment.indexOf('%') < 0) {
      return Optional.of(fragment);
    }
    byte[] raw = fragment.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        decoded.put(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      decoded.put((byte) ((high << 4) | low));
      i += 2;
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Encodes a pointer for use as a URI fragment. */
  static String encodeFragment(String pointer) {
    StringBuilder out = new StringBuilder(pointer.length() + 8);
    for (byte b : pointer.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isFragmentCharacter(c)) {
        out.append(c);
      } else {
        out.append('%');
        out.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return out.toString();
  }

  private static boolean isFragmentCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~!$&'()*+,;=:@/?".indexOf(c) >= 0;
  }
}
