package io.brrtrouter.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** 256 bits that stand for a credential where the credential itself is not to be kept. */
record Digest(long first, long second, long third, long fourth) {
  private static final String HMAC = "HmacSHA256";

  /**
   * {@return the SHA-256 of a token} Characters beyond ISO 8859-1 become {@code ?}, which no token
   * has that was ever accepted.
   */
  static Digest of(String token) {
    try {
      byte[] octets = token.getBytes(StandardCharsets.ISO_8859_1);
      return new Digest(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** {@return the HMAC-SHA256 of two texts: without the key nobody can try what they are} */
  static Digest of(byte[] key, String one, String other) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      byte[] octets = one.getBytes(StandardCharsets.UTF_8);
      // The length says where the second begins.
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, octets.length));
      mac.update(octets);
      return new Digest(mac.doFinal(other.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Digest(byte[] octets) {
    this(ByteBuffer.wrap(octets));
  }

  private Digest(ByteBuffer octets) {
    this(octets.getLong(), octets.getLong(), octets.getLong(), octets.getLong());
  }

  /** {@return the digits, 64 of them, for who has to tell it from others elsewhere} */
  String hexadecimal() {
    HexFormat digits = HexFormat.of();
    return digits.toHexDigits(first)
        + digits.toHexDigits(second)
        + digits.toHexDigits(third)
        + digits.toHexDigits(fourth);
  }

  /** A digest is spread already. */
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  @Override
  public String toString() {
    return "Digest[hidden]";
  }
}
