package io.brrtrouter.outbound.client;

import java.util.Optional;

/** What became of a request. */
public sealed interface Outcome {

  /**
   * It was answered.
   *
   * @param status the status
   * @param retryAfter the value of {@code Retry-After}
   * @param excerpt the beginning of the content, as text
   */
  record Answered(int status, Optional<String> retryAfter, String excerpt) implements Outcome {}

  /**
   * It was not.
   *
   * @param reason why, roughly
   * @param message why, for people
   */
  record Failed(Reason reason, String message) implements Outcome {}

  /** Why there is no answer. */
  enum Reason {
    /** Nothing may be sent there. */
    REFUSED,
    /** There is nobody, or the connection broke. */
    TRANSPORT,
    /** It took too long. */
    TIMEOUT,
    /** Nobody waits for it any more. */
    STOPPED
  }
}
