package io.brrtrouter.server.outage;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Keeps from asking somebody who does not answer, so that not everybody waits for that: after some
 * silences in a row it lets one through from time to time, until there is an answer. Safe for use
 * by many threads.
 */
public final class Breaker {
  private static final int MOST_DOUBLINGS = 30;
  private static final State QUIET = new State(0, 0);

  private final Patience patience;
  private final LongSupplier nanoTime;
  private final AtomicReference<State> state = new AtomicReference<>(QUIET);

  /**
   * When nobody is asked, and for how long.
   *
   * @param silences how many in a row it takes
   * @param first the first pause; each further one is twice as long
   * @param longest the longest pause
   */
  public record Patience(int silences, Duration first, Duration longest) {}

  private record State(int silences, long retryAt) {}

  /**
   * Lets everybody through.
   *
   * @param patience when it stops
   * @param nanoTime tells the time as {@link System#nanoTime} does
   */
  public Breaker(Patience patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /** {@return whether somebody who came now might be let through} */
  public boolean mayLet() {
    State now = state.get();
    return !isOpen(now) || isDue(now);
  }

  /** {@return whether to ask} Of many who come when it is time to try again, one is told so. */
  public boolean lets() {
    State now = state.get();
    return !isOpen(now) || (isDue(now) && state.compareAndSet(now, silent(now)));
  }

  /** There was an answer. */
  public void answered() {
    if (state.get().silences > 0) {
      state.set(QUIET);
    }
  }

  /** There was none. Many who were asking already when it opened count for no longer pause. */
  public void silent() {
    state.updateAndGet(now -> isOpen(now) ? now : silent(now));
  }

  private boolean isOpen(State now) {
    return now.silences >= patience.silences;
  }

  /** A pause that is longer than any began before a clock of the day went back. */
  private boolean isDue(State now) {
    long pause = now.retryAt - nanoTime.getAsLong();
    return pause <= 0 || pause > patience.longest.toNanos();
  }

  private State silent(State now) {
    int silences = now.silences + 1;
    int doublings = Math.clamp(silences - patience.silences, 0, MOST_DOUBLINGS);
    long longest = patience.longest.toNanos();
    long first = patience.first.toNanos();
    long pause = first > longest >> doublings ? longest : first << doublings;
    return new State(silences, nanoTime.getAsLong() + pause);
  }
}
