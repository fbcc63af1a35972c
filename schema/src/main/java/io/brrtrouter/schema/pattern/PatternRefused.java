package io.brrtrouter.schema.pattern;

/** A regular expression cannot be compiled; the message is one clause that says why. */
public final class PatternRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Builds the exception.
   *
   * @param reason one clause without the pattern itself, "unclosed group at 4" for example
   */
  public PatternRefused(String reason) {
    super(reason);
  }
}
