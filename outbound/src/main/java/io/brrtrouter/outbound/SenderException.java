package io.brrtrouter.outbound;

/** A request could not be written down, so that it will not be sent. */
public final class SenderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception.
   *
   * @param message what could not be done, and why
   * @param cause what the database said
   */
  public SenderException(String message, Throwable cause) {
    super(message, cause);
  }
}
