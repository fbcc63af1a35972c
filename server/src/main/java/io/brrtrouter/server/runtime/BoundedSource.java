package io.brrtrouter.server.runtime;

import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.ContentTooLargeException;
import java.io.IOException;
import java.time.Duration;

/** A body that is there, read as one that comes: beyond its limit reading fails. */
final class BoundedSource extends ContentSource {
  private final ContentSource octets;
  private final long limit;
  private long left;

  BoundedSource(byte[] body, long limit) {
    this.octets = ContentSource.of(body);
    this.limit = limit;
    this.left = limit;
  }

  @Override
  public int read(byte[] taker, int from, int length, Duration patience) throws IOException {
    return read(taker, from, length);
  }

  @Override
  public int read(byte[] taker, int from, int length) throws IOException {
    if (left == 0 && length > 0) {
      if (octets.read() >= 0) {
        throw new ContentTooLargeException(limit);
      }
      return -1;
    }
    int read = octets.read(taker, from, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public int available() throws IOException {
    return octets.available();
  }
}
