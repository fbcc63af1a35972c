package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.outage.Quiet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content that cannot be opened because the process may not open more files: that is no failure of
 * a handler, and clients that ask for enough at once can bring it about. The log says so once a
 * minute. Safe for use by many threads.
 */
final class OpenFiles {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final Quiet quiet;
  private final LongAdder untold = new LongAdder();

  /** Takes a clock in nanoseconds. */
  OpenFiles(LongSupplier clock) {
    this.quiet = new Quiet(SILENCE, clock);
  }

  /** {@return whether that is why content could not be opened, which is told then} */
  boolean areTooMany(IOException failure) {
    // EMFILE, and ENFILE with "in system" behind it, as Java says them.
    if (!String.valueOf(failure.getMessage()).contains("Too many open files")) {
      return false;
    }
    LOG.debug("content could not be opened", failure);
    untold.increment();
    if (quiet.ends()) {
      LOG.warn(
          "content cannot be opened: the process may not open more files; raise the limit (ulimit"
              + " -n), or lower http.max_streams; {} refused with a 503 since this was told last",
          untold.sumThenReset());
    }
    return true;
  }
}
