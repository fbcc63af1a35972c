package io.brrtrouter.server.auth;

/** What a request carries where a security scheme looks. */
sealed interface Presented {

  /** Nothing. */
  Presented ABSENT = new Absent();

  /** Something, but not of the scheme's shape. */
  Presented MALFORMED = new Malformed();

  /** Nothing is there. */
  record Absent() implements Presented {}

  /** Something is there that cannot be a credential of the scheme. */
  record Malformed() implements Presented {}

  /**
   * A credential of the right shape; nobody has verified it yet.
   *
   * @param credential the credential
   */
  record Present(Credential credential) implements Presented {}
}
