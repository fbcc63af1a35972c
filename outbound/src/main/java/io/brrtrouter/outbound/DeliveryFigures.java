package io.brrtrouter.outbound;

import io.brrtrouter.outbound.DeliveryLog.Backlog;
import io.brrtrouter.server.measure.Measurement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is counted of deliveries. The log is asked no more often than {@link #FRESH}, and a scrape
 * waits no longer for it than {@link #PATIENCE}: without an answer it has no figures of the log.
 * Safe for use by many threads.
 */
final class DeliveryFigures {
  /** However many scrape, and however often. */
  static final Duration FRESH = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.outbound");

  /** How an attempt has ended. */
  enum Ended {
    /** It has arrived. */
    DELIVERED("delivered"),
    /** It failed, and there is another one. */
    FAILED("failed"),
    /** It failed, and there is none. */
    DEAD("dead");

    private final String label;

    Ended(String label) {
      this.label = label;
    }
  }

  /** Asks the log. */
  @FunctionalInterface
  interface Source {
    /** {@return what waits} */
    Backlog ask() throws SQLException;
  }

  private final Source source;
  private final Map<Ended, LongAdder> attempts = new EnumMap<>(Ended.class);
  private final ReentrantLock lock = new ReentrantLock();

  /** What the log was asked last, and when that began. Guarded by the lock. */
  private @Nullable CompletableFuture<Backlog> asked;

  private long began;

  DeliveryFigures(Source source) {
    this.source = source;
    for (Ended each : Ended.values()) {
      attempts.put(each, new LongAdder());
    }
  }

  /** An attempt has ended, and that is written down. */
  void ended(Ended how) {
    Objects.requireNonNull(attempts.get(how)).increment();
  }

  List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    attempts.forEach((how, count) ->
        all.add(
            Measurement.counter(
                "brrtrouter_delivery_attempts_total",
                "Attempts of this instance to deliver webhooks and callbacks, by how they ended.",
                Map.of("outcome", how.label),
                (double) count.sum())));
    Backlog backlog = backlog();
    if (backlog != null) {
      all.add(
          gauge(
              "brrtrouter_deliveries_pending",
              "Webhooks and callbacks that are still to be sent, by all instances.",
              backlog.pending()));
      all.add(
          gauge(
              "brrtrouter_deliveries_due",
              "Webhooks and callbacks that are due, and nobody sends them now.",
              backlog.due()));
      all.add(
          gauge(
              "brrtrouter_deliveries_dead",
              "Webhooks and callbacks that have failed for good, and are kept.",
              backlog.dead()));
    }
    return all;
  }

  private static Measurement gauge(String name, String help, long value) {
    return Measurement.gauge(name, help, Map.of(), (double) value);
  }

  private @Nullable Backlog backlog() {
    try {
      return current().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException none) {
      LOG.debug("the log of deliveries does not say how many there are", none);
    }
    return null;
  }

  /** While it is asked nobody asks again. */
  private CompletableFuture<Backlog> current() {
    lock.lock();
    try {
      CompletableFuture<Backlog> last = asked;
      long now = System.nanoTime();
      if (last != null && (!last.isDone() || now - began < FRESH.toNanos())) {
        return last;
      }
      CompletableFuture<Backlog> next = new CompletableFuture<>();
      Thread.ofVirtual()
          .name("brrt-outbound-figures")
          .start(() -> {
            try {
              next.complete(source.ask());
            } catch (Throwable failure) { // whoever waits is told
              next.completeExceptionally(failure);
            }
          });
      asked = next;
      began = now;
      return next;
    } finally {
      lock.unlock();
    }
  }
}
