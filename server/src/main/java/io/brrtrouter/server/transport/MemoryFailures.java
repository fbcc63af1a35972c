package io.brrtrouter.server.transport;

import io.brrtrouter.server.outage.Quiet;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that are closed because there was no memory for them, most likely of that outside the
 * heap. Who has none for one has none for thousands, so that it is told once a minute, with how
 * many there were. Safe for use by many threads.
 */
final class MemoryFailures {
  private static final Logger log = LoggerFactory.getLogger(MemoryFailures.class);
  private static final Duration SILENCE = Duration.ofMinutes(1);

  /** Causes that are looked at; no failure has more, unless it is a cause of its own. */
  private static final int MOST_CAUSES = 8;

  private final Quiet quiet;
  private final LongAdder untold = new LongAdder();

  /**
   * Makes one that has told of nothing.
   *
   * @param clock tells the time as {@link System#nanoTime} does
   */
  MemoryFailures(LongSupplier clock) {
    this.quiet = new Quiet(SILENCE, clock);
  }

  /** {@return whether this is why a connection is closed, which is taken note of then} */
  boolean explain(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      if (cause instanceof OutOfMemoryError lack) {
        tell(lack);
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private void tell(OutOfMemoryError lack) {
    untold.increment();
    if (quiet.ends()) {
      log.warn(
          "a connection is closed, there is no memory for it: {}; {} so far since this was told"
              + " last. Memory outside the heap is what -XX:MaxDirectMemorySize allows, else as"
              + " much as the heap",
          lack.getMessage(),
          untold.sumThenReset());
    }
  }
}
