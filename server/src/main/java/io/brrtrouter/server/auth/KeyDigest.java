package io.brrtrouter.server.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a secret, as a key of hash tables. A secret of which every bit is random needs no
 * slower hash. Comparing takes the same time wherever two digests differ, and where a digest stands
 * in a table depends on a number that each process draws anew: how long a look-up takes tells
 * nothing about the secrets that are there.
 */
final class KeyDigest {
  /** What a digest begins with where it stands for the secret. */
  static final String PREFIX = "sha256:";

  private static final int BYTES = 32;
  private static final int SEED = new SecureRandom().nextInt() | 1;

  private final byte[] bytes;

  private KeyDigest(byte[] bytes) {
    this.bytes = bytes;
  }

  /** {@return the digest of a secret} */
  static KeyDigest of(String secret) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return new KeyDigest(sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** {@return the digest that is written as {@code sha256:} and hexadecimal digits, else null} */
  static @Nullable KeyDigest parse(String text) {
    if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + 2 * BYTES) {
      return null;
    }
    try {
      return new KeyDigest(HexFormat.of().parseHex(text, PREFIX.length(), text.length()));
    } catch (IllegalArgumentException noDigits) {
      return null;
    }
  }

  /** {@return how it is written in a configuration} */
  String written() {
    return PREFIX + HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt() * SEED;
  }

  @Override
  public String toString() {
    return "KeyDigest[hidden]";
  }
}
