package io.brrtrouter.security.jose;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 7515 section 2), in its one canonical form (RFC 4648 section 3.5):
 * a signed text has no second spelling that means the same octets.
 */
final class StrictBase64Url {
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
  }

  private StrictBase64Url() {}

  /** {@return whether text is the canonical form of at least one octet} */
  static boolean isCanonical(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (value(text.charAt(i)) < 0) {
        return false;
      }
    }
    return switch (text.length() % 4) {
      case 0 -> !text.isEmpty();
      case 2 -> (value(text.charAt(text.length() - 1)) & 0b1111) == 0;
      case 3 -> (value(text.charAt(text.length() - 1)) & 0b11) == 0;
      default -> false;
    };
  }

  /** {@return the octets, null if the text is not in canonical form} */
  static byte @Nullable [] decode(String text) {
    return isCanonical(text) ? Base64.getUrlDecoder().decode(text) : null;
  }

  private static int value(char c) {
    return c < VALUES.length ? VALUES[c] : -1;
  }
}
