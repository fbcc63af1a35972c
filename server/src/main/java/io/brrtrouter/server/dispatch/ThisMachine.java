package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.IpLiteral;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Names that lead to the machine they are used on and nowhere else: {@code localhost} and what is
 * below it (RFC 6761 section 6.3), 127.0.0.0/8 and {@code [::1]}. A server that listens on a
 * loopback address hears from its own machine only, but a browser there may be led by a page of a
 * name that resolves to that address (DNS rebinding), and a proxy there may speak for others: both
 * send the name that they were asked for. And any page may have the browser send requests to such a
 * name: those say from where they come.
 */
final class ThisMachine {
  private static final String NAME = "localhost";

  private ThisMachine() {}

  /** What only this machine may ask for. */
  enum Aid {
    /** Everything, since everybody knows the credentials. */
    DEVELOPMENT(
        "the server accepts credentials for development, which everybody knows",
        "open them from this machine, or name their origin in cors.origins"),
    /** Why requests were refused. */
    DECISIONS(
        "this tells why requests were refused, which helps whoever wants to get in",
        "open its URL itself");

    private final String why;
    private final String fix;

    Aid(String why, String fix) {
      this.why = why;
      this.fix = fix;
    }
  }

  /**
   * {@return why a request may not have an aid, null if it may}
   *
   * @param head the request
   * @param aid the aid
   * @param cors what names origins whose pages may have it as if they were this machine's
   */
  static @Nullable Rejection refusal(HttpRequest head, Aid aid, CorsPolicy cors) {
    String authority = head.headers().get("Host");
    if (authority == null || !isHost(host(authority))) {
      return new Rejection.NotThisMachine(aid.why);
    }
    return isOfAnotherSite(head.headers(), cors)
        ? new Rejection.ForeignPage(aid.why, aid.fix)
        : null;
  }

  /**
   * A page of this machine may be of another site, {@code 127.0.0.1} for {@code localhost}, so that
   * what the origin says goes first. Whoever sends neither field is no browser: to these names they
   * send one of them with every request (Fetch Metadata Request Headers section 3).
   */
  private static boolean isOfAnotherSite(Headers headers, CorsPolicy cors) {
    String origin = headers.get("Origin");
    if (origin != null) {
      return !isOrigin(origin) && !cors.names(origin);
    }
    return switch (headers.get("Sec-Fetch-Site")) {
      case null -> false;
      case "none", "same-origin", "same-site" -> false;
      default -> true;
    };
  }

  private static boolean isOrigin(String origin) {
    int end = origin.indexOf("://");
    return end > 0
        && (origin.startsWith("http://") || origin.startsWith("https://"))
        && isHost(host(origin.substring(end + 3)));
  }

  /** {@return an authority without its port} All of it where what is behind the colon is none. */
  private static String host(String authority) {
    int port = authority.indexOf(':', authority.lastIndexOf(']') + 1);
    return port < 0 || !authority.chars().skip(port + 1L).allMatch(ThisMachine::isDigit)
        ? authority
        : authority.substring(0, port);
  }

  /**
   * Other ways to write these addresses do not count, because browsers do not take all of them for
   * this machine and then leave out {@code Sec-Fetch-Site}: {@code [::ffff:127.0.0.1]} is one.
   */
  private static boolean isHost(String host) {
    return host.equals("[::1]") || isName(host) || isLoopback(IpLiteral.four(host));
  }

  /** Each label before the last is of letters, digits, hyphens and underscores, one at least. */
  private static boolean isName(String host) {
    int beyond = host.length() - NAME.length();
    if (!host.regionMatches(true, beyond, NAME, 0, NAME.length())) {
      return false;
    }
    boolean empty = true;
    for (int i = 0; i < beyond; i++) {
      char c = host.charAt(i);
      if (c == '.' ? empty : !isOfLabel(c)) {
        return false;
      }
      empty = c == '.';
    }
    return beyond == 0 || host.charAt(beyond - 1) == '.';
  }

  private static boolean isOfLabel(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '-' || c == '_';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLoopback(@Nullable InetAddress address) {
    return address != null && address.isLoopbackAddress();
  }
}
