package io.brrtrouter.outbound;

/**
 * The log of deliveries does not answer: from {@code send}, a request could not be written down and
 * will not be sent; from what looks into the log, or replays, that it could not be done. What was
 * taken before is not concerned: it is sent once the log answers again.
 */
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
