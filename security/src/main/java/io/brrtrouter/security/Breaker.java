package io.brrtrouter.security;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps from asking somebody who does not answer, so that not everybody waits for that: after some
 * silences in a row it lets one through from time to time, until there is an answer.
 */
final class Breaker {
  private static final int MOST_SILENCES = 5;
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final int MOST_DOUBLINGS = 5;

  private static final State QUIET = new State(0, Long.MIN_VALUE);

  private final InstantSource clock;
  private final AtomicReference<State> state = new AtomicReference<>(QUIET);

  private record State(int silences, long retryAt) {
    boolean isOpen() {
      return silences >= MOST_SILENCES;
    }
  }

  Breaker(InstantSource clock) {
    this.clock = clock;
  }

  /** {@return whether to ask} Of many who come when it is time to try again, one is told so. */
  boolean lets() {
    State now = state.get();
    return !now.isOpen() || (isDue(now) && state.compareAndSet(now, silent(now)));
  }

  /** A pause that is longer than any began before the clock went back. */
  private boolean isDue(State seen) {
    long pause = seen.retryAt - clock.millis();
    return pause <= 0 || pause > LONGEST_PAUSE_MILLIS;
  }

  void answered() {
    if (state.get().silences > 0) {
      state.set(QUIET);
    }
  }

  /** Many who were asking already when it opened count for no longer pause. */
  void silent() {
    state.updateAndGet(now -> now.isOpen() ? now : silent(now));
  }

  private State silent(State now) {
    int silences = now.silences + 1;
    int doublings = Math.clamp(silences - MOST_SILENCES, 0, MOST_DOUBLINGS);
    long pause = Math.min(FIRST_PAUSE_MILLIS << doublings, LONGEST_PAUSE_MILLIS);
    return new State(silences, clock.millis() + pause);
  }
}
