package io.brrtrouter.schema.format;

/**
 * The formats {@code byte} (RFC 4648 section 4) and {@code base64url} (section 5). Line feeds are
 * refused (section 3.3), bits beyond the last octet ignored (section 3.5). Padding may be missing
 * in {@code base64url} only.
 */
public final class Base64Texts {
  private Base64Texts() {}

  /**
   * Tests for {@code byte}.
   *
   * @param text the text
   * @return whether it is base64
   */
  public static boolean isBase64(String text) {
    return text.length() % 4 == 0 && isEncoded(text, text.length(), '+', '/');
  }

  /**
   * Tests for {@code base64url}.
   *
   * @param text the text
   * @return whether it is base64url
   */
  public static boolean isBase64Url(String text) {
    boolean padded = text.endsWith("=");
    return (padded ? text.length() % 4 == 0 : text.length() % 4 != 1)
        && isEncoded(text, text.length(), '-', '_');
  }

  static boolean isEncoded(String text, int end, char sixtyTwo, char sixtyThree) {
    int data = end;
    while (data > 0 && end - data < 2 && text.charAt(data - 1) == '=') {
      data--;
    }
    for (int i = 0; i < data; i++) {
      char c = text.charAt(i);
      if (!Ascii.isLetterOrDigit(c) && c != sixtyTwo && c != sixtyThree) {
        return false;
      }
    }
    return true;
  }
}
