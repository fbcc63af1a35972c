package io.brrtrouter.server.transport;

import static io.brrtrouter.server.transport.FramingException.malformed;

import io.brrtrouter.server.http.TransportFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A request target reduced to origin form or {@code *} (RFC 9112 section 3.2).
 *
 * @param target a path with an optional query, or {@code *}
 * @param authority the authority of an absolute target, else null
 */
record RequestTarget(String target, @Nullable String authority) {

  /**
   * {@return the target of a request line}
   *
   * @param secure whether the connection is encrypted
   * @throws FramingException if the method cannot have such a target
   */
  static RequestTarget parse(String method, String target, boolean secure) throws FramingException {
    if (method.equals("CONNECT")) {
      throw new FramingException(Kind.NOT_IMPLEMENTED, "the server is no proxy: no CONNECT");
    }
    if (target.startsWith("/")) {
      return new RequestTarget(target, null);
    }
    if (target.equals("*")) {
      if (!method.equals("OPTIONS")) {
        throw malformed("only OPTIONS has the request target *");
      }
      return new RequestTarget(target, null);
    }
    return absolute(method, target, secure);
  }

  private static RequestTarget absolute(String method, String target, boolean encrypted)
      throws FramingException {
    boolean secure = target.regionMatches(true, 0, "https://", 0, 8);
    int scheme = secure ? 8 : target.regionMatches(true, 0, "http://", 0, 7) ? 7 : -1;
    if (scheme < 0) {
      throw malformed("a request target begins with \"/\" or is an http URI");
    }
    int end = scheme;
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
      end++;
    }
    String authority = target.substring(scheme, end);
    if (authority.isEmpty()) {
      throw malformed("an http URI has a host");
    }
    Authority.require(authority, "the request target");
    if (secure && !encrypted) {
      throw notEncrypted();
    }
    if (end == target.length()) {
      // RFC 9112 section 3.2.4: an absolute target without path is * for OPTIONS.
      return new RequestTarget(method.equals("OPTIONS") ? "*" : "/", authority);
    }
    String rest = target.substring(end);
    return new RequestTarget(rest.startsWith("/") ? rest : "/" + rest, authority);
  }

  /** RFC 9110 section 7.4: whoever asks for an https URI may think that nobody reads along. */
  static FramingException notEncrypted() {
    return new FramingException(
        Kind.MISDIRECTED,
        "an https URI was asked for on a connection that is not encrypted; ask for it over TLS");
  }
}
