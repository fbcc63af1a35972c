package io.brrtrouter.server.http;

import java.io.IOException;
import java.io.Serial;

/**
 * The content of a request, read while it comes, is larger than it may be: 413 is the answer (RFC
 * 9110 section 15.5.14), whatever a handler that reads it makes of this.
 */
public final class ContentTooLargeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Says how much would be allowed.
   *
   * @param limit the most bytes there may be
   */
  public ContentTooLargeException(long limit) {
    super("the content of the request has more than the " + limit + " octets that are allowed");
  }
}
