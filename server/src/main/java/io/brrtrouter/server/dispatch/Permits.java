package io.brrtrouter.server.dispatch;

import java.util.concurrent.atomic.AtomicInteger;

/** A bound on how many requests are in flight; never makes anybody wait. */
final class Permits {
  private final int limit;
  private final AtomicInteger taken = new AtomicInteger();

  Permits(int limit) {
    this.limit = limit;
  }

  /** {@return whether there was one left, which is now taken} */
  boolean take() {
    if (taken.incrementAndGet() <= limit) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  /** Gives one back. */
  void give() {
    taken.decrementAndGet();
  }

  int taken() {
    return taken.get();
  }
}
