package io.brrtrouter.server.limit;

import java.time.Duration;

/**
 * How much longer one request may wait for those who count for several servers, however often it
 * asks them. Used by one thread at a time.
 */
public final class Patience {
  private long nanos;

  Patience(Duration all) {
    this.nanos = all.toNanos();
  }

  boolean isOver() {
    return nanos <= 0;
  }

  Duration left() {
    return Duration.ofNanos(nanos);
  }

  void spend(long spent) {
    nanos -= spent;
  }
}
