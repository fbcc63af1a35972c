package io.brrtrouter.server.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A client by its credential.
 *
 * @param scheme name of the security scheme
 * @param subject who it is to that, or its digest
 */
record Named(String scheme, String subject) implements Client {
  static final int LONGEST = 128;

  @Override
  public long identity() {
    return (long) scheme.hashCode() << 32 ^ subject.hashCode();
  }

  /** A digest, because subjects are names or addresses of people often. */
  @Override
  public String key() {
    return "s:" + digest(scheme.length() + ":" + scheme + subject);
  }

  static String digest(String text) {
    try {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** {@return the scheme only: who asks is nothing for a log} */
  @Override
  public String toString() {
    return "Named[" + scheme + "]";
  }
}
