package io.brrtrouter.server.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the common rules of field values (RFC 9110 section 5.6) from left to right. */
final class FieldReader {
  private final String text;
  private int at;

  FieldReader(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** Skips {@code OWS}. */
  void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  /** {@return whether the next character is this one} */
  boolean isNext(char expected) {
    return at < text.length() && text.charAt(at) == expected;
  }

  /** {@return whether the next character is this one, which is then read} */
  boolean read(char expected) {
    boolean found = isNext(expected);
    if (found) {
      at++;
    }
    return found;
  }

  /** {@return the token that is next, or null, reading nothing} */
  @Nullable String readToken() {
    int from = at;
    while (at < text.length() && Tokens.isTokenCharacter(text.charAt(at))) {
      at++;
    }
    return at == from ? null : text.substring(from, at);
  }

  /** {@return the token that is next in lower case, or null, reading nothing} */
  @Nullable String readLowerToken() {
    String token = readToken();
    return token == null ? null : token.toLowerCase(Locale.ROOT);
  }

  /** {@return the content of the quoted string or the token that is next, or null} */
  @Nullable String readTokenOrQuoted() {
    return read('"') ? readQuoted() : readToken();
  }

  /** {@return the content of the quoted string or the text up to a delimiter that is next} */
  @Nullable String readQuotedOrUntil(String delimiters) {
    if (read('"')) {
      return readQuoted();
    }
    int from = at;
    while (at < text.length() && delimiters.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(from, at).strip();
  }

  private @Nullable String readQuoted() {
    StringBuilder content = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return content.toString();
      }
      if (c == '\\') {
        if (atEnd()) {
          return null;
        }
        c = text.charAt(at++);
      }
      content.append(c);
    }
    return null;
  }

  /** Goes behind the next comma outside quotes, or to the end. */
  void skipElement() {
    skipPast(",");
  }

  /** Goes behind the next of some delimiters outside quotes, or to the end. */
  void skipPast(String delimiters) {
    boolean quoted = false;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\' && at < text.length()) {
        at++;
      } else if (!quoted && delimiters.indexOf(c) >= 0) {
        return;
      }
    }
  }
}
