package io.brrtrouter.server.auth;

import java.util.List;
import java.util.Map;

/**
 * Who sent a request, as far as its security requirement was satisfied. Never holds a secret.
 *
 * @param scheme name of the security scheme in the document; where a requirement names several,
 *     each has a principal of its own
 * @param subject who it is, for example a user name; {@code ""} when the credential does not tell
 * @param scopes scopes or roles granted
 * @param claims what else the credential says, by claim name: strings, booleans, numbers ({@code
 *     Long}, {@code BigInteger} beyond its range, {@code BigDecimal} or {@code Double} where there
 *     is a fraction), and lists and maps of them. Nothing in them can be changed, and what is
 *     {@code null} in JSON is left out
 */
public record Principal(
    String scheme, String subject, List<String> scopes, Map<String, Object> claims) {

  /**
   * Copies the collections, keeping their order.
   *
   * @throws IllegalArgumentException if a claim is of another kind
   */
  public Principal {
    scopes = List.copyOf(scopes);
    claims = Claims.of(claims);
  }
}
