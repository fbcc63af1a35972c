package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HeadDecision.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when work keeps an event loop and does not end: after a second, and each time it has taken
 * twice as long. Looks from outside, so that requests pay nothing for it. Used by one thread, which
 * is none of those it watches.
 */
final class LoopWatch implements Runnable {
  /** Between two looks. Work that is seen twice has taken that long at least. */
  static final Duration STEP = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger("io.brrtrouter.server.threads");

  private final List<Watched> loops;
  private final LongSupplier clock;

  /** Takes a clock in nanoseconds. */
  LoopWatch(Collection<ConnectionLoop> loops, LongSupplier clock) {
    this.loops = loops.stream().map(Watched::new).toList();
    this.clock = clock;
  }

  @Override
  public void run() {
    long now = clock.getAsLong();
    for (Watched loop : loops) {
      try {
        loop.look(now);
      } catch (Throwable failure) {
        tell(failure); // Thrown, it would end the watch for ever, and nobody would know.
      }
    }
  }

  private static void tell(Throwable failure) {
    try {
      log.warn("an event loop could not be watched, or what was seen not be logged", failure);
    } catch (Throwable _) {
      // It is the log that fails: there is nobody to tell, and the next look may be luckier.
    }
  }

  /** One loop, and what it was at when it was looked at. */
  private static final class Watched {
    private final ConnectionLoop loop;
    private @Nullable Work seen;
    private long since;
    private long patience;

    Watched(ConnectionLoop loop) {
      this.loop = loop;
    }

    @SuppressWarnings("ReferenceEquality") // the same work, not an equal one
    void look(long now) {
      Work work = loop.atWork();
      if (work != seen) {
        seen = work;
        since = now;
        patience = STEP.toNanos();
      } else if (work != null && now - since >= patience) {
        patience = 2 * (now - since);
        log.warn(
            "{} has held its event loop for {} s; all connections of the loop wait for it",
            work.doing(),
            Duration.ofNanos(now - since).toSeconds());
      }
    }
  }
}
