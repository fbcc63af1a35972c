package io.brrtrouter.server.http;

import java.time.Duration;
import java.util.Objects;

/** Octets that are there. */
final class CollectedSource extends ContentSource {
  private final byte[] octets;
  private int at;

  CollectedSource(byte[] octets) {
    this.octets = octets;
  }

  @Override
  public int read(byte[] taker, int from, int length, Duration patience) {
    return read(taker, from, length);
  }

  @Override
  public int read(byte[] taker, int from, int length) {
    Objects.checkFromIndexSize(from, length, taker.length);
    if (length == 0) {
      return 0;
    }
    int read = Math.min(length, octets.length - at);
    if (read == 0) {
      return -1;
    }
    System.arraycopy(octets, at, taker, from, read);
    at += read;
    return read;
  }

  @Override
  public int available() {
    return octets.length - at;
  }
}
