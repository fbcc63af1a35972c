package io.brrtrouter.logging;

import ch.qos.logback.classic.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which lines are written where all would be too many: of each logger the first of every so many.
 * Warnings and errors always are. Safe for use by many threads.
 */
final class Sampling {
  /** Every line. */
  static final Sampling ALL = new Sampling(1, Map.of());

  /** Loggers have names of code, so there are not many; beyond that they count together. */
  private static final int MOST_LOGGERS = 10_000;

  private static final long NONE = Long.MAX_VALUE;

  /** Of so many one. */
  private final long everywhere;

  private final Map<String, Long> byLogger;
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

  private Sampling(long everywhere, Map<String, Long> byLogger) {
    this.everywhere = everywhere;
    this.byLogger = Map.copyOf(byLogger);
  }

  /**
   * {@return the sampling that a text asks for}
   *
   * @param text {@code all}, {@code error-only}, {@code 1/100}, or a list of those for loggers and
   *     what is below them, {@code io.brrtrouter.access=1/100} for example, separated by commas
   * @throws IllegalArgumentException if it asks for nothing of this kind
   */
  static Sampling of(String text) {
    long everywhere = 1;
    Map<String, Long> byLogger = new HashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      long every = every(part.substring(equals + 1).strip());
      if (equals < 0) {
        everywhere = every;
      } else {
        byLogger.put(part.substring(0, equals).strip(), every);
      }
    }
    return new Sampling(everywhere, byLogger);
  }

  private static long every(String text) {
    if (text.equals("all")) {
      return 1;
    }
    if (text.equals("error-only")) {
      return NONE;
    }
    if (text.matches("1/[1-9][0-9]{0,8}")) {
      return Long.parseLong(text.substring(2));
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is no sampling; it takes: all, error-only, or 1/N with N from 1");
  }

  boolean keeps(String logger, Level level) {
    if (level.isGreaterOrEqual(Level.WARN)) {
      return true;
    }
    long every = byLogger.isEmpty() ? everywhere : every(logger, everywhere);
    if (every == 1 || every == NONE) {
      return every == 1;
    }
    AtomicLong count = counts.get(logger);
    if (count == null) {
      String name = counts.size() < MOST_LOGGERS ? logger : "";
      count = counts.computeIfAbsent(name, _ -> new AtomicLong());
    }
    return count.getAndIncrement() % every == 0;
  }

  /** That of the nearest logger above which has one. */
  private long every(String logger, long fallback) {
    String name = logger;
    while (true) {
      Long every = byLogger.get(name);
      if (every != null) {
        return every;
      }
      int dot = name.lastIndexOf('.');
      if (dot < 0) {
        return fallback;
      }
      name = name.substring(0, dot);
    }
  }
}
