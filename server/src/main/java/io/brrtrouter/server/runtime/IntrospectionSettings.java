package io.brrtrouter.server.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who is asked about the tokens of a scheme, as configured; {@code docs/configuration.md} explains
 * each.
 *
 * @param url who is asked
 * @param client who asks
 * @param tokens what must be said of tokens
 * @param asking how it is asked
 * @param cookieName a cookie that the token may be in
 */
public record IntrospectionSettings(
    Optional<URI> url,
    Client client,
    Tokens tokens,
    AskingSettings asking,
    Optional<String> cookieName) {

  /**
   * Who asks.
   *
   * @param id the name of this server there
   * @param secret its secret
   * @param secretFile a file with that
   */
  public record Client(Optional<String> id, Optional<String> secret, Optional<Path> secretFile) {
    /** {@return the client without what must not be shown} */
    @Override
    public String toString() {
      return "Client[hidden]";
    }
  }

  /**
   * What must be said of tokens.
   *
   * @param issuer who issues them
   * @param audiences whom they may be for
   * @param anyAudience whether that does not matter
   * @param scopeClaims members that grant scopes
   * @param subjectClaim the member that says who it is
   */
  public record Tokens(
      Optional<String> issuer,
      List<String> audiences,
      boolean anyAudience,
      List<String> scopeClaims,
      String subjectClaim) {}
}
