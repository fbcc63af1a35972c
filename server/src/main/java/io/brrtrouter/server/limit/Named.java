package io.brrtrouter.server.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A client by its credential.
 *
 * @param kind what the name is
 * @param scheme name of the security scheme
 * @param name who it is to that, or what tells it from others, or the digest of that
 */
record Named(Kind kind, String scheme, String name) implements Client {
  private static final int LONGEST = 128;

  /** What a name is: a subject is nobody who has a credential of that name, nor the reverse. */
  enum Kind {
    SUBJECT("s:"),
    CREDENTIAL("k:");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** Whoever issues tokens decides how long a name is; what is kept of it must be bounded. */
  static Named of(Kind kind, String scheme, String name) {
    return new Named(kind, scheme, name.length() > LONGEST ? "sha256:" + digest(name) : name);
  }

  @Override
  public long identity() {
    return (long) (scheme.hashCode() + kind.prefix.hashCode()) << 32 ^ name.hashCode();
  }

  /** A digest, because subjects are names or addresses of people often. */
  @Override
  public String key() {
    return kind.prefix + digest(scheme.length() + ":" + scheme + name);
  }

  private static String digest(String text) {
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
