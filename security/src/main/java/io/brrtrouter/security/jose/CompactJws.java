package io.brrtrouter.security.jose;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A token in JWS Compact Serialization (RFC 7515 section 7.1) whose header passes, and whose
 * signature nobody has looked at yet. What the header says of keys, {@code jku}, {@code jwk},
 * {@code x5u} and {@code x5c}, is never read.
 */
public final class CompactJws {
  private final Algorithm algorithm;
  private final @Nullable String kid;
  private final String token;
  private final int payloadAt;
  private final int signatureAt;

  private CompactJws(
      Algorithm algorithm, @Nullable String kid, String token, int payloadAt, int signatureAt) {
    this.algorithm = algorithm;
    this.kid = kid;
    this.token = token;
    this.payloadAt = payloadAt;
    this.signatureAt = signatureAt;
  }

  /** What came of reading a token. */
  public sealed interface Reading {
    /**
     * It has the right form.
     *
     * @param jws the token
     */
    record Read(CompactJws jws) implements Reading {}

    /**
     * It has not.
     *
     * @param reason why, for the client
     */
    record Malformed(String reason) implements Reading {}
  }

  /**
   * Which tokens are looked at, and which headers pass.
   *
   * @param algorithms the algorithms
   * @param types values of {@code typ} in lower case and without {@code application/}; {@code ""}
   *     stands for none
   * @param limits bounds on the token and on the name of its key
   */
  public record Policy(Set<Algorithm> algorithms, Set<String> types, JoseLimits limits) {
    private static final String PREFIX = "application/";

    /** Copies the sets. */
    public Policy {
      algorithms = Set.copyOf(algorithms);
      types = Set.copyOf(types);
    }

    /**
     * Takes the usual limits.
     *
     * @param algorithms the algorithms
     * @param types values of {@code typ}, as above
     */
    Policy(Set<Algorithm> algorithms, Set<String> types) {
      this(algorithms, types, JoseLimits.DEFAULT);
    }

    /**
     * {@return a type as it is compared (RFC 7515 section 4.1.9)}
     *
     * @param type a value of {@code typ}
     */
    public static String comparable(String type) {
      String lower = type.toLowerCase(Locale.ROOT);
      return lower.startsWith(PREFIX) && lower.indexOf('/', PREFIX.length()) < 0
          ? lower.substring(PREFIX.length())
          : lower;
    }
  }

  /**
   * Reads a token as far as its header.
   *
   * @param token what the client sent
   * @param policy which headers pass
   * @return the token, or why it is none
   */
  public static Reading read(String token, Policy policy) {
    int most = policy.limits.token();
    if (token.length() > most) {
      return malformed("the token is longer than " + most + " characters");
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      return malformed(
          token.chars().filter(c -> c == '.').count() == 4
              ? "encrypted tokens are not accepted"
              : "the token is not a signed JWT");
    }
    byte[] header = StrictBase64Url.decode(token.substring(0, first));
    if (header == null
        || !StrictBase64Url.isCanonical(token.substring(first + 1, second))
        || !(second + 1 == token.length()
            || StrictBase64Url.isCanonical(token.substring(second + 1)))) {
      return malformed("the token is not base64url in its canonical form");
    }
    ObjectNode object = StrictJson.object(header);
    return object == null
        ? malformed("the header of the token is not a JSON object with unique names")
        : checked(object, policy, token, first + 1, second + 1);
  }

  private static Reading checked(
      ObjectNode header, Policy policy, String token, int payloadAt, int signatureAt) {
    if (header.has("crit") || header.has("b64")) {
      return malformed("the token has extensions that are not supported");
    }
    String name = StrictJson.text(header, "alg");
    Algorithm algorithm = name == null ? null : Algorithm.of(name);
    if (algorithm == null || !policy.algorithms.contains(algorithm)) {
      return malformed("the algorithm of the token is not accepted");
    }
    if (signatureAt == token.length()) {
      return malformed("the token has no signature");
    }
    if (!isAccepted(header.get("typ"), policy)) {
      return malformed("the type of the token is not accepted");
    }
    JsonNode kid = header.get("kid");
    if (kid != null && !isKid(kid, policy.limits)) {
      return malformed("the key identifier of the token is not valid");
    }
    String id = kid == null ? null : kid.stringValue();
    return new Reading.Read(new CompactJws(algorithm, id, token, payloadAt, signatureAt));
  }

  private static boolean isAccepted(@Nullable JsonNode type, Policy policy) {
    if (type == null) {
      return policy.types.contains("");
    }
    return type.isString()
        && !type.stringValue().isEmpty()
        && policy.types.contains(Policy.comparable(type.stringValue()));
  }

  static boolean isKid(JsonNode kid, JoseLimits limits) {
    return kid.isString()
        && !kid.stringValue().isEmpty()
        && kid.stringValue().getBytes(StandardCharsets.UTF_8).length <= limits.kid();
  }

  private static Reading malformed(String reason) {
    return new Reading.Malformed(reason);
  }

  /** {@return the algorithm that the header names} */
  public Algorithm algorithm() {
    return algorithm;
  }

  /** {@return the name of the key, null when the header has none} */
  public @Nullable String kid() {
    return kid;
  }

  /** {@return the octets of the payload; believe them once the signature is verified} */
  public byte[] payload() {
    return Base64.getUrlDecoder().decode(token.substring(payloadAt, signatureAt - 1));
  }

  /** {@return the octets that are signed} */
  byte[] signingInput() {
    return token.substring(0, signatureAt - 1).getBytes(StandardCharsets.US_ASCII);
  }

  Base64URL signature() {
    return new Base64URL(token.substring(signatureAt));
  }

  @Override
  public String toString() {
    return "CompactJws[" + algorithm + ", hidden]";
  }
}
