package io.brrtrouter.processor;

/** Something marked cannot be registered; the message says why and what would be right. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  Unfit(String message) {
    super(message);
  }
}
