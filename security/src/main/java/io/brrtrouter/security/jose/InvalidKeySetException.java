package io.brrtrouter.security.jose;

import java.io.Serial;

/** Octets that are no key set; the message says why and repeats nothing of them. */
public final class InvalidKeySetException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message what is wrong
   */
  public InvalidKeySetException(String message) {
    super(message);
  }
}
