package io.brrtrouter.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.brrtrouter.server.log.LogBackend;
import io.brrtrouter.server.log.LogLevel;
import io.brrtrouter.server.measure.Measurement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Sets levels of Logback, and counts what was dropped. Safe for use by many threads. */
public final class LogbackBackend implements LogBackend {
  /** Of this process; there is one, unless somebody configures more. */
  private static final List<LineQueue> QUEUES = new CopyOnWriteArrayList<>();

  /** Levels before somebody set them; nothing for those that had none. */
  private final Map<String, Optional<Level>> before = new HashMap<>();

  /** For who finds services. */
  public LogbackBackend() {}

  static void counts(LineQueue queue) {
    QUEUES.add(queue);
  }

  @Override
  public synchronized void setLevels(Map<String, LogLevel> byLogger) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (!(factory instanceof LoggerContext context)) {
      return;
    }
    before
        .entrySet()
        .removeIf(each -> {
          boolean over = !byLogger.containsKey(each.getKey());
          if (over) {
            logger(context, each.getKey()).setLevel(each.getValue().orElse(null));
          }
          return over;
        });
    byLogger.forEach((name, level) -> {
      Logger logger = logger(context, name);
      before.computeIfAbsent(name, _ -> Optional.ofNullable(logger.getLevel()));
      logger.setLevel(Level.toLevel(level.name()));
    });
  }

  private static Logger logger(LoggerContext context, String name) {
    return context.getLogger(
        name.equalsIgnoreCase(ROOT) ? org.slf4j.Logger.ROOT_LOGGER_NAME : name);
  }

  @Override
  public List<Measurement> measurements() {
    Map<String, Long> all = new LinkedHashMap<>();
    for (LineQueue queue : QUEUES) {
      queue.dropped().forEach((level, count) -> all.merge(level, count, Long::sum));
    }
    List<Measurement> figures = new ArrayList<>();
    all.forEach((level, count) ->
        figures.add(
            Measurement.counter(
                "brrtrouter_log_lines_dropped_total",
                "Lines of the log that were dropped because nobody read it fast enough.",
                Map.of("level", level.toLowerCase(Locale.ROOT)),
                count)));
    return figures;
  }
}
