package io.brrtrouter.server.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all connections share: how many requests are in flight and how many bytes they hold. */
final class Capacity {
  private final int mostInFlight;
  private final long mostBytes;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  Capacity(TransportLimits limits) {
    this.mostInFlight = limits.inFlight();
    this.mostBytes = limits.bufferedBytes();
  }

  /** {@return whether one more request may be in flight, which it then is} */
  boolean enter() {
    if (inFlight.incrementAndGet() <= mostInFlight) {
      return true;
    }
    leave();
    return false;
  }

  void leave() {
    inFlight.decrementAndGet();
  }

  int inFlight() {
    return inFlight.get();
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
