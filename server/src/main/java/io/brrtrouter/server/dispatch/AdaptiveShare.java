package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.limit.AdaptiveLimit;
import io.brrtrouter.server.limit.Priority;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one operation has of an adaptive limit. Safe for use by many threads, without locks. */
final class AdaptiveShare {
  private final AdaptiveLimit limit;
  private final boolean ofClass;
  private final String name;
  private final String operation;
  private final Priority priority;
  private final AtomicLong refusals;
  private volatile int percent;

  /**
   * Takes a share.
   *
   * @param limit of this
   * @param group the class that shares the limit, null for an operation alone
   * @param operation the name of the operation's handler
   * @param priority how much it matters
   * @param refusals counts those that found no room
   */
  AdaptiveShare(
      AdaptiveLimit limit,
      @Nullable String group,
      String operation,
      Priority priority,
      AtomicLong refusals) {
    this.limit = limit;
    this.ofClass = group != null;
    this.name = group == null ? operation : group;
    this.operation = operation;
    this.priority = priority;
    this.refusals = refusals;
    this.percent = 100;
  }

  /** What has become of a request, as far as it says something about what it needed. */
  enum Effect {
    /** Answered: how long that took counts. */
    ANSWERED,
    /** What it needed is overloaded, or was not there in time. */
    OVERLOADED,
    /** Nothing: refused before it needed anything, perhaps, or failed. */
    UNKNOWN;

    /** {@return what a response says} */
    static Effect of(int status) {
      if (status < 400) {
        return ANSWERED;
      }
      return status == 503 || status == 504 ? OVERLOADED : UNKNOWN;
    }

    /** {@return what a failure says} */
    static Effect of(Throwable failure) {
      return failure instanceof ServiceException service
              && (service.kind() == ServiceException.Kind.UNAVAILABLE
                  || service.kind() == ServiceException.Kind.TIMEOUT)
          ? OVERLOADED
          : UNKNOWN;
    }
  }

  /** Says what matters most of those that share the limit. */
  void beside(Priority highest) {
    percent = priority.share(highest);
  }

  /** {@return whether there is room for one more; who has entered must {@link #leave}} */
  boolean enter() {
    boolean entered = limit.enter(percent);
    if (!entered) {
      refusals.incrementAndGet();
    }
    return entered;
  }

  void leave() {
    limit.leave();
  }

  /** Learns what became of a request that has begun then. */
  void learn(Effect effect, long begun) {
    long now = System.nanoTime();
    switch (effect) {
      case ANSWERED -> limit.answered(now - begun, now);
      case OVERLOADED -> limit.overloaded(now);
      case UNKNOWN -> {}
    }
  }

  /** {@return whether operations of a class share the limit} */
  boolean isOfClass() {
    return ofClass;
  }

  AdaptiveLimit limit() {
    return limit;
  }

  Priority priority() {
    return priority;
  }

  AtomicLong refusals() {
    return refusals;
  }

  /** {@return the figures now} */
  AdaptiveFigures figures() {
    return new AdaptiveFigures(
        name, operation, priority.text(), limit.limit(), limit.inFlight(), refusals.get());
  }
}
