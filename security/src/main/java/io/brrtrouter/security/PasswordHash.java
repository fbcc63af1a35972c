package io.brrtrouter.security;

import io.brrtrouter.server.auth.Pbkdf2Hash;
import io.brrtrouter.server.auth.UnusableSecretException;

/** What stands for a password, slow to compute on purpose. Immutable; its text form is hidden. */
sealed interface PasswordHash permits BcryptHash, PasswordHash.Pbkdf2 {

  /**
   * Reads what stands in a configuration or in a file of users.
   *
   * @param text PBKDF2 as {@link Pbkdf2Hash} writes it, or bcrypt
   * @return the hash
   * @throws UnusableSecretException if it is neither, or too weak: a sentence about "it"
   */
  static PasswordHash parse(String text) throws UnusableSecretException {
    if (text.startsWith(Pbkdf2Hash.PREFIX)) {
      return new Pbkdf2(Pbkdf2Hash.parse(text));
    }
    if (text.startsWith(BcryptHash.PREFIX)) {
      return BcryptHash.parse(text);
    }
    throw new UnusableSecretException(
        "it is neither PBKDF2 (" + Pbkdf2Hash.PREFIX + "...) nor bcrypt ($2b$12$...)");
  }

  /**
   * {@return whether it stands for a password} Takes tenths of a second.
   *
   * @param password the password; an empty one never is
   */
  boolean matches(String password);

  /**
   * PBKDF2.
   *
   * @param hash the hash
   */
  record Pbkdf2(Pbkdf2Hash hash) implements PasswordHash {
    @Override
    public boolean matches(String password) {
      return hash.matches(password);
    }
  }
}
