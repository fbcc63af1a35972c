package io.brrtrouter.server.transport;

/** A body grew beyond its limit while it was read. Has no stack trace: it is an answer. */
final class TooLargeException extends Exception {
  private static final long serialVersionUID = 1;

  TooLargeException() {
    super("the body is larger than its limit", null, false, false);
  }
}
