package io.brrtrouter.server.runtime;

import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A response in the process whose content is read while it is written. */
public final class OpenExchange implements AutoCloseable {
  private final HttpResponse response;
  private final InputStream content;

  OpenExchange(HttpResponse response, InputStream content) {
    this.response = response;
    this.content = content;
  }

  /** {@return the response, without the content} */
  public HttpResponse response() {
    return response;
  }

  /**
   * {@return the content, to be read by one thread; reading waits for what writes it, and fails
   * when that fails} May be closed by any thread.
   */
  public InputStream content() {
    return content;
  }

  /**
   * Goes, as a client goes: what still writes the content is told so. Does not wait for its end.
   */
  @Override
  public void close() {
    try {
      content.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
