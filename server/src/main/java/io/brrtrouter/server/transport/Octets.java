package io.brrtrouter.server.transport;

/** What each octet may be part of (RFC 9110 section 5.6.2, RFC 9112 section 3). */
final class Octets {
  static final byte CR = '\r';
  static final byte LF = '\n';
  static final byte SP = ' ';
  static final byte HTAB = '\t';

  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (int c = '0'; c <= 'z'; c++) {
      TOKEN[c] = Character.isLetterOrDigit(c);
    }
    for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
      TOKEN[c] = true;
    }
  }

  private Octets() {}

  static boolean isToken(byte octet) {
    return TOKEN[octet & 0xFF];
  }

  /** {@return whether an octet may be in a field value: visible, beyond ASCII, space or tab} */
  static boolean isFieldValue(byte octet) {
    return octet >= SP ? octet != 0x7F : octet < 0 || octet == HTAB;
  }

  /** {@return whether an octet may be in a request target: visible ASCII, no fragment} */
  static boolean isTarget(byte octet) {
    return octet > SP && octet < 0x7F && octet != '#';
  }

  static boolean isSpace(byte octet) {
    return octet == SP || octet == HTAB;
  }

  /** {@return the value of a hexadecimal digit, or -1} */
  static int hex(byte octet) {
    if (octet >= '0' && octet <= '9') {
      return octet - '0';
    }
    int letter = octet | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
