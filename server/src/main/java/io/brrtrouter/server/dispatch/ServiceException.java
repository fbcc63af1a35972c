package io.brrtrouter.server.dispatch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Another service that was to answer did not: a handler that asks one throws this, and the client
 * gets the problem that says so. What it says is for clients: it names no address.
 */
public final class ServiceException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What became of the request. */
  public enum Kind {
    /** What was asked for cannot be asked of the service: 400. */
    REFUSED(ProblemType.INVALID_TARGET),
    /** It cannot be reached, or its answer is none: 502 (RFC 9110 section 15.6.3). */
    FAILED(ProblemType.BAD_GATEWAY),
    /** It is not asked at present: 503 (section 15.6.4). */
    UNAVAILABLE(ProblemType.SERVICE_UNAVAILABLE),
    /** It does not answer in time: 504 (section 15.6.5). */
    TIMEOUT(ProblemType.GATEWAY_TIMEOUT);

    private final ProblemType type;

    Kind(ProblemType type) {
      this.type = type;
    }

    ProblemType type() {
      return type;
    }
  }

  private final Kind kind;
  private final Duration retryAfter;

  /**
   * An exception.
   *
   * @param kind what became of the request
   * @param detail this occurrence in words, a sentence
   * @param cause what was the matter, for logs; null without
   */
  public ServiceException(Kind kind, String detail, @Nullable Throwable cause) {
    this(kind, detail, Duration.ofSeconds(1), cause);
  }

  /**
   * An exception.
   *
   * @param kind what became of the request
   * @param detail this occurrence in words, a sentence
   * @param retryAfter after which time to try again, where the service is {@link Kind#UNAVAILABLE};
   *     whole seconds are told, one at least
   * @param cause what was the matter, for logs; null without
   */
  public ServiceException(
      Kind kind, String detail, Duration retryAfter, @Nullable Throwable cause) {
    super(detail, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** {@return what became of the request} */
  public Kind kind() {
    return kind;
  }

  /** {@return the seconds after which to try again, one at least} */
  long retryAfterSeconds() {
    return Math.max(1, retryAfter.plusMillis(999).toSeconds());
  }
}
