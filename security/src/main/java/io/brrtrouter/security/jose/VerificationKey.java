package io.brrtrouter.security.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key that verifies signatures, of one kind and, where its owner says so, of one algorithm. Two
 * keys are equal when name, algorithm and key are. Never shows a secret.
 */
public final class VerificationKey {
  private final @Nullable String kid;
  private final @Nullable Algorithm only;
  private final Algorithm.Family family;

  /** Of a secret; longer ones are needed for some algorithms. */
  private final int octets;

  /** What makes the key: its public members, or nothing that equals another for a secret. */
  private final Object material;

  private final JWSVerifier verifier;

  /** Keys are looked up for every request, and the JDK encodes one each time it is asked. */
  private final int hash;

  VerificationKey(
      @Nullable String kid,
      @Nullable Algorithm only,
      Algorithm.Family family,
      Object material,
      JWSVerifier verifier) {
    this(kid, only, family, 0, material, verifier);
  }

  private VerificationKey(
      @Nullable String kid,
      @Nullable Algorithm only,
      Algorithm.Family family,
      int octets,
      Object material,
      JWSVerifier verifier) {
    this.kid = kid;
    this.only = only;
    this.family = family;
    this.octets = octets;
    this.material = material;
    this.verifier = verifier;
    this.hash = material.hashCode();
  }

  /**
   * {@return the key that is a secret shared with who issues tokens}
   *
   * @param secret at least 32 octets
   */
  static VerificationKey ofSecret(byte[] secret) {
    try {
      return new VerificationKey(
          null,
          null,
          Algorithm.Family.HMAC,
          secret.length,
          new Object(),
          new MACVerifier(secret.clone()));
    } catch (JOSEException tooShort) {
      throw new IllegalArgumentException("a secret has at least 32 octets", tooShort);
    }
  }

  @Nullable String kid() {
    return kid;
  }

  /** {@return whether tokens of an algorithm may be verified with this key} */
  boolean fits(Algorithm algorithm) {
    return algorithm.family() == family
        && algorithm.leastSecret() <= octets
        && (only == null || only == algorithm);
  }

  /**
   * {@return whether a token is signed with the other half of this key} An algorithm that does not
   * fit is never verified.
   *
   * @param jws the token
   */
  public boolean verifies(CompactJws jws) {
    if (!fits(jws.algorithm())) {
      return false;
    }
    // What the library is told: the algorithm, and nothing that the token says itself.
    JWSHeader header = new JWSHeader(JWSAlgorithm.parse(jws.algorithm().name()));
    try {
      return verifier.verify(header, jws.signingInput(), jws.signature());
    } catch (JOSEException unverifiable) {
      return false;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof VerificationKey key
            && Objects.equals(kid, key.kid)
            && only == key.only
            && material.equals(key.material));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "VerificationKey[" + family + "]";
  }
}
