package io.brrtrouter.schema.format;

/**
 * The formats {@code uri} and {@code uri-reference} (RFC 3986 sections 3 and 4.1), {@code iri} and
 * {@code iri-reference} (RFC 3987 section 2.2). Syntax only: a host of digits and dots that is no
 * IPv4 address is a registered name.
 */
public final class Uris {
  private final String text;
  private final boolean international;

  private Uris(String text, boolean international) {
    this.text = text;
    this.international = international;
  }

  /**
   * Tests for {@code uri}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isUri(String text) {
    return new Uris(text, false).isAbsolute();
  }

  /**
   * Tests for {@code uri-reference}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isUriReference(String text) {
    return new Uris(text, false).isReference();
  }

  /**
   * Tests for {@code iri}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isIri(String text) {
    return new Uris(text, true).isAbsolute();
  }

  /**
   * Tests for {@code iri-reference}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isIriReference(String text) {
    return new Uris(text, true).isReference();
  }

  private boolean isAbsolute() {
    int colon = endOfScheme();
    return colon > 0 && isHierarchicalPart(colon + 1);
  }

  private boolean isReference() {
    int colon = endOfScheme();
    if (colon > 0) {
      return isHierarchicalPart(colon + 1);
    }
    return !hasColonInFirstSegment() && isHierarchicalPart(0);
  }

  /** {@return the index of the colon after a scheme, or -1; section 3.1} */
  private int endOfScheme() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return i == 0 ? -1 : i;
      }
      if (!Ascii.isLetter(c)
          && (i == 0 || (!Ascii.isDigit(c) && c != '+' && c != '-' && c != '.'))) {
        return -1;
      }
    }
    return -1;
  }

  /** Section 4.2: it would be taken for a scheme. */
  private boolean hasColonInFirstSegment() {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case ':' -> {
          return true;
        }
        case '/', '?', '#' -> {
          return false;
        }
        default -> {}
      }
    }
    return false;
  }

  /** Tests all after the scheme: {@code hier-part [ "?" query ] [ "#" fragment ]}. */
  private boolean isHierarchicalPart(int start) {
    int at = start;
    if (text.startsWith("//", at)) {
      int end = endOfAuthority(at + 2);
      if (!isAuthority(at + 2, end)) {
        return false;
      }
      at = end;
    }
    at = endOfPart(at, ":@/", false);
    if (at < text.length() && text.charAt(at) == '?') {
      at = endOfPart(at + 1, ":@/?", true);
    }
    if (at < text.length() && text.charAt(at) == '#') {
      at = endOfPart(at + 1, ":@/?", false);
    }
    return at == text.length();
  }

  private int endOfAuthority(int start) {
    int at = start;
    while (at < text.length() && "/?#".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /** Section 3.2: {@code [ userinfo "@" ] host [ ":" port ]}. */
  private boolean isAuthority(int start, int end) {
    int host = start;
    int sign = text.indexOf('@', start);
    if (sign >= 0 && sign < end) {
      if (endOfPart(start, ":", false) != sign) {
        return false;
      }
      host = sign + 1;
    }
    int afterHost =
        text.startsWith("[", host) ? endOfIpLiteral(host, end) : endOfPart(host, "", false);
    return afterHost == end
        || (afterHost > 0 && text.charAt(afterHost) == ':' && isPort(afterHost + 1, end));
  }

  private boolean isPort(int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Ascii.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** {@return the index after the bracket, or -1; section 3.2.2} */
  private int endOfIpLiteral(int start, int end) {
    int bracket = text.indexOf(']', start);
    if (bracket < 0 || bracket >= end) {
      return -1;
    }
    return IpAddresses.isIpv6(text, start + 1, bracket) || isIpvFuture(start + 1, bracket)
        ? bracket + 1
        : -1;
  }

  /** {@code "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )}. */
  private boolean isIpvFuture(int start, int end) {
    if (start == end || (text.charAt(start) | 0x20) != 'v') {
      return false;
    }
    int dot = start + 1;
    while (dot < end && Ascii.isHex(text.charAt(dot))) {
      dot++;
    }
    if (dot == start + 1 || dot + 1 >= end || text.charAt(dot) != '.') {
      return false;
    }
    for (int i = dot + 1; i < end; i++) {
      char c = text.charAt(i);
      if (!isUnreserved(c) && !isSubDelimiter(c) && c != ':') {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return the index of the first character that is neither unreserved, percent-encoded, a
   * sub-delimiter nor one of {@code more}}
   */
  private int endOfPart(int start, String more, boolean query) {
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '%') {
        if (!isPercentEncoded(text, at)) {
          return at;
        }
        at += 3;
      } else if (isUnreserved(c) || isSubDelimiter(c) || more.indexOf(c) >= 0) {
        at++;
      } else if (international && c >= 0x80 && isInternational(text.codePointAt(at), query)) {
        at += Character.charCount(text.codePointAt(at));
      } else {
        return at;
      }
    }
    return at;
  }

  private static boolean isInternational(int c, boolean query) {
    return isUcsCharacter(c) || (query && isPrivateUse(c));
  }

  static boolean isPercentEncoded(String text, int at) {
    return at + 2 < text.length()
        && text.charAt(at) == '%'
        && Ascii.isHex(text.charAt(at + 1))
        && Ascii.isHex(text.charAt(at + 2));
  }

  /** {@code ucschar}, RFC 3987 section 2.2. */
  static boolean isUcsCharacter(int c) {
    return (c >= 0xA0 && c <= 0xD7FF)
        || (c >= 0xF900 && c <= 0xFDCF)
        || (c >= 0xFDF0 && c <= 0xFFEF)
        || (c >= 0x10000 && c <= 0xEFFFD && (c & 0xFFFF) <= 0xFFFD && (c >> 12 != 0xE0));
  }

  /** {@code iprivate}, RFC 3987 section 2.2. */
  static boolean isPrivateUse(int c) {
    return (c >= 0xE000 && c <= 0xF8FF)
        || (c >= 0xF0000 && c <= 0x10FFFD && (c & 0xFFFF) <= 0xFFFD);
  }

  /** RFC 3986 section 2.3. */
  private static boolean isUnreserved(char c) {
    return Ascii.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
  }

  /** RFC 3986 section 2.2. */
  private static boolean isSubDelimiter(char c) {
    return switch (c) {
      case '!', '$', '&', '\'', '(', ')', '*', '+', ',', ';', '=' -> true;
      default -> false;
    };
  }
}
