package io.brrtrouter.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done when a response is complete. Safe for use by many threads. */
final class Endings {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.failures");

  /** Null while there are none, as for most requests. Guarded by this object. */
  private @Nullable List<Runnable> actions;

  /** Whether the response is complete. Guarded by this object. */
  private boolean complete;

  /** Takes one more, which is run now if the response is complete. */
  void add(Runnable action) {
    if (!isKept(action)) {
      aside(List.of(action));
    }
  }

  private synchronized boolean isKept(Runnable action) {
    if (complete) {
      return false;
    }
    if (actions == null) {
      actions = new ArrayList<>(1);
    }
    return actions.add(action);
  }

  /** The response is complete; told on an event loop, perhaps. */
  void run() {
    List<Runnable> all = taken();
    if (!all.isEmpty()) {
      aside(all);
    }
  }

  private synchronized List<Runnable> taken() {
    List<Runnable> all = actions;
    actions = null;
    complete = true;
    return all == null ? List.of() : all;
  }

  private static void aside(List<Runnable> all) {
    Thread.ofVirtual().name("brrt-response-end").start(() -> all.forEach(Endings::run));
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable failure) {
      LOG.warn("what was to be done at the end of a response failed", failure);
    }
  }
}
