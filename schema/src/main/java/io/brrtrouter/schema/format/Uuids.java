package io.brrtrouter.schema.format;

/** The {@code uuid} format: RFC 9562 section 4, any version and variant. */
public final class Uuids {
  private static final int LENGTH = 36;

  private Uuids() {}

  /**
   * Tests a text.
   *
   * @param text the text
   * @return whether it is a UUID
   */
  public static boolean isUuid(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !Ascii.isHex(c)) {
        return false;
      }
    }
    return true;
  }
}
