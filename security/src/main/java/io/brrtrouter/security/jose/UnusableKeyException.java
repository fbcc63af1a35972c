package io.brrtrouter.security.jose;

import java.io.Serial;

/** A key that no token may be verified with; the message says why and holds nothing of the key. */
final class UnusableKeyException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  UnusableKeyException(String message) {
    super(message, null, false, false);
  }
}
