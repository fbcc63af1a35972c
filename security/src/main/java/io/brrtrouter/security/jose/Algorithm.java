package io.brrtrouter.security.jose;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A signature algorithm that tokens may be signed with (RFC 7518 section 3.1, RFC 8037 section
 * 3.1). {@code none} is not one.
 */
public enum Algorithm {
  /** HMAC with SHA-256. */
  HS256(Family.HMAC, 32),
  /** HMAC with SHA-384. */
  HS384(Family.HMAC, 48),
  /** HMAC with SHA-512. */
  HS512(Family.HMAC, 64),
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256(Family.RSA, 0),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384(Family.RSA, 0),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512(Family.RSA, 0),
  /** RSASSA-PSS with SHA-256. */
  PS256(Family.RSA, 0),
  /** RSASSA-PSS with SHA-384. */
  PS384(Family.RSA, 0),
  /** RSASSA-PSS with SHA-512. */
  PS512(Family.RSA, 0),
  /** ECDSA over P-256 with SHA-256. */
  ES256(Family.P256, 0),
  /** ECDSA over P-384 with SHA-384. */
  ES384(Family.P384, 0),
  /** ECDSA over P-521 with SHA-512. */
  ES512(Family.P521, 0),
  /** Ed25519, the only one of its curves that is taken. */
  EdDSA(Family.ED25519, 0);

  /** What kind of key an algorithm takes; an elliptic curve is a kind of its own. */
  public enum Family {
    /** A secret. */
    HMAC,
    /** An RSA key. */
    RSA,
    /** A point of P-256. */
    P256,
    /** A point of P-384. */
    P384,
    /** A point of P-521. */
    P521,
    /** A point of Ed25519. */
    ED25519
  }

  private static final Map<String, Algorithm> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, each -> each));

  private final Family family;
  private final int leastSecret;

  Algorithm(Family family, int leastSecret) {
    this.family = family;
    this.leastSecret = leastSecret;
  }

  /**
   * {@return the algorithm of an exact name, null if there is none}
   *
   * @param name the value of an {@code alg} member
   */
  public static @Nullable Algorithm of(String name) {
    return BY_NAME.get(name);
  }

  /** {@return the kind of key} */
  public Family family() {
    return family;
  }

  /** {@return the octets a secret must have at least (RFC 7518 section 3.2), 0 for public keys} */
  public int leastSecret() {
    return leastSecret;
  }
}
