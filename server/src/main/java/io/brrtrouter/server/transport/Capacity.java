package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.TransportFailure;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of requests all connections hold together: of their heads, their bodies and their
 * streams, and of what TLS has not decrypted yet.
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

  /**
   * {@return whether so many more bytes may be held, which they then are} Those that may not never
   * count, so that nobody else is refused for them.
   */
  boolean hold(int more) {
    long now = bytes.get();
    while (now + more <= mostBytes) {
      long seen = bytes.compareAndExchange(now, now + more);
      if (seen == now) {
        return true;
      }
      now = seen;
    }
    return false;
  }

  void drop(int less) {
    bytes.addAndGet(-less);
  }

  long bytes() {
    return bytes.get();
  }
}
