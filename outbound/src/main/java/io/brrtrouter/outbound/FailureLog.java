package io.brrtrouter.outbound;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs that attempts fail and are made again: a line for each host in {@link #INTERVAL_MINUTES}
 * minutes at most, with the number of those that had none, and one when it is reached again. Safe
 * for use by many threads.
 */
final class FailureLog {
  static final long INTERVAL_MINUTES = 5;

  /** More hosts than that share a line: strangers name them. */
  static final int MOST_HOSTS = 100;

  private static final String OTHERS = "other receivers";

  private final Logger log;
  private final LongSupplier nanoTime;

  /** Hosts that fail; the one that has failed for longest first. Guarded by itself. */
  private final Map<String, Failing> failing = new LinkedHashMap<>();

  /** Since when a host has a line, and how many have failed that had none. */
  private static final class Failing {
    long told;
    int untold;
  }

  FailureLog(Logger log) {
    this(log, System::nanoTime);
  }

  FailureLog(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  private static String host(Delivery delivery) {
    return String.valueOf(delivery.url().getHost()).toLowerCase(Locale.ROOT);
  }

  /** An attempt has failed, and there is another one. */
  void failed(Delivery delivery, Instant due, String why) {
    String host = host(delivery);
    int untold;
    synchronized (failing) {
      long now = nanoTime.getAsLong();
      failing.values().removeIf(each -> now - each.told > TimeUnit.HOURS.toNanos(24));
      String line = failing.containsKey(host) || failing.size() < MOST_HOSTS ? host : OTHERS;
      Failing known = failing.get(line);
      if (known != null && now - known.told < TimeUnit.MINUTES.toNanos(INTERVAL_MINUTES)) {
        known.untold++;
        return;
      }
      Failing telling = known == null ? new Failing() : known;
      untold = telling.untold;
      telling.untold = 0;
      telling.told = now;
      failing.put(line, telling);
    }
    log.info(
        "delivery {} of {} to {} has failed, and is tried again at {}: {}{}",
        delivery.id(),
        delivery.operation(),
        host,
        due.truncatedTo(ChronoUnit.SECONDS),
        why,
        untold == 0 ? "" : " (" + untold + " more have failed since the last such line)");
  }

  /** One has arrived at a host. */
  void arrived(Delivery delivery) {
    String host = host(delivery);
    int untold;
    synchronized (failing) {
      Failing known = failing.remove(host);
      if (known == null) {
        return;
      }
      untold = known.untold;
    }
    log.info(
        "deliveries to {} arrive again{}",
        host,
        untold == 0 ? "" : " (" + untold + " more have failed since the last such line)");
  }
}
