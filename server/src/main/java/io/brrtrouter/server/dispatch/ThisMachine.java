package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.IpLiteral;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Names that lead to the machine they are used on and nowhere else: {@code localhost} and what is
 * below it (RFC 6761 section 6.3), 127.0.0.0/8 and {@code ::1}. A server that listens on a loopback
 * address hears from its own machine only, but a browser there may be led by a page of a name that
 * resolves to that address (DNS rebinding), and a proxy there may speak for others: both send the
 * name that they were asked for. And any page may have the browser send requests to such a name:
 * those say from where they come.
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
   * what the origin says goes first. Whoever sends neither field is no browser.
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

  /**
   * {@return an authority without its port} The transport has checked the syntax of {@code Host};
   * no page can write an {@code Origin}, and whoever is no browser may say what he likes.
   */
  private static String host(String authority) {
    int port = authority.indexOf(':', authority.lastIndexOf(']') + 1);
    return port < 0 ? authority : authority.substring(0, port);
  }

  private static boolean isHost(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      return isLoopback(IpLiteral.six(host.substring(1, host.length() - 1)));
    }
    int beyond = host.length() - NAME.length();
    return host.regionMatches(true, beyond, NAME, 0, NAME.length())
        ? beyond == 0 || (beyond > 1 && host.charAt(beyond - 1) == '.')
        : isLoopback(IpLiteral.four(host));
  }

  private static boolean isLoopback(@Nullable InetAddress address) {
    return address != null && address.isLoopbackAddress();
  }
}
