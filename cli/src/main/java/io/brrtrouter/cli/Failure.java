package io.brrtrouter.cli;

/** Ends a command with one sentence on standard error. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private Failure(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** What was asked for did not work out. */
  static Failure failed(String message) {
    return new Failure(1, message);
  }

  /** It was asked for in the wrong way. */
  static Failure usage(String message) {
    return new Failure(2, message);
  }

  /** {@return the exit code} */
  int status() {
    return status;
  }
}
