package io.brrtrouter.server.dispatch;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A request while it runs on an event loop: which step it is at, and since when. Used by its loop;
 * other threads may ask for the step.
 */
final class LoopTurn {
  private final String requestId;
  private final AtomicReference<LoopStep> step;
  private long since;

  LoopTurn(String requestId, LoopStep first) {
    this.requestId = requestId;
    this.step = new AtomicReference<>(first);
    this.since = System.nanoTime();
  }

  /** Goes on to a step, within the present one or back from it; {@return the present one} */
  LoopStep enter(LoopStep next) {
    LoopStep left = step.getPlain();
    if (left != next) {
      long now = System.nanoTime();
      left.took(now - since, requestId);
      since = now;
      // Not volatile: whoever asks may be a little late, and a fence would cost every request.
      step.setRelease(next);
    }
    return left;
  }

  /** {@return what the request is at, for a log line} */
  @Override
  public String toString() {
    return "request " + requestId + ": " + step.getAcquire();
  }
}
