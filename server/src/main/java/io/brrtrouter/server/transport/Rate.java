package io.brrtrouter.server.transport;

import java.time.Duration;

/** How often something may happen in a time, which begins anew each time it is over. */
final class Rate {
  private final int most;
  private final long window;
  private long began;
  private int count;

  Rate(int most, Duration window) {
    this.most = most;
    this.window = window.toNanos();
  }

  /** {@return whether it may have happened once more} */
  boolean add(long now) {
    if (count == 0 || now - began > window) {
      began = now;
      count = 0;
    }
    return ++count <= most;
  }
}
