package io.brrtrouter.server.outage;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps what comes up again and again from filling the log: of those who want to say it, one for
 * each while may. Safe for use by many threads.
 */
public final class Quiet {
  private final long nanos;
  private final LongSupplier nanoTime;
  private final AtomicLong until;

  /**
   * Makes one that has nothing said yet.
   *
   * @param between how long nobody may after somebody might
   * @param nanoTime tells the time as {@link System#nanoTime} does
   */
  public Quiet(Duration between, LongSupplier nanoTime) {
    this.nanos = between.toNanos();
    this.nanoTime = nanoTime;
    this.until = new AtomicLong(nanoTime.getAsLong());
  }

  /** {@return whether it may be said now; whoever is told so says it} */
  public boolean ends() {
    long now = nanoTime.getAsLong();
    long end = until.get();
    return isOver(end - now) && until.compareAndSet(end, now + nanos);
  }

  /** What is left of a while can be more than the while only if a clock of the day went back. */
  private boolean isOver(long left) {
    return left <= 0 || left > nanos;
  }
}
