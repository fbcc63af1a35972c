package io.brrtrouter.server.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** IP addresses as text (RFC 3986 section 3.2.2, without brackets). Never asks for a name. */
public final class IpLiteral {
  /** Eight groups, the last two of them as an IPv4 address. */
  private static final int LONGEST = 45;

  private static final int OCTETS = 4;

  private IpLiteral() {}

  /**
   * {@return the address, null if the text is none} IPv4-mapped ones become IPv4 addresses.
   *
   * @param text the text
   */
  public static @Nullable InetAddress parse(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    return text.indexOf(':') < 0 ? four(text) : six(text);
  }

  /**
   * {@return the address that is four decimal octets, null if the text is none} Other readers take
   * a leading zero for octal, or fewer parts.
   *
   * @param text the text
   */
  public static @Nullable InetAddress four(String text) {
    String[] octets = text.split("\\.", -1);
    boolean sound = octets.length == OCTETS;
    for (String octet : octets) {
      sound &= isOctet(octet);
    }
    return sound ? InetAddress.ofLiteral(text) : null;
  }

  private static boolean isOctet(String text) {
    if (text.isEmpty() || text.length() > 3 || (text.length() > 1 && text.charAt(0) == '0')) {
      return false;
    }
    return text.chars().allMatch(c -> c >= '0' && c <= '9') && Integer.parseInt(text) <= 255;
  }

  /**
   * {@return the IPv6 address, null if the text is none} Without a zone, which means something on
   * the machine that wrote it only.
   *
   * @param text the text
   */
  public static @Nullable InetAddress six(String text) {
    if (text.length() > LONGEST
        || text.indexOf(':') < 0
        || !text.chars().allMatch(IpLiteral::isOfSix)
        || !isEndSound(text)) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException notOne) {
      return null;
    }
  }

  /** The last two groups may be an IPv4 address. */
  private static boolean isEndSound(String text) {
    return text.indexOf('.') < 0 || four(text.substring(text.lastIndexOf(':') + 1)) != null;
  }

  private static boolean isOfSix(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'f')
        || (c >= 'A' && c <= 'F')
        || c == ':'
        || c == '.';
  }
}
