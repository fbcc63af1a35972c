package io.brrtrouter.schema.format;

/**
 * The formats {@code ipv4} (RFC 2673 section 3.2, without leading zeros as RFC 3986 section 3.2.2
 * has it) and {@code ipv6} (RFC 4291 section 2.2, without zone).
 */
public final class IpAddresses {
  private static final int GROUPS = 8;

  private IpAddresses() {}

  /**
   * Tests for {@code ipv4}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isIpv4(String text) {
    return isIpv4(text, 0, text.length());
  }

  /**
   * Tests for {@code ipv6}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isIpv6(String text) {
    return isIpv6(text, 0, text.length());
  }

  static boolean isIpv4(String text, int start, int end) {
    int at = start;
    for (int octet = 0; octet < 4; octet++) {
      if (octet > 0 && (at == end || text.charAt(at++) != '.')) {
        return false;
      }
      int first = at;
      int value = 0;
      while (at < end && at - first < 3 && Ascii.isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at++) - '0';
      }
      if (at == first || value > 255 || (at - first > 1 && text.charAt(first) == '0')) {
        return false;
      }
    }
    return at == end;
  }

  static boolean isIpv6(String text, int start, int end) {
    int groups = 0;
    boolean compressed = false;
    int at = start;
    if (text.startsWith("::", at) && at + 2 <= end) {
      compressed = true;
      at += 2;
    }
    // Here a group begins, or the address ends after "::".
    while (at < end) {
      int first = at;
      while (at < end && Ascii.isHex(text.charAt(at))) {
        at++;
      }
      if (at < end && text.charAt(at) == '.') {
        return isIpv4(text, first, end) && isComplete(groups + 2, compressed);
      }
      if (at == first || at - first > 4) {
        return false;
      }
      groups++;
      if (at == end) {
        break;
      }
      if (text.charAt(at++) != ':' || at == end) {
        return false;
      }
      if (text.charAt(at) == ':') {
        if (compressed) {
          return false;
        }
        compressed = true;
        at++;
      }
    }
    return isComplete(groups, compressed);
  }

  /** A "::" stands for at least one group. */
  private static boolean isComplete(int groups, boolean compressed) {
    return compressed ? groups < GROUPS : groups == GROUPS;
  }
}
