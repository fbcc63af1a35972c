package io.brrtrouter.schema.format;

import java.util.Locale;

/**
 * The formats {@code hostname} (RFC 1123 section 2.1, its A-labels checked by RFC 5890 section
 * 2.3.2.1) and {@code idn-hostname} (RFC 5890 section 2.3.2.3).
 */
public final class Hostnames {
  /** Characters of a name: 255 octets on the wire (RFC 1035 section 2.3.4) less two lengths. */
  private static final int MAX_NAME = 253;

  /** Characters of a label, RFC 1035 section 2.3.4. */
  private static final int MAX_LABEL = 63;

  private static final String ACE_PREFIX = "xn--";

  private final String text;
  private final boolean international;
  private int asciiLength;
  private boolean rightToLeft;
  private boolean bidi = true;

  private Hostnames(String text, boolean international) {
    this.text = text;
    this.international = international;
  }

  /**
   * Tests for {@code hostname}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isHostname(String text) {
    return isLdhName(text, 0, text.length(), MAX_NAME)
        && (!hasAceLabel(text) || new Hostnames(text, false).isName());
  }

  /**
   * Tests for {@code idn-hostname}.
   *
   * @param text the text
   * @return whether it is one
   */
  public static boolean isIdnHostname(String text) {
    return new Hostnames(text, true).isName();
  }

  /** {@return whether a part of the text is letter-digit-hyphen labels with dots between them} */
  static boolean isLdhName(String text, int start, int end, int limit) {
    if (end - start > limit) {
      return false;
    }
    int label = start;
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == '.') {
        if (!isLdhLabel(text, label, i)) {
          return false;
        }
        label = i + 1;
      }
    }
    return isLdhLabel(text, label, end);
  }

  private static boolean isLdhLabel(String text, int start, int end) {
    if (start == end
        || end - start > MAX_LABEL
        || text.charAt(start) == '-'
        || text.charAt(end - 1) == '-') {
      return false;
    }
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (!Ascii.isLetterOrDigit(c) && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean hasAceLabel(String text) {
    int label = 0;
    do {
      if (startsWithAcePrefix(text, label)) {
        return true;
      }
      label = text.indexOf('.', label) + 1;
    } while (label > 0);
    return false;
  }

  private static boolean startsWithAcePrefix(String text, int at) {
    return text.regionMatches(true, at, ACE_PREFIX, 0, ACE_PREFIX.length());
  }

  private boolean isName() {
    int label = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isSeparator(text.charAt(i))) {
        if (!isLabel(label, i) || asciiLength > MAX_NAME) {
          return false;
        }
        label = i + 1;
      }
    }
    return isLabel(label, text.length()) && asciiLength - 1 <= MAX_NAME && (bidi || !rightToLeft);
  }

  /** RFC 3490 section 3.1: what typists use for the full stop. */
  private boolean isSeparator(char c) {
    return c == '.' || (international && (c == '\u3002' || c == '\uFF0E' || c == '\uFF61'));
  }

  private boolean isLabel(int start, int end) {
    if (end - start > MAX_LABEL) {
      return false;
    }
    if (isAscii(start, end)) {
      asciiLength += end - start + 1;
      return isLdhLabel(text, start, end)
          && (startsWithAcePrefix(text, start)
              ? isAceLabel(start + ACE_PREFIX.length(), end)
              : isPlainLabel(start, end));
    }
    int[] points = text.substring(start, end).codePoints().toArray();
    String encoded = Punycode.encode(points, points.length);
    asciiLength += ACE_PREFIX.length() + encoded.length() + 1;
    return ACE_PREFIX.length() + encoded.length() <= MAX_LABEL
        && isUnicodeLabel(new IdnaLabel(points, points.length));
  }

  /** RFC 5890 section 2.3.1: a name may not be internationalized and have reserved LDH labels. */
  private boolean isPlainLabel(int start, int end) {
    if (international && end - start > 3 && text.startsWith("--", start + 2)) {
      return false;
    }
    int[] points = text.substring(start, end).chars().toArray();
    bidi &= new IdnaLabel(points, points.length).followsBidiRule();
    return true;
  }

  /** An A-label: Punycode of a U-label, in the one form the encoder gives. */
  private boolean isAceLabel(int start, int end) {
    String encoded = text.substring(start, end).toLowerCase(Locale.ROOT);
    int[] points = new int[MAX_LABEL];
    int length = Punycode.decode(encoded, points);
    return length > 0
        && hasNonAscii(points, length)
        && Punycode.encode(points, length).equals(encoded)
        && isUnicodeLabel(new IdnaLabel(points, length));
  }

  private boolean isUnicodeLabel(IdnaLabel label) {
    if (!label.isUnicodeLabel()) {
      return false;
    }
    rightToLeft |= label.hasRightToLeft();
    bidi &= label.followsBidiRule();
    return true;
  }

  private boolean isAscii(int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasNonAscii(int[] points, int length) {
    for (int i = 0; i < length; i++) {
      if (points[i] >= 0x80) {
        return true;
      }
    }
    return false;
  }
}
