package io.brrtrouter.server.limit;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Who is counted as one. */
public sealed interface Client {
  /** Those whose connection has no IP address, together. */
  Client UNKNOWN = new Network(false, -1);

  /**
   * {@return what the client is called where several servers count: bounded, without white space}
   */
  String key();

  /** {@return a number that few clients share} */
  long identity();

  /**
   * {@return the client at an address; of IPv6 all in its /64, which is what one customer has at
   * least, so that nobody gets another bucket by taking another address}
   *
   * @param address the address
   */
  static Client at(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == Integer.BYTES
        ? new Network(false, ByteBuffer.wrap(octets).getInt() & 0xFFFF_FFFFL)
        : new Network(true, ByteBuffer.wrap(octets).getLong());
  }

  /**
   * {@return the client that a credential names}
   *
   * @param scheme name of the security scheme
   * @param subject who it is to that
   */
  static Client named(String scheme, String subject) {
    // Whoever issues tokens decides how long a subject is; what is kept of it must be bounded.
    return new Named(
        scheme, subject.length() > Named.LONGEST ? "sha256:" + Named.digest(subject) : subject);
  }

  /**
   * By address.
   *
   * @param six whether it is one of IPv6
   * @param bits the address, of IPv6 its first half
   */
  record Network(boolean six, long bits) implements Client {
    @Override
    public long identity() {
      return six ? bits : ~bits;
    }

    @Override
    public String key() {
      return (six ? "6:" : "4:") + Long.toHexString(bits);
    }
  }

  /**
   * By credential.
   *
   * @param scheme name of the security scheme
   * @param subject who it is to that, or its digest
   */
  record Named(String scheme, String subject) implements Client {
    private static final int LONGEST = 128;

    @Override
    public long identity() {
      return (long) scheme.hashCode() << 32 ^ subject.hashCode();
    }

    /** A digest, because subjects are names or addresses of people often. */
    @Override
    public String key() {
      return "s:" + digest(scheme.length() + ":" + scheme + subject);
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
}
