package io.brrtrouter.server.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the JSON Web Tokens of a scheme are verified, as configured; {@code docs/configuration.md}
 * explains each.
 *
 * @param keys where the keys are
 * @param tokens what tokens must say
 * @param cookieName a cookie that the token may be in
 * @param claimsCacheSize tokens whose claims are kept
 * @param revokedFile a file with tokens that may not be used any more
 */
public record JwksSettings(
    Keys keys,
    Tokens tokens,
    Optional<String> cookieName,
    int claimsCacheSize,
    Optional<Path> revokedFile) {

  /**
   * Where the keys are.
   *
   * @param url the key set
   * @param discovery metadata that names it
   * @param file a file with it
   * @param secret a shared secret in base64url
   * @param secretFile a file with that
   * @param ttl how long keys are good
   * @param stale how long beyond that while they cannot be fetched
   * @param refetch how often they are fetched because of an unknown one
   * @param timeout how long fetching may take
   * @param authorities PEM certificates to trust when fetching
   */
  public record Keys(
      Optional<URI> url,
      Optional<URI> discovery,
      Optional<Path> file,
      Optional<String> secret,
      Optional<Path> secretFile,
      Duration ttl,
      Duration stale,
      Duration refetch,
      Duration timeout,
      Optional<Path> authorities) {
    /** {@return the settings without what must not be shown} */
    @Override
    public String toString() {
      return "Keys[hidden]";
    }
  }

  /**
   * What tokens must say.
   *
   * @param issuer who issues them
   * @param anyIssuer whether that does not matter
   * @param audiences whom they may be for
   * @param anyAudience whether that does not matter
   * @param algorithms algorithms accepted, all when empty
   * @param types values of {@code typ}; {@code none} stands for tokens without one
   * @param leeway by how much clocks may differ
   * @param maxAge how long ago they may have been issued, zero for any time
   * @param requireExpiry whether they must say when they expire
   * @param scopeClaims claims that grant scopes
   * @param subjectClaim the claim that says who it is
   */
  public record Tokens(
      Optional<String> issuer,
      boolean anyIssuer,
      List<String> audiences,
      boolean anyAudience,
      List<String> algorithms,
      List<String> types,
      Duration leeway,
      Duration maxAge,
      boolean requireExpiry,
      List<String> scopeClaims,
      String subjectClaim) {}
}
