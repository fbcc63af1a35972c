package io.brrtrouter.outbound;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What requests are signed with: HMAC-SHA256 (RFC 2104). Never shows itself. */
final class SigningKey {
  static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private SigningKey(byte[] octets) {
    key = new SecretKeySpec(octets, ALGORITHM);
  }

  /** A text is no secret. Its message has nothing of the text, unlike that of others. */
  static final class NoSecretException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    NoSecretException(String message) {
      super(message);
    }
  }

  /**
   * {@return the key that a secret is}
   *
   * @throws NoSecretException if it is empty, or has no base64 where it says so
   */
  static SigningKey of(String secret) {
    byte[] octets;
    try {
      octets =
          secret.startsWith(PREFIX)
              ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
              : secret.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) { // its message has characters of the secret
      throw new NoSecretException("a secret begins with whsec_ and goes on with no base64");
    }
    if (octets.length == 0) {
      throw new NoSecretException("a secret is empty");
    }
    return new SigningKey(octets);
  }

  /** {@return the code of some texts and octets, one after the other} */
  byte[] sign(String text, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(text.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (NoSuchAlgorithmException | InvalidKeyException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
