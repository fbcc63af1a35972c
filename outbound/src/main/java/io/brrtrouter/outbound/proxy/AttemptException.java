package io.brrtrouter.outbound.proxy;

import io.brrtrouter.server.dispatch.ServiceException;
import org.jspecify.annotations.Nullable;

/** One attempt to get a response came to nothing. */
final class AttemptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ServiceException.Kind kind;
  private final boolean unsent;
  private final boolean stale;
  private final boolean ofClient;

  /**
   * An exception.
   *
   * @param kind what the client is told, if there is no other attempt
   * @param unsent whether there was no connection, or one that ended before any response
   * @param message why, for logs
   */
  AttemptException(ServiceException.Kind kind, boolean unsent, String message, Throwable cause) {
    this(kind, unsent, false, false, message, cause);
  }

  private AttemptException(
      ServiceException.Kind kind,
      boolean unsent,
      boolean stale,
      boolean ofClient,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.unsent = unsent;
    this.stale = stale;
    this.ofClient = ofClient;
  }

  /** {@return one of a connection that rested, and had ended meanwhile} */
  static AttemptException stale(String message, Throwable cause) {
    return new AttemptException(ServiceException.Kind.FAILED, true, true, false, message, cause);
  }

  /** {@return one of a client that has all it may have} */
  static AttemptException ofClient(String message) {
    return new AttemptException(
        ServiceException.Kind.UNAVAILABLE, false, false, true, message, null);
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

  /** {@return whether others may still ask} */
  boolean isOfClient() {
    return ofClient;
  }

  /** {@return whether it says nothing about the service: it closes connections that rest} */
  boolean isStale() {
    return stale;
  }
}
