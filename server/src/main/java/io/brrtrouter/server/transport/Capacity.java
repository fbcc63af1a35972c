package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.TransportFailure;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of requests, of their heads and of their bodies, all connections hold together.
 */
final class Capacity {
  /** What a client is told whose request has no room. */
  static final TransportFailure EXHAUSTED =
      new TransportFailure(
          TransportFailure.Kind.OVERLOADED, "the server holds as much of requests as it can");

  private final long mostBytes;
  private final AtomicLong bytes = new AtomicLong();

  Capacity(TransportLimits limits) {
    this.mostBytes = limits.bufferedBytes();
  }

  /** {@return whether so many more bytes may be held, which they then are} */
  boolean hold(int more) {
    if (bytes.addAndGet(more) <= mostBytes) {
      return true;
    }
    bytes.addAndGet(-more);
    return false;
  }

  void drop(int less) {
    bytes.addAndGet(-less);
  }

  long bytes() {
    return bytes.get();
  }
}
