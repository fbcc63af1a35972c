package io.brrtrouter.server.auth;

/** A secret that cannot be used, or should not. The message never has its value. */
public final class UnusableSecretException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong.
   *
   * @param message which secret and why
   */
  public UnusableSecretException(String message) {
    super(message);
  }
}
