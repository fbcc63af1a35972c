package io.brrtrouter.outbound.proxy;

import io.brrtrouter.server.dispatch.ServiceException;

/** One attempt to get a response came to nothing. */
final class AttemptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ServiceException.Kind kind;
  private final boolean unsent;
  private final boolean stale;

  /**
   * An exception.
   *
   * @param kind what the client is told, if there is no other attempt
   * @param unsent whether there was no connection, or one that ended before any response
   * @param message why, for logs
   */
  AttemptException(ServiceException.Kind kind, boolean unsent, String message, Throwable cause) {
    this(kind, unsent, false, message, cause);
  }

  private AttemptException(
      ServiceException.Kind kind, boolean unsent, boolean stale, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.unsent = unsent;
    this.stale = stale;
  }

  /** {@return one of a connection that rested, and had ended meanwhile} */
  static AttemptException stale(String message, Throwable cause) {
    return new AttemptException(ServiceException.Kind.FAILED, true, true, message, cause);
  }

  ServiceException.Kind kind() {
    return kind;
  }

  boolean unsent() {
    return unsent;
  }

  /** {@return whether there was no connection, so that nothing at all was sent} */
  boolean isUnconnected() {
    return unsent && !stale;
  }

  /** {@return whether it says nothing about the service: it closes connections that rest} */
  boolean isStale() {
    return stale;
  }
}
