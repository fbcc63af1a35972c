package io.brrtrouter.server.dispatch;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request while it runs on an event loop: which step it is at, and how long each has taken. Used
 * by its loop; other threads may ask for the step.
 */
final class LoopTurn {
  private final String requestId;
  private final LoopSteps steps;

  /** What each step took, in its parts: a filter has one before and one after what it surrounds. */
  private final long[] spent;

  private final AtomicReference<LoopStep> step;
  private long since;

  LoopTurn(String requestId, LoopSteps steps) {
    this.requestId = requestId;
    this.steps = steps;
    this.spent = new long[steps.count()];
    Arrays.fill(spent, LoopStep.NOT_TAKEN);
    this.step = new AtomicReference<>(steps.server());
    this.since = System.nanoTime();
  }

  /** Goes on to a step, within the present one or back from it; {@return the present one} */
  LoopStep enter(LoopStep next) {
    LoopStep left = step.getPlain();
    if (left != next) {
      long now = System.nanoTime();
      int place = left.place();
      spent[place] = (spent[place] == LoopStep.NOT_TAKEN ? 0 : spent[place]) + now - since;
      since = now;
      // Not volatile: whoever asks may be a little late, and a fence would cost every request.
      step.setRelease(next);
    }
    return left;
  }

  /** Lets each step that was taken know how long it took, all its parts together. */
  void end() {
    enter(steps.server());
    steps.took(spent, requestId);
  }

  /** {@return what the request is at, for a log line} */
  @Override
  public String toString() {
    return "request " + requestId + ": " + step.getAcquire();
  }
}
