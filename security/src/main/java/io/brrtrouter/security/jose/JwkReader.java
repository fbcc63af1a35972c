package io.brrtrouter.security.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import io.brrtrouter.security.jose.Algorithm.Family;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one public key (RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2). Only the
 * members that make a key reach the library: no certificates, no URLs.
 */
final class JwkReader {
  /** RFC 7518 section 3.3. */
  private static final int LEAST_RSA_BITS = 2048;

  /** A signature of a longer key takes longer to verify than a server should spend on it. */
  private static final int MOST_RSA_BITS = 8192;

  private static final int MOST_EXPONENT_BITS = 64;

  private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "k");

  private JwkReader() {}

  static VerificationKey read(JsonNode jwk, KeyUse use, JoseLimits limits)
      throws UnusableKeyException {
    if (!jwk.isObject()) {
      throw new UnusableKeyException("it is not an object");
    }
    String type = required(jwk, "kty");
    if (type.equals("oct")) {
      throw new UnusableKeyException("it is a secret, and a key set is public");
    }
    if (PRIVATE_MEMBERS.stream().anyMatch(jwk::has)) {
      throw new UnusableKeyException("it shows its private half");
    }
    checkPurpose(jwk, use);
    Family family = family(jwk, type);
    String kid = kid(jwk, limits);
    Algorithm only = only(jwk, family);
    return switch (family) {
      case RSA -> rsa(jwk, kid, only);
      case P256, P384, P521 -> ec(jwk, kid, only, family);
      case ED25519 -> ed25519(jwk, kid, only);
      case HMAC -> throw new IllegalStateException("secrets were refused above");
    };
  }

  private static String required(JsonNode jwk, String name) throws UnusableKeyException {
    String value = StrictJson.text(jwk, name);
    if (value == null) {
      throw new UnusableKeyException("it has no \"" + name + "\"");
    }
    return value;
  }

  /** RFC 7517 sections 4.2 and 4.3: each of the two, where it is there, must allow to verify. */
  private static void checkPurpose(JsonNode jwk, KeyUse use) throws UnusableKeyException {
    if (jwk.has("use") && !use.word().equals(StrictJson.text(jwk, "use"))) {
      throw new UnusableKeyException("its \"use\" is not \"" + use.word() + "\"");
    }
    JsonNode operations = jwk.get("key_ops");
    if (operations != null
        && !(operations.isArray()
            && operations.valueStream().anyMatch(each -> "verify".equals(each.asString(""))))) {
      throw new UnusableKeyException("its \"key_ops\" do not have \"verify\"");
    }
  }

  private static Family family(JsonNode jwk, String type) throws UnusableKeyException {
    if (type.equals("RSA")) {
      return Family.RSA;
    }
    if (!type.equals("EC") && !type.equals("OKP")) {
      throw new UnusableKeyException("its \"kty\" is none of RSA, EC and OKP");
    }
    return switch (type + " " + required(jwk, "crv")) {
      case "EC P-256" -> Family.P256;
      case "EC P-384" -> Family.P384;
      case "EC P-521" -> Family.P521;
      case "OKP Ed25519" -> Family.ED25519;
      default ->
          throw new UnusableKeyException("its \"crv\" is none of P-256, P-384, P-521 and Ed25519");
    };
  }

  private static @Nullable String kid(JsonNode jwk, JoseLimits limits) throws UnusableKeyException {
    JsonNode kid = jwk.get("kid");
    if (kid != null && !CompactJws.isKid(kid, limits)) {
      throw new UnusableKeyException(
          "its \"kid\" is not a string of 1 to " + limits.kid() + " octets");
    }
    return kid == null ? null : kid.stringValue();
  }

  private static @Nullable Algorithm only(JsonNode jwk, Family family) throws UnusableKeyException {
    if (!jwk.has("alg")) {
      return null;
    }
    String name = StrictJson.text(jwk, "alg");
    Algorithm algorithm = name == null ? null : Algorithm.of(name);
    if (algorithm == null || algorithm.family() != family) {
      throw new UnusableKeyException("its \"alg\" is no signature algorithm for such keys");
    }
    return algorithm;
  }

  private static VerificationKey rsa(JsonNode jwk, @Nullable String kid, @Nullable Algorithm only)
      throws UnusableKeyException {
    try {
      RSAKey parsed = RSAKey.parse(members(jwk, "kty", "n", "e"));
      checkRsa(
          parsed.getModulus().decodeToBigInteger(),
          parsed.getPublicExponent().decodeToBigInteger());
      RSAPublicKey key = parsed.toRSAPublicKey();
      return new VerificationKey(kid, only, Family.RSA, key, new RSASSAVerifier(key));
    } catch (ParseException | JOSEException | IllegalArgumentException invalid) {
      throw new UnusableKeyException("it is not a valid RSA key");
    }
  }

  private static void checkRsa(BigInteger modulus, BigInteger exponent)
      throws UnusableKeyException {
    int bits = modulus.bitLength();
    if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
      throw new UnusableKeyException(
          "it has %d bits, and %d to %d are accepted"
              .formatted(bits, LEAST_RSA_BITS, MOST_RSA_BITS));
    }
    // With an exponent of 1 every message signs itself; with a long one it takes long to verify.
    if (exponent.bitLength() < 2
        || exponent.bitLength() > MOST_EXPONENT_BITS
        || !exponent.testBit(0)) {
      throw new UnusableKeyException("its exponent is not an odd number of 2 to 64 bits");
    }
  }

  /** The library refuses points that are not on their curve. */
  private static VerificationKey ec(
      JsonNode jwk, @Nullable String kid, @Nullable Algorithm only, Family family)
      throws UnusableKeyException {
    try {
      ECPublicKey key = ECKey.parse(members(jwk, "kty", "crv", "x", "y")).toECPublicKey();
      return new VerificationKey(kid, only, family, key, new ECDSAVerifier(key));
    } catch (ParseException | JOSEException | IllegalArgumentException invalid) {
      throw new UnusableKeyException("it is not a point of its curve");
    }
  }

  private static VerificationKey ed25519(
      JsonNode jwk, @Nullable String kid, @Nullable Algorithm only) throws UnusableKeyException {
    byte[] octets = StrictBase64Url.decode(required(jwk, "x"));
    if (octets == null || octets.length != Ed25519Point.OCTETS) {
      throw new UnusableKeyException("its \"x\" is not " + Ed25519Point.OCTETS + " octets");
    }
    PublicKey key = Ed25519Point.read(octets);
    return new VerificationKey(kid, only, Family.ED25519, key, new Ed25519Verifier(key));
  }

  private static Map<String, Object> members(JsonNode jwk, String... names)
      throws UnusableKeyException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name : names) {
      members.put(name, required(jwk, name));
    }
    return members;
  }
}
