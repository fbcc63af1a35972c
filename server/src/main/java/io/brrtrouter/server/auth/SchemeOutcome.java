package io.brrtrouter.server.auth;

/** What one security scheme contributed to the decision about one request. */
public enum SchemeOutcome {
  /** Its credential was good, and let the request in, with those of others perhaps. */
  GRANTED,
  /** There was no credential, and the request was not let in. */
  MISSING,
  /** Its credential was malformed, or refused: wrong, expired or revoked. */
  INVALID,
  /** Its credential was good, and not enough: scopes, roles, or the strength of what it tells. */
  FORBIDDEN,
  /** Whoever verifies it did not answer. */
  UNAVAILABLE,
  /** Its provider failed. */
  FAILED;

  /** Is told the outcomes of a request. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Called for each scheme of which something was found out.
     *
     * @param scheme name of the scheme in the document
     * @param outcome what it contributed
     */
    void outcome(String scheme, SchemeOutcome outcome);
  }
}
