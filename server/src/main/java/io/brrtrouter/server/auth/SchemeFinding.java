package io.brrtrouter.server.auth;

/**
 * What was found out about one security scheme in one request.
 *
 * @param scheme name of the scheme
 * @param finding what, in words
 */
public record SchemeFinding(String scheme, String finding) {

  /** {@return {@code scheme: finding}} */
  @Override
  public String toString() {
    return scheme + ": " + finding;
  }
}
