package io.brrtrouter.schema.format;

import java.text.Normalizer;

/**
 * The formats {@code email} ({@code Mailbox} of RFC 5321 section 4.1.2) and {@code idn-email} (the
 * same as extended by RFC 6531 section 3.3).
 *
 * <p>Of the address literals only those whose tag is registered, {@code IPv6:}, and IPv4.
 */
public final class Emails {
  /** Octets of UTF-8, RFC 5321 section 4.5.3.1.1. */
  private static final int MAX_LOCAL_PART = 64;

  /** RFC 5321 section 4.5.3.1.2. */
  private static final int MAX_DOMAIN = 255;

  private static final String IPV6_TAG = "IPv6:";

  private Emails() {}

  /**
   * Tests for {@code email}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isEmail(String text) {
    int at = endOfLocalPart(text, false);
    return at > 0
        && (isAddressLiteral(text, at + 1)
            || Hostnames.isLdhName(text, at + 1, text.length(), MAX_DOMAIN));
  }

  /**
   * Tests for {@code idn-email}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isIdnEmail(String text) {
    int at = endOfLocalPart(text, true);
    return at > 0 && (isAddressLiteral(text, at + 1) || isIdnDomain(text.substring(at + 1)));
  }

  /**
   * Compared with names in the DNS a domain is brought to Normalization Form C first, as RFC 5895
   * section 2 does with what people type.
   */
  private static boolean isIdnDomain(String domain) {
    return Hostnames.isIdnHostname(Normalizer.normalize(domain, Normalizer.Form.NFC));
  }

  /** {@return the index of the at sign, or -1 when no local part ends in one} */
  private static int endOfLocalPart(String text, boolean international) {
    int end =
        text.startsWith("\"")
            ? endOfQuotedString(text, international)
            : endOfDotString(text, international);
    return end > 0
            && end < text.length()
            && text.charAt(end) == '@'
            && octets(text, end) <= MAX_LOCAL_PART
        ? end
        : -1;
  }

  private static int endOfQuotedString(String text, boolean international) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      boolean escape = c == '\\';
      if (escape) {
        i++;
        c = i < text.length() ? text.charAt(i) : 0;
      }
      boolean printable = c >= ' ' && c <= '~';
      if (!printable && (escape || !international || !isUtf8NonAscii(text, i))) {
        return -1;
      }
    }
    return -1;
  }

  private static int endOfDotString(String text, boolean international) {
    boolean atomOpen = false;
    int i = 0;
    for (; i < text.length() && text.charAt(i) != '@'; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (!atomOpen) {
          return -1;
        }
        atomOpen = false;
      } else if (isAtomText(c) || (international && isUtf8NonAscii(text, i))) {
        atomOpen = true;
      } else {
        return -1;
      }
    }
    return atomOpen ? i : -1;
  }

  /** {@code atext}, RFC 5322 section 3.2.3. */
  private static boolean isAtomText(char c) {
    return Ascii.isLetterOrDigit(c) || (c < 0x80 && "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0);
  }

  /** {@code UTF8-non-ascii}, RFC 6532 section 3.1: everything but surrogates without partner. */
  private static boolean isUtf8NonAscii(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    return c >= 0x80
        && (!Character.isLowSurrogate(c)
            || (at > 0 && Character.isHighSurrogate(text.charAt(at - 1))));
  }

  private static int octets(String text, int end) {
    int octets = 0;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair counts for two of the four octets.
      octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return octets;
  }

  /** {@code address-literal}, RFC 5321 section 4.1.3. */
  private static boolean isAddressLiteral(String text, int start) {
    int end = text.length() - 1;
    if (start >= end || text.charAt(start) != '[' || text.charAt(end) != ']') {
      return false;
    }
    return text.regionMatches(true, start + 1, IPV6_TAG, 0, IPV6_TAG.length())
        ? IpAddresses.isIpv6(text, start + 1 + IPV6_TAG.length(), end)
        : IpAddresses.isIpv4(text, start + 1, end);
  }
}
