package io.brrtrouter.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done when a response is complete. Safe for use by many threads. */
final class Endings {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.failures");

  /** Null once the response is complete. Guarded by this object. */
  private @Nullable List<Runnable> actions = new ArrayList<>(0);

  /** Takes one more, which is run now if the response is complete. */
  void add(Runnable action) {
    if (!isKept(action)) {
      aside(List.of(action));
    }
  }

  private synchronized boolean isKept(Runnable action) {
    return actions != null && actions.add(action);
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
    return all == null ? List.of() : all;
  }

  private static void aside(List<Runnable> all) {
    Thread.ofVirtual().name("brrt-response-end").start(() -> all.forEach(Endings::run));
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      LOG.warn("what was to be done at the end of a response failed", failure);
    }
  }
}
