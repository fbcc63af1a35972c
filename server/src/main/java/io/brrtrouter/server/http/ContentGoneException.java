package io.brrtrouter.server.http;

import java.io.IOException;
import java.io.Serial;

/**
 * Content that was there is not there any more when it is {@linkplain SeekableContent#open opened}:
 * 404 is the answer (RFC 9110 section 15.5.5).
 */
public final class ContentGoneException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Says so.
   *
   * @param cause how it was noticed
   */
  public ContentGoneException(Throwable cause) {
    super("the content that was to be sent is not there any more", cause);
  }
}
