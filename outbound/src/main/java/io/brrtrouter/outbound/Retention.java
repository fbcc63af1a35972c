package io.brrtrouter.outbound;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes from the log what was finished long ago, a little at once so that nobody waits long. */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.outbound");
  private static final long MINUTES_BETWEEN = 10;
  private static final int AT_ONCE = 500;

  private final DeliveryLog log;
  private final InstantSource clock;
  private final Duration delivered;
  private final Duration dead;
  private final CountDownLatch stopped = new CountDownLatch(1);

  Retention(DeliveryLog log, InstantSource clock, Duration delivered, Duration dead) {
    this.log = log;
    this.clock = clock;
    this.delivered = delivered;
    this.dead = dead;
  }

  void start() {
    Thread.ofVirtual().name("brrt-outbound-retention").start(this::run);
  }

  private void run() {
    try {
      while (!stopped.await(MINUTES_BETWEEN, TimeUnit.MINUTES)) {
        sweepOrLog();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void sweepOrLog() {
    try {
      sweep();
    } catch (Throwable failure) { // nobody else would delete
      LOG.warn("old deliveries cannot be deleted now", failure);
    }
  }

  /** {@return how many were deleted} */
  int sweep() throws SQLException {
    Instant now = clock.instant();
    return sweep(DeliveryState.DELIVERED, now.minus(delivered))
        + sweep(DeliveryState.DEAD, now.minus(dead));
  }

  private int sweep(DeliveryState state, Instant before) throws SQLException {
    int all = 0;
    int deleted;
    do {
      deleted = log.delete(state, before, AT_ONCE);
      all += deleted;
    } while (deleted == AT_ONCE && stopped.getCount() > 0);
    return all;
  }

  void stop() {
    stopped.countDown();
  }
}
