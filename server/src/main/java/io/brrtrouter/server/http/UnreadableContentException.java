package io.brrtrouter.server.http;

import java.io.IOException;
import java.io.Serial;

/**
 * The content of a request, read while it comes, does not come to its end: it is not framed as it
 * should be, does not come in time, or the server has no room for it. The answer is the one of the
 * failure, whatever a handler that reads it makes of this.
 */
public final class UnreadableContentException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient TransportFailure failure;

  /**
   * Says why.
   *
   * @param failure why
   */
  public UnreadableContentException(TransportFailure failure) {
    super("the content of the request cannot be read: " + failure.detail());
    this.failure = failure;
  }

  /** {@return why} */
  public TransportFailure failure() {
    return failure;
  }
}
