package io.brrtrouter.server.transport;

import static io.brrtrouter.server.transport.FramingException.malformed;

import io.netty.util.NetUtil;

/**
 * What names a server in a request: {@code host[:port]}, without user information (RFC 9110
 * sections 4.2.4 and 7.2, over RFC 3986 section 3.2). Refused as well are a port that no connection
 * can have, a bracketed address of a version beyond 6 and one with a zone, because the code that
 * makes links or decisions of a host would each read them in its own way.
 */
final class Authority {
  private static final int GREATEST_PORT = 65_535;
  private static final boolean[] NAME = new boolean[128];

  static {
    for (char c = '0'; c <= 'z'; c++) {
      NAME[c] = Character.isLetterOrDigit(c);
    }
    for (char c : "-._~!$&'()*+,;=%".toCharArray()) {
      NAME[c] = true;
    }
  }

  private Authority() {}

  /**
   * Refuses what is no authority; an empty one is for the caller to judge.
   *
   * @param where what has it, for the message
   */
  static void require(String authority, String where) throws FramingException {
    int end = authority.startsWith("[") ? address(authority, where) : name(authority, where);
    if (end == authority.length()) {
      return;
    }
    if (end == 0) {
      throw malformed("the authority in " + where + " has a port but no host");
    }
    requirePort(authority, end + 1, where);
  }

  /** {@return where an address in brackets ends} */
  private static int address(String authority, String where) throws FramingException {
    int end = authority.indexOf(']');
    String address = end < 0 ? "" : authority.substring(1, end);
    boolean ends = end + 1 == authority.length() || authority.startsWith(":", end + 1);
    if (!ends || address.indexOf('%') >= 0 || !NetUtil.isValidIpV6Address(address)) {
      throw malformed("brackets in " + where + " hold an IPv6 address and end the host");
    }
    return end + 1;
  }

  /** {@return where a name or an IPv4 address ends} */
  private static int name(String authority, String where) throws FramingException {
    int at = 0;
    for (; at < authority.length() && authority.charAt(at) != ':'; at++) {
      char c = authority.charAt(at);
      if (c >= NAME.length || !NAME[c]) {
        throw malformed("the host in " + where + " has a character that no host has");
      }
      if (c == '%' && !isEscape(authority, at)) {
        throw malformed("a \"%\" of the host in " + where + " begins no percent-encoding");
      }
    }
    return at;
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && Octets.hex((byte) text.charAt(at + 1)) >= 0
        && Octets.hex((byte) text.charAt(at + 2)) >= 0;
  }

  private static void requirePort(String authority, int from, String where)
      throws FramingException {
    int port = 0;
    for (int i = from; i < authority.length(); i++) {
      int digit = authority.charAt(i) - '0';
      port = digit < 0 || digit > 9 ? GREATEST_PORT + 1 : port * 10 + digit;
      if (port > GREATEST_PORT) {
        throw malformed("the port in " + where + " is a number up to " + GREATEST_PORT);
      }
    }
  }
}
