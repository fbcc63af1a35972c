package io.brrtrouter.server.dispatch;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The right of one request to be in flight. Several may hold it, such as the response, the work and
 * the handler, which end in any order: the last one gives it back. A response can end before its
 * work when the client leaves, and the work before its handler when the deadline passes.
 */
final class Permit {
  private final Permits permits;
  private final AtomicInteger holders = new AtomicInteger(1);

  Permit(Permits permits) {
    this.permits = permits;
  }

  /** {@return whether there was still something to hold, which must be released then} */
  boolean hold() {
    return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Ends the holding of whoever took the permit or {@linkplain #hold holds} it. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      permits.give();
    }
  }
}
