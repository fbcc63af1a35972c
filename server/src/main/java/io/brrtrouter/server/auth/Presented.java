package io.brrtrouter.server.auth;

/** What a request carries where a security scheme looks. */
sealed interface Presented {

  /** Nothing. */
  Presented ABSENT = new Absent("");

  /**
   * Nothing is there that is meant for the scheme.
   *
   * @param hint what is there for another one, or how one is presented where no challenge tells it,
   *     as a clause; empty where there is nothing to say
   */
  record Absent(String hint) implements Presented {}

  /**
   * Something is there that cannot be a credential of the scheme.
   *
   * @param why what is wrong with it and what would be right, as a clause that repeats none of it
   * @param token whether it is a token that is no token, not a request that has none where one
   *     belongs
   */
  record Malformed(String why, boolean token) implements Presented {}

  /**
   * A credential of the right shape; nobody has verified it yet.
   *
   * @param credential the credential
   */
  record Present(Credential credential) implements Presented {}
}
