package io.brrtrouter.server.http;

import java.util.ArrayList;
import java.util.List;

/**
 * A cookie a client sends (RFC 6265 section 4.2). Immutable.
 *
 * @param name the name, case-sensitive, not empty
 * @param value the value as sent; quotes around it belong to it (RFC 6265bis section 4.1.1)
 */
public record Cookie(String name, String value) {

  /** Refuses a cookie without name. */
  public Cookie {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a cookie has a name");
    }
  }

  /**
   * {@return the cookies of a request, in order; several may have one name}
   *
   * @param headers the header fields of the request; HTTP/2 may split the cookies over several
   */
  public static List<Cookie> of(Headers headers) {
    if (!headers.contains("Cookie")) {
      return List.of();
    }
    List<Cookie> cookies = new ArrayList<>();
    for (String value : headers.all("Cookie")) {
      parse(value, cookies);
    }
    return cookies;
  }

  /**
   * {@return the cookies of a field value, in order}
   *
   * <p>As lenient as browsers are in what they store: pairs are separated by {@code ;}, white space
   * around names and values is dropped, everything behind the first {@code =} is the value. A pair
   * without name or without {@code =} is skipped: it could be mistaken for one with a reserved name
   * (RFC 6265bis section 8.5).
   *
   * @param value the value of a {@code Cookie} field
   */
  public static List<Cookie> parse(String value) {
    List<Cookie> cookies = new ArrayList<>();
    parse(value, cookies);
    return cookies;
  }

  private static void parse(String value, List<Cookie> cookies) {
    int from = 0;
    while (from < value.length()) {
      int semicolon = value.indexOf(';', from);
      int end = semicolon < 0 ? value.length() : semicolon;
      int equals = value.indexOf('=', from);
      if (equals > 0 && equals < end) {
        String name = value.substring(from, equals).strip();
        if (!name.isEmpty()) {
          cookies.add(new Cookie(name, value.substring(equals + 1, end).strip()));
        }
      }
      from = end + 1;
    }
  }

  /** {@return the cookie as in the {@code Cookie} field} */
  @Override
  public String toString() {
    return name + "=" + value;
  }
}
