package io.brrtrouter.server.outage;

import java.util.concurrent.atomic.AtomicReference;

/**
 * That somebody does not answer, to be said once when it begins and once when it ends, and not each
 * time where it comes and goes. Safe for use by many threads.
 */
public final class Outage {
  private final Quiet quiet;
  private final AtomicReference<State> state = new AtomicReference<>(State.NONE);

  private enum State {
    NONE,
    UNTOLD,
    TOLD
  }

  /**
   * There is none yet.
   *
   * @param quiet how often one that begins may be told of
   */
  public Outage(Quiet quiet) {
    this.quiet = quiet;
  }

  /** {@return whether that it begins is to be told now} To be called with each failure. */
  public boolean begins() {
    if (state.get() == State.TOLD) {
      return false;
    }
    state.compareAndSet(State.NONE, State.UNTOLD);
    return quiet.ends() && state.compareAndSet(State.UNTOLD, State.TOLD);
  }

  /** {@return whether that it ends is to be told now} To be called with each answer. */
  public boolean ends() {
    return state.get() != State.NONE && state.getAndSet(State.NONE) == State.TOLD;
  }
}
