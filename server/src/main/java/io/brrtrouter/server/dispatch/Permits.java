package io.brrtrouter.server.dispatch;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A bound on how many requests are in flight; never makes anybody wait. Takes no lock. */
final class Permits {
  private final int limit;
  private final AtomicInteger taken;

  Permits(int limit) {
    this(limit, new AtomicInteger());
  }

  private Permits(int limit, AtomicInteger taken) {
    if (limit < 1) {
      throw new IllegalArgumentException("at least 1 request may be in flight, not " + limit);
    }
    this.limit = limit;
    this.taken = taken;
  }

  /** {@return another bound on the same requests: those that have a permit of either count} */
  Permits withLimit(int other) {
    return new Permits(other, taken);
  }

  /**
   * {@return a permit, null if none was left} Who gets none was never counted, so that nobody else
   * is refused for it.
   */
  @Nullable Permit take() {
    int now = taken.get();
    while (now < limit) {
      int seen = taken.compareAndExchange(now, now + 1);
      if (seen == now) {
        return new Permit(this);
      }
      now = seen;
    }
    return null;
  }

  /** Gives one back. */
  void give() {
    taken.decrementAndGet();
  }

  int limit() {
    return limit;
  }

  int taken() {
    return taken.get();
  }
}
