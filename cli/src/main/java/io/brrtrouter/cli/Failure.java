package io.brrtrouter.cli;

/** Ends a command with one sentence on standard error. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int WRONG_USAGE = 2;

  private final int status;
  private final String sentence;

  private Failure(int status, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
    this.sentence = sentence;
  }

  /** What was asked for did not work out. */
  static Failure failed(String message) {
    return new Failure(1, message);
  }

  /** It was asked for in the wrong way. */
  static Failure usage(String message) {
    return new Failure(WRONG_USAGE, message);
  }

  /** {@return what to say} */
  String sentence() {
    return sentence;
  }

  /** {@return whether the command line is wrong, whatever is on the disk} */
  boolean isUsage() {
    return status == WRONG_USAGE;
  }

  /** {@return the exit code} */
  int status() {
    return status;
  }
}
