package io.brrtrouter.server.auth;

/**
 * By what a credential tells one client of a security scheme from the others.
 *
 * @param scheme name of the security scheme
 * @param kind what it is
 * @param name not empty; however long, and never the credential
 */
public record ClientName(String scheme, Kind kind, String name) {

  /** What tells a client from others. */
  public enum Kind {
    /** {@link Verification.Accepted#subject}. */
    SUBJECT,
    /** {@link Verification.Accepted#client}. */
    CREDENTIAL
  }

  /** {@return the scheme only: who asks is nothing for a log} */
  @Override
  public String toString() {
    return "ClientName[" + scheme + "]";
  }
}
