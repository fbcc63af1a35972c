package io.brrtrouter.server.cors;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Origins that look alike: {@code https://*.example.com} is every host below {@code example.com},
 * however many labels deep, and not {@code example.com} itself; {@code :*} at the end is any port.
 * Matching looks at each character once. Immutable.
 *
 * @param prefix what an origin begins with, scheme and {@code ://}
 * @param anyLabels whether labels follow it
 * @param host what stands behind them, before the port
 * @param port the port with its colon, empty for the default one
 * @param anyPort whether every port will do
 */
record OriginPattern(String prefix, boolean anyLabels, String host, String port, boolean anyPort) {
  private static final String ANY_LABELS = "*.";
  private static final String ANY_PORT = ":*";

  /** A pattern without complaint. */
  static OriginPattern parse(String text) {
    boolean anyPort = text.endsWith(ANY_PORT);
    String origin = text.toLowerCase(Locale.ROOT);
    if (anyPort) {
      origin = origin.substring(0, origin.length() - ANY_PORT.length());
    }
    int host = origin.indexOf("://") + 3;
    boolean anyLabels = origin.startsWith(ANY_LABELS, host);
    String prefix = origin.substring(0, host);
    String concrete = Origins.normal(prefix + origin.substring(anyLabels ? host + 2 : host));
    int colon = concrete.indexOf(':', Math.max(host, concrete.lastIndexOf(']')));
    int end = colon < 0 ? concrete.length() : colon;
    String behind = concrete.substring(host, end);
    return new OriginPattern(
        prefix, anyLabels, anyLabels ? "." + behind : behind, concrete.substring(end), anyPort);
  }

  /** {@return why a text is no pattern, in words that follow it; null for a pattern} */
  static @Nullable String complaint(String text) {
    String origin =
        text.endsWith(ANY_PORT) ? text.substring(0, text.length() - ANY_PORT.length()) : text;
    int host = origin.indexOf("://") + 3;
    if (host > 2 && origin.startsWith(ANY_LABELS, host)) {
      origin = origin.substring(0, host) + origin.substring(host + ANY_LABELS.length());
    } else if (origin.equals(text)) {
      return "has no \"*\" as first label or as port; write https://*.example.com, or http://localhost:*";
    }
    return origin.indexOf('*') >= 0
        ? "has a \"*\" that is neither the first label of the host nor the port"
        : origin.equals(Origins.OPAQUE) ? "is no pattern" : Origins.complaint(origin);
  }

  /** {@return whether an origin, as browsers write it, is one of these} */
  boolean matches(String origin) {
    if (!origin.startsWith(prefix)) {
      return false;
    }
    int end = portStart(origin);
    int hostStart = end - host.length();
    if (hostStart < prefix.length() || !origin.startsWith(host, hostStart)) {
      return false;
    }
    boolean labels =
        anyLabels
            ? Origins.isLabels(origin, prefix.length(), hostStart)
            : hostStart == prefix.length();
    return labels && (anyPort ? hasPort(origin, end) : origin.substring(end).equals(port));
  }

  private int portStart(String origin) {
    int colon = origin.indexOf(':', Math.max(prefix.length(), origin.lastIndexOf(']')));
    return colon < 0 ? origin.length() : colon;
  }

  private static boolean hasPort(String origin, int end) {
    return end == origin.length() || Origins.isPort(origin.substring(end));
  }
}
