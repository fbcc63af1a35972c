package io.brrtrouter.outbound;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs that attempts fail and are made again: in {@link #INTERVAL_MINUTES} minutes at most a line
 * for each host, with the number of those that had none, and one that it is reached again, however
 * often it comes and goes. Safe for use by many threads.
 */
final class FailureLog {
  static final long INTERVAL_MINUTES = 5;

  private static final long INTERVAL = TimeUnit.MINUTES.toNanos(INTERVAL_MINUTES);
  private static final long MOST_AGE = TimeUnit.HOURS.toNanos(24);

  /** More hosts than that share a line: strangers name them. */
  static final int MOST_HOSTS = 100;

  private static final String OTHERS = "other receivers";

  private final Logger log;
  private final LongSupplier nanoTime;

  /** Hosts that fail, or did lately. Guarded by itself. */
  private final Map<String, Failing> failing = new HashMap<>();

  /** When a host has had its lines, and how many have failed that had none. */
  private static final class Failing {
    long told;
    int untold;

    /** Whether none has arrived since one has failed. */
    boolean fails;

    /** When there was a line that it is reached again. */
    OptionalLong arrived = OptionalLong.empty();

    boolean mayTellArrival(long now) {
      return arrived.isEmpty() || now - arrived.getAsLong() >= INTERVAL;
    }

    /** Whether it would have both lines again, and nothing is left to tell. */
    boolean isOver(long now) {
      return now - told > MOST_AGE
          || (!fails && untold == 0 && now - told >= INTERVAL && mayTellArrival(now));
    }
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
    String others;
    synchronized (failing) {
      long now = nanoTime.getAsLong();
      failing.values().removeIf(each -> each.isOver(now));
      String line = failing.containsKey(host) || failing.size() < MOST_HOSTS ? host : OTHERS;
      others = line.equals(OTHERS) ? " to " + OTHERS : "";
      Failing known = failing.get(line);
      if (known != null) {
        known.fails = true;
        if (now - known.told < INTERVAL) {
          known.untold++;
          return;
        }
      }
      Failing telling = known == null ? new Failing() : known;
      untold = telling.untold;
      telling.untold = 0;
      telling.told = now;
      telling.fails = true;
      failing.put(line, telling);
    }
    log.info(
        "delivery {} of {} to {} has failed, and is tried again at {}: {}{}",
        delivery.id(),
        delivery.operation(),
        host,
        due.truncatedTo(ChronoUnit.SECONDS),
        why,
        more(untold, others));
  }

  private static String more(int untold, String where) {
    return untold == 0
        ? ""
        : " (" + untold + " more" + where + " have failed since the last such line)";
  }

  /** One has arrived at a host. */
  void arrived(Delivery delivery) {
    String host = host(delivery);
    int untold;
    synchronized (failing) {
      Failing known = failing.get(host);
      if (known == null || !known.fails) {
        return;
      }
      known.fails = false;
      long now = nanoTime.getAsLong();
      if (!known.mayTellArrival(now)) {
        return;
      }
      known.arrived = OptionalLong.of(now);
      untold = known.untold;
      known.untold = 0;
    }
    log.info("deliveries to {} arrive again{}", host, more(untold, ""));
  }
}
