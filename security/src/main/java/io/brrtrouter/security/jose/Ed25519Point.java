package io.brrtrouter.security.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/**
 * A public key of Ed25519 (RFC 8032 section 5.1.5). The JDK verifies with any point, and there are
 * some for which everybody can sign.
 */
final class Ed25519Point {
  static final int OCTETS = 32;

  /** What stands before the octets of a key in its X.509 form (RFC 8410 section 4). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** What coordinates are counted by: 2^255 - 19. */
  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private static final BigInteger EIGHTH =
      new BigInteger("5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

  /**
   * The second coordinates of the eight points whose order divides 8: of orders 1, 4 and 2, and
   * those of order 8. Multiplied by 8 they are nothing, and so is what they sign.
   */
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ONE,
          BigInteger.ZERO,
          PRIME.subtract(BigInteger.ONE),
          EIGHTH,
          PRIME.subtract(EIGHTH));

  private Ed25519Point() {}

  /**
   * {@return the key}
   *
   * @param octets as many as {@link #OCTETS}
   */
  static PublicKey read(byte[] octets) throws UnusableKeyException {
    BigInteger second = second(octets);
    if (second.compareTo(PRIME) >= 0) {
      // RFC 8032 section 5.1.3; the JDK would take it for a smaller one.
      throw new UnusableKeyException("it is not a point of its curve");
    }
    if (SMALL_ORDER.contains(second)) {
      throw new UnusableKeyException("it is a point of small order, for which anybody can sign");
    }
    byte[] encoded = new byte[PREFIX.length + OCTETS];
    System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
    System.arraycopy(octets, 0, encoded, PREFIX.length, OCTETS);
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      // Only who verifies looks whether there is such a point.
      Signature.getInstance("Ed25519").initVerify(key);
      return key;
    } catch (GeneralSecurityException nowhere) {
      throw new UnusableKeyException("it is not a point of its curve");
    }
  }

  /** The last octet comes first, and its first bit is the sign of the other coordinate. */
  private static BigInteger second(byte[] octets) {
    byte[] turned = new byte[OCTETS];
    for (int i = 0; i < OCTETS; i++) {
      turned[i] = octets[OCTETS - 1 - i];
    }
    return new BigInteger(1, turned).clearBit(255);
  }
}
