package io.brrtrouter.server.limit;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether somebody who counts for several servers answers. After a failure nobody is asked for a
 * pause, so that requests do not wait for it one by one; then one request tries. Each outage is
 * logged once, and its end. Safe for use by many threads.
 */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.limit");

  /** How long nobody is asked after a failure. */
  static final long PAUSE_NANOS = 1_000_000_000;

  /** The latest failure; null while there is no outage. */
  private final AtomicReference<@Nullable Failure> latest = new AtomicReference<>();

  private record Failure(long nanos) {
    boolean isPast(long now) {
      return now - nanos >= PAUSE_NANOS;
    }
  }

  /** {@return whether a request might ask now} */
  boolean mayAsk(long now) {
    Failure failure = latest.get();
    return failure == null || failure.isPast(now);
  }

  /** {@return whether this request is to ask: during an outage one for each pause} */
  boolean ask(long now) {
    Failure failure = latest.get();
    return failure == null
        || (failure.isPast(now) && latest.compareAndSet(failure, new Failure(now)));
  }

  void failed(long now, Exception failure) {
    if (latest.getAndSet(new Failure(now)) == null) {
      LOG.warn(
          "rate limits are counted by this server alone, because whoever counts for all does not"
              + " answer: {}",
          failure.getMessage());
    }
  }

  void answered() {
    if (latest.get() != null && latest.getAndSet(null) != null) {
      LOG.warn("rate limits are counted for all servers together again");
    }
  }
}
