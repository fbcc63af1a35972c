package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A response whose content comes while it is read.
 *
 * @param status the status code
 * @param headers the header fields
 * @param content the content; closing it, by any thread, is a client that goes
 */
record Incoming(int status, Headers headers, InputStream content) implements AutoCloseable {

  @Override
  public void close() {
    try {
      content.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
