package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.IpLiteral;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Names that lead to the machine they are used on and nowhere else: {@code localhost} and what is
 * below it (RFC 6761 section 6.3), 127.0.0.0/8 and {@code ::1}. A server that listens on a loopback
 * address hears from its own machine only, but a browser there may be led by a page of a name that
 * resolves to that address (DNS rebinding), and a proxy there may speak for others: both send the
 * name that they were asked for.
 */
final class ThisMachine {
  private static final String NAME = "localhost";

  private ThisMachine() {}

  /** {@return whether a request names this machine as its host; not if it names none} */
  static boolean isNamedBy(HttpRequest head) {
    String authority = head.headers().get("Host");
    return authority != null && isHost(host(authority));
  }

  /** {@return an authority without its port} The transport has checked the syntax of both. */
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
