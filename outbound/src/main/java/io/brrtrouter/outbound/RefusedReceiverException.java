package io.brrtrouter.outbound;

/** Nothing may be sent to an address: it is none, or leads to where strangers must not point. */
public final class RefusedReceiverException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception.
   *
   * @param message what is wrong with the address, and what would be right
   */
  public RefusedReceiverException(String message) {
    super(message);
  }
}
