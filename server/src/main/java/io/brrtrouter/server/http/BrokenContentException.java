package io.brrtrouter.server.http;

import java.io.IOException;

/**
 * Content that comes from somewhere else came to no end. Whoever throws it while content is written
 * has the response cut off, so that nobody takes it for complete, and its message logged as a
 * warning of one line: it says who broke off, and why.
 */
public final class BrokenContentException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception.
   *
   * @param message who broke off, and why
   * @param cause what failed
   */
  public BrokenContentException(String message, Throwable cause) {
    super(message, cause);
  }
}
