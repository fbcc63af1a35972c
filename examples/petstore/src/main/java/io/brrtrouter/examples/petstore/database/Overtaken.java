package io.brrtrouter.examples.petstore.database;

/** Another transaction was faster; this one is worth another attempt. */
final class Overtaken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Happens often and is caught at once, so it does without a stack trace. */
  Overtaken(Throwable cause) {
    super(cause.getMessage(), cause, false, false);
  }

  Overtaken() {
    super("a row was changed by another transaction", null, false, false);
  }
}
