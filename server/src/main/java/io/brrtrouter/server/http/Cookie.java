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
   * without name or without {@code =} is skipped: a server has no use for it (RFC 6265 section
   * 4.2.1 has none), and it could be mistaken for one with a reserved name (RFC 6265bis section
   * 8.5).
   *
   * @param value the value of a {@code Cookie} field
   */
  public static List<Cookie> parse(String value) {
    List<Cookie> cookies = new ArrayList<>();
    parse(value, cookies);
    return cookies;
  }

  private static void parse(String value, List<Cookie> cookies) {
    read(
        value,
        (from, nameEnd, valueStart, to) -> {
          cookies.add(new Cookie(value.substring(from, nameEnd), value.substring(valueStart, to)));
          return true;
        });
  }

  /** Takes the places of cookies in a field value. */
  @FunctionalInterface
  public interface Places {
    /**
     * Takes the place of one cookie.
     *
     * @param from where its name begins
     * @param nameEnd where its name ends
     * @param valueStart where its value begins
     * @param to where its value ends
     * @return whether the next one is wanted
     */
    boolean take(int from, int nameEnd, int valueStart, int to);
  }

  /**
   * Finds the cookies of a field value by the rules of {@link #parse(String)} without taking it
   * apart. Time is linear in its length.
   *
   * @param value the value of a {@code Cookie} field
   * @param places takes the places, in order
   */
  public static void read(String value, Places places) {
    boolean more = true;
    int from = 0;
    while (more && from < value.length()) {
      int semicolon = value.indexOf(';', from);
      int end = semicolon < 0 ? value.length() : semicolon;
      int equals = value.indexOf('=', from, end);
      if (equals >= 0) {
        int name = start(value, from, equals);
        int nameEnd = end(value, name, equals);
        int content = start(value, equals + 1, end);
        more = name == nameEnd || places.take(name, nameEnd, content, end(value, content, end));
      }
      from = end + 1;
    }
  }

  private static int start(String value, int from, int to) {
    int i = from;
    while (i < to && isSpace(value.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int end(String value, int from, int to) {
    int i = to;
    while (i > from && isSpace(value.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** {@return the cookie as in the {@code Cookie} field} */
  @Override
  public String toString() {
    return name + "=" + value;
  }
}
