package io.brrtrouter.server.cors;

import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.TrustedProxies;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Serialised origins: {@code scheme://host[:port]}, without the port that is the scheme's default
 * (RFC 6454 section 6.2). Browsers send them in lower case and in ASCII, so that those that are
 * configured can be compared as text.
 */
final class Origins {
  /** What browsers send for pages that have no origin to speak of, files for example. */
  static final String OPAQUE = "null";

  private static final int GREATEST_PORT = 65_535;

  private Origins() {}

  /** {@return an origin as browsers write it} An origin without complaint. */
  static String normal(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String port = defaultPort(lower);
    return port.isEmpty() || !lower.endsWith(port)
        ? lower
        : lower.substring(0, lower.length() - port.length());
  }

  /** {@return the port that is never written, with its colon, empty for most schemes} */
  private static String defaultPort(String origin) {
    return origin.regionMatches(true, 0, "https://", 0, 8)
        ? ":443"
        : origin.regionMatches(true, 0, "http://", 0, 7) ? ":80" : "";
  }

  /** {@return why a text is no origin, in words that follow it; null for an origin} */
  static @Nullable String complaint(String origin) {
    int colon = origin.indexOf("://");
    if (origin.equals(OPAQUE)) {
      return null;
    }
    if (colon < 0 || !isScheme(origin.substring(0, colon))) {
      return "has no scheme; write https:// or http:// before it";
    }
    return authorityComplaint(origin.substring(colon + 3));
  }

  static boolean isScheme(String text) {
    return !text.isEmpty()
        && isLetter(text.charAt(0))
        && text.chars().allMatch(c -> isLetter(c) || isDigit(c) || "+-.".indexOf(c) >= 0);
  }

  private static @Nullable String authorityComplaint(String authority) {
    if (authority.endsWith("/") && authority.indexOf('/') == authority.length() - 1) {
      return "ends with a slash; browsers send it without";
    }
    if (authority.indexOf('/') >= 0 || authority.indexOf('?') >= 0 || authority.indexOf('#') >= 0) {
      return "has a path, a query or a fragment; an origin ends with host or port";
    }
    if (authority.indexOf('@') >= 0) {
      return "has a user; an origin has scheme, host and port only";
    }
    if (authority.chars().anyMatch(c -> c > 127)) {
      return "has a host beyond ASCII; write it as browsers send it, in punycode (xn--...)";
    }
    int end = hostEnd(authority);
    String port = authority.substring(end);
    if (!isHost(authority.substring(0, end))) {
      return "has no host";
    }
    return port.isEmpty() || isPort(port) ? null : "has a port that is no number from 1 to 65535";
  }

  private static int hostEnd(String authority) {
    int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
    return colon < 0 ? authority.length() : colon;
  }

  private static boolean isHost(String host) {
    if (host.startsWith("[")) {
      return host.endsWith("]")
          && host.length() > 3
          && host.substring(1, host.length() - 1)
              .chars()
              .allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
    }
    return isLabels(host, 0, host.length());
  }

  /**
   * {@return whether a part of a text is one or more labels of a host, with single points between
   * them}
   */
  static boolean isLabels(String text, int from, int to) {
    boolean labelled = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '.' ? !labelled : !isLetter(c) && !isDigit(c) && c != '-' && c != '_') {
        return false;
      }
      labelled = c != '.';
    }
    return labelled;
  }

  /** {@return whether a text is a colon and a port} */
  static boolean isPort(String text) {
    if (text.length() < 2 || text.length() > 6 || text.charAt(0) != ':') {
      return false;
    }
    int port = 0;
    for (int i = 1; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
      port = port * 10 + text.charAt(i) - '0';
    }
    return port > 0 && port <= GREATEST_PORT;
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /**
   * {@return whether a request comes from a page of the server itself: the authority of its origin
   * is that which it was sent to, by its {@code Host} or by what a trusted proxy was asked for}
   * What came in the clear may have been encrypted up to a proxy, so that its scheme is not known;
   * what was sent encrypted is of no page that was not. A default port is that of the origin's
   * scheme.
   *
   * @param origin the {@code Origin} of the request
   * @param head the request
   * @param proxies who is believed about what the request was sent to
   */
  static boolean isSame(String origin, HttpRequest head, TrustedProxies proxies) {
    int colon = origin.indexOf("://");
    if (colon < 0) {
      return false;
    }
    TrustedProxies.Destination told = proxies.destination(head).orElse(null);
    boolean encrypted = told == null ? head.peer().secure() : told.encrypted();
    if (encrypted && !origin.regionMatches(true, 0, "https:", 0, colon + 1)) {
      return false;
    }
    String host = head.headers().get("Host");
    return hasAuthority(origin, colon + 3, host)
        || (told != null
            && told.authorities().stream()
                .anyMatch(authority -> hasAuthority(origin, colon + 3, authority)));
  }

  private static boolean hasAuthority(String origin, int start, @Nullable String authority) {
    if (authority == null || authority.isEmpty()) {
      return false;
    }
    String port = defaultPort(origin);
    int originLength = withoutPort(origin, start, port) - start;
    int length = withoutPort(authority, 0, port);
    return originLength == length && origin.regionMatches(true, start, authority, 0, length);
  }

  /** {@return where an authority ends when its port, if it has the default one, is left out} */
  private static int withoutPort(String text, int from, String port) {
    int end = text.endsWith(":") ? text.length() - 1 : text.length();
    boolean usual = !port.isEmpty() && end - from > port.length() && text.endsWith(port);
    return usual ? end - port.length() : end;
  }

  /** {@return the origin of a URL, null if it has none} */
  static @Nullable String ofUrl(String url) {
    try {
      URI uri = new URI(url);
      String authority = uri.getRawAuthority();
      return uri.getScheme() == null || authority == null || authority.indexOf('@') >= 0
          ? null
          : normal(uri.getScheme() + "://" + authority);
    } catch (URISyntaxException none) {
      return null;
    }
  }
}
