package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Tokens;
import java.util.HexFormat;

/** What each octet may be part of (RFC 9110 section 5.6.2, RFC 9112 section 3). */
final class Octets {
  static final byte CR = '\r';
  static final byte LF = '\n';
  static final byte SP = ' ';
  static final byte HTAB = '\t';

  private Octets() {}

  static boolean isToken(byte octet) {
    return Tokens.isTokenCharacter((char) (octet & 0xFF));
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
    return HexFormat.isHexDigit(octet) ? HexFormat.fromHexDigit(octet) : -1;
  }
}
