package io.brrtrouter.server.auth;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A secret that cannot be used, or should not. The message never has its value. */
public final class UnusableSecretException extends Exception {
  private static final long serialVersionUID = 1;

  private final @Nullable String reason;

  /**
   * Says what is wrong.
   *
   * @param message which secret and why
   */
  public UnusableSecretException(String message) {
    super(message);
    this.reason = null;
  }

  /**
   * Says what is wrong, so that others can say it in their own words.
   *
   * @param secret which secret: {@code the key of anna} for example
   * @param reason why, the rest of the sentence: {@code is empty} for example
   */
  public UnusableSecretException(String secret, String reason) {
    super(secret + " " + reason);
    this.reason = reason;
  }

  /** {@return why, as the rest of a sentence that begins with the secret, if it is known apart} */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }
}
