package io.brrtrouter.server.websocket;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many octets of messages all WebSockets of the process hold, of those that are not there whole
 * and of those that wait for a handler: no more than a part of the heap. Safe for use by many
 * threads.
 */
final class HeldOctets {
  /** Bytes; bodies of requests have a share of their own, which is a setting. */
  private static final long MOST = Runtime.getRuntime().maxMemory() / 16;

  private static final AtomicLong HELD = new AtomicLong();

  private HeldOctets() {}

  /**
   * {@return whether so many more octets may be held, which they then are} Those that may not never
   * count, so that nobody else is refused for them.
   */
  static boolean hold(int more) {
    long now = HELD.get();
    while (now + more <= MOST) {
      long seen = HELD.compareAndExchange(now, now + more);
      if (seen == now) {
        return true;
      }
      now = seen;
    }
    return false;
  }

  static void drop(int less) {
    HELD.addAndGet(-less);
  }

  static long held() {
    return HELD.get();
  }
}
