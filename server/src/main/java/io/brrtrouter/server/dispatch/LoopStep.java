package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.outage.Quiet;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of one operation on event loops: its handler, a filter, or what the server does between
 * them. Tells, once a minute at most, when a handler or a filter that was declared never to block
 * took too long by itself: every connection of the loop waits for it. Safe for use by many threads.
 */
final class LoopStep {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.threads");

  /** How long a step took that was not taken: none at all can be how long the clock saw it. */
  static final long NOT_TAKEN = -1;

  /** What a client notices. */
  private static final long TOO_LONG = TimeUnit.MILLISECONDS.toNanos(50);

  /** The first times load classes, and everything is interpreted: nothing to reproach anyone. */
  private static final int COLD = 20;

  private static final long TOO_LONG_WHEN_COLD = TimeUnit.SECONDS.toNanos(1);
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final String name;
  private final int place;
  private final Quiet quiet = new Quiet(BETWEEN, System::nanoTime);

  /** How many requests will still count as cold. Not exact where loops race, and need not be. */
  private int cold = COLD;

  private LoopStep(String name, int place) {
    this.name = name;
    this.place = place;
  }

  static LoopStep handler(String handlerName, int place) {
    return new LoopStep("handler " + handlerName, place);
  }

  static LoopStep filter(Filter filter, int place) {
    return new LoopStep("filter " + filter.getClass().getName(), place);
  }

  /** {@return decoding and checks, which nobody declared anything about} */
  static LoopStep server(String handlerName, int place) {
    return new LoopStep("decoding or checking for " + handlerName, place);
  }

  /** {@return which of the steps of its operation it is, from 0} */
  int place() {
    return place;
  }

  /** {@return what it is, for a log line} */
  @Override
  public String toString() {
    return name;
  }

  /** Takes note of how long it took in one request, without other steps, or {@link #NOT_TAKEN}. */
  void took(long nanos, String requestId) {
    if (nanos == NOT_TAKEN) {
      return;
    }
    boolean warm = cold <= 0;
    if (!warm) {
      cold--;
    }
    if (nanos >= (warm ? TOO_LONG : TOO_LONG_WHEN_COLD)) {
      warn(nanos, requestId);
    }
  }

  private void warn(long nanos, String requestId) {
    if (quiet.ends()) {
      LOG.warn(
          "request {}: {} is declared never to block, but took {} ms by itself, while all"
              + " connections of its event loop waited; if it does block or compute that long,"
              + " remove the declaration",
          requestId,
          name,
          TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }
}
