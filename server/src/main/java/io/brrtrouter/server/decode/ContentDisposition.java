package io.brrtrouter.server.decode;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Content-Disposition} of a part (RFC 7578 section 4.2, RFC 6266 section 4). Of
 * backslashes in quotes only those before a quote or a backslash escape: some clients send paths.
 * What clients percent-encode in {@code name} and {@code filename} stays so, as nothing says that
 * it is encoded.
 *
 * @param type the disposition, in lower case
 * @param name the {@code name} parameter, null without one
 * @param fileName the {@code filename*} parameter decoded (RFC 8187), else {@code filename}, null
 *     without either
 */
record ContentDisposition(String type, @Nullable String name, @Nullable String fileName) {

  /** No such field. */
  static final ContentDisposition NONE = new ContentDisposition("", null, null);

  /** {@return the value of a field, or null if it is malformed} */
  static @Nullable ContentDisposition parse(String value) {
    Scanner scanner = new Scanner(value);
    String type = scanner.token();
    Map<String, String> parameters = new HashMap<>();
    while (scanner.separator()) {
      String name = scanner.token().toLowerCase(Locale.ROOT);
      String text = scanner.value();
      if (name.isEmpty() || text == null || parameters.put(name, text) != null) {
        return null;
      }
    }
    String extended = parameters.get("filename*");
    String decoded = extended == null ? null : decode(extended);
    if (type.isEmpty() || !scanner.atEnd() || (extended != null && decoded == null)) {
      return null;
    }
    return new ContentDisposition(
        type.toLowerCase(Locale.ROOT),
        parameters.get("name"),
        decoded == null ? parameters.get("filename") : decoded);
  }

  /** {@code charset'language'percent-encoded}. */
  private static @Nullable String decode(String extended) {
    String[] pieces = extended.split("'", -1);
    if (pieces.length != 3) {
      return null;
    }
    Charset charset =
        switch (pieces[0].toLowerCase(Locale.ROOT)) {
          case "utf-8" -> StandardCharsets.UTF_8;
          case "iso-8859-1" -> StandardCharsets.ISO_8859_1;
          default -> null;
        };
    byte[] octets = charset == null ? null : Percent.octets(pieces[2]);
    return octets == null || charset == null ? null : TextBody.decode(octets, charset);
  }

  /** Reads a field value from left to right. */
  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    boolean atEnd() {
      return at == text.length();
    }

    /** Skips a {@code ;} with white space around it. */
    boolean separator() {
      skipSpace();
      if (atEnd() || text.charAt(at) != ';') {
        return false;
      }
      at++;
      skipSpace();
      return true;
    }

    String token() {
      int start = at;
      while (!atEnd() && " \t;=\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    /** Reads {@code =token} or {@code ="quoted"}. */
    @Nullable String value() {
      if (atEnd() || text.charAt(at) != '=') {
        return null;
      }
      at++;
      if (atEnd() || text.charAt(at) != '"') {
        String token = token();
        return token.isEmpty() ? null : token;
      }
      return quoted();
    }

    private @Nullable String quoted() {
      StringBuilder unquoted = new StringBuilder();
      for (at++; !atEnd(); at++) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return unquoted.toString();
        }
        boolean escapes =
            c == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0;
        unquoted.append(escapes ? text.charAt(++at) : c);
      }
      return null;
    }

    private void skipSpace() {
      while (!atEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }
  }
}
