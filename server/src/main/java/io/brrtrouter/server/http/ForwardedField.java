package io.brrtrouter.server.http;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The field in which proxies say whom they forward a request for. */
public enum ForwardedField {
  /**
   * The usual one: addresses separated by commas, each proxy adds one at the end. Two more fields
   * say what it was asked for.
   */
  X_FORWARDED_FOR("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto") {
    @Override
    @Nullable InetAddress address(String element) {
      InetAddress bare = IpLiteral.parse(element);
      return bare == null ? ofNode(element) : bare;
    }

    @Override
    @Nullable String host(String element) {
      return element;
    }

    @Override
    @Nullable String scheme(String element) {
      return element;
    }
  },

  /** The standard one (RFC 7239). */
  FORWARDED("Forwarded", "Forwarded", "Forwarded") {
    @Override
    @Nullable InetAddress address(String element) {
      String node = parameter(element, "for=");
      return node == null ? null : ofNode(node);
    }

    @Override
    @Nullable String host(String element) {
      return parameter(element, "host=");
    }

    @Override
    @Nullable String scheme(String element) {
      return parameter(element, "proto=");
    }
  };

  private static final int LONGEST_PORT = 5;

  private final String header;
  private final String hostHeader;
  private final String schemeHeader;

  ForwardedField(String header, String hostHeader, String schemeHeader) {
    this.header = header;
    this.hostHeader = hostHeader;
    this.schemeHeader = schemeHeader;
  }

  /** {@return the name of the field} */
  public String header() {
    return header;
  }

  /** {@return the name of the field that has the {@link #host}} */
  String hostHeader() {
    return hostHeader;
  }

  /** {@return the name of the field that has the {@link #scheme}} */
  String schemeHeader() {
    return schemeHeader;
  }

  /**
   * {@return the field of a name, or nothing}
   *
   * @param name the name in lower case
   */
  public static Optional<ForwardedField> parse(String name) {
    for (ForwardedField field : values()) {
      if (field.toString().equals(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** {@return the name in lower case, as the configuration has it} */
  @Override
  public String toString() {
    return this == FORWARDED ? "forwarded" : "x-forwarded-for";
  }

  /** {@return whom an element of the list names, null if it names no address} */
  abstract @Nullable InetAddress address(String element);

  /** {@return the {@code Host} that a proxy was asked for, by an element; null if it says none} */
  abstract @Nullable String host(String element);

  /** {@return by which scheme a proxy was asked, by an element; null if it says none} */
  abstract @Nullable String scheme(String element);

  /**
   * {@return the value of a parameter, null if there is none or anything is wrong}
   *
   * @param name the name with an equals sign
   */
  private static @Nullable String parameter(String element, String name) {
    String value = null;
    for (int from = 0; from <= element.length(); ) {
      int end = endOfPair(element, from);
      if (end < 0) {
        return null;
      }
      String pair = element.substring(from, end);
      if (!isPair(pair)) {
        return null;
      }
      if (pair.regionMatches(true, 0, name, 0, name.length())) {
        if (value != null) {
          return null; // "Each parameter MUST NOT occur more than once" (section 4)
        }
        value = unquoted(pair.substring(name.length()));
      }
      from = end + 1;
    }
    return value;
  }

  /** {@return the end of a pair that begins at an index: a semicolon or the end; -1 if none} */
  private static int endOfPair(String element, int from) {
    boolean quoted = false;
    for (int i = from; i < element.length(); i++) {
      char c = element.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return quoted ? -1 : element.length();
  }

  /** An empty pair is one (section 4). */
  private static boolean isPair(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      return pair.isEmpty();
    }
    String value = pair.substring(equals + 1);
    return Tokens.isToken(pair.substring(0, equals)) && (Tokens.isToken(value) || isQuoted(value));
  }

  /** A quotation mark inside is escaped (RFC 9110 section 5.6.4). */
  private static boolean isQuoted(String value) {
    int last = value.length() - 1;
    if (last < 1 || value.charAt(0) != '"' || value.charAt(last) != '"') {
      return false;
    }
    for (int i = 1; i < last; i++) {
      if (value.charAt(i) == '"' || (value.charAt(i) == '\\' && ++i == last)) {
        return false;
      }
    }
    return true;
  }

  private static String unquoted(String value) {
    if (value.charAt(0) != '"') {
      return value;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < value.length() - 1; i++) {
      text.append(value.charAt(value.charAt(i) == '\\' ? ++i : i));
    }
    return text.toString();
  }

  /** A node (RFC 7239 section 6): unknown and obfuscated ones have no address. */
  private static @Nullable InetAddress ofNode(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end > 0 && isPortOrNone(node.substring(end + 1))
          ? IpLiteral.six(node.substring(1, end))
          : null;
    }
    int colon = node.indexOf(':');
    if (colon < 0) {
      return IpLiteral.four(node);
    }
    return isPortOrNone(node.substring(colon)) ? IpLiteral.four(node.substring(0, colon)) : null;
  }

  private static boolean isPortOrNone(String text) {
    if (text.isEmpty()) {
      return true;
    }
    String port = text.substring(1);
    boolean obfuscated = port.length() > 1 && port.charAt(0) == '_' && Tokens.isToken(port);
    boolean digits =
        !port.isEmpty()
            && port.length() <= LONGEST_PORT
            && port.chars().allMatch(c -> c >= '0' && c <= '9');
    return text.charAt(0) == ':' && (obfuscated || digits);
  }
}
