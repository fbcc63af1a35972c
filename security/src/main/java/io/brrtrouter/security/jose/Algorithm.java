package io.brrtrouter.security.jose;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A signature algorithm that tokens may be signed with (RFC 7518 section 3.1, RFC 8037 section
 * 3.1). {@code none} is not one.
 */
public enum Algorithm {
  HS256(Family.HMAC, 32),
  HS384(Family.HMAC, 48),
  HS512(Family.HMAC, 64),
  RS256(Family.RSA, 0),
  RS384(Family.RSA, 0),
  RS512(Family.RSA, 0),
  PS256(Family.RSA, 0),
  PS384(Family.RSA, 0),
  PS512(Family.RSA, 0),
  ES256(Family.P256, 0),
  ES384(Family.P384, 0),
  ES512(Family.P521, 0),
  EdDSA(Family.ED25519, 0);

  /** What kind of key an algorithm takes; an elliptic curve is a kind of its own. */
  public enum Family {
    HMAC,
    RSA,
    P256,
    P384,
    P521,
    ED25519
  }

  private static final Map<String, Algorithm> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, each -> each));

  private final Family family;
  private final int leastSecret;

  /** What Nimbus is told of a token: the algorithm and nothing that the token says itself. */
  private final JWSHeader header;

  Algorithm(Family family, int leastSecret) {
    this.family = family;
    this.leastSecret = leastSecret;
    this.header = new JWSHeader(JWSAlgorithm.parse(name()));
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

  JWSHeader header() {
    return header;
  }
}
