package io.brrtrouter.logging;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Lines for people: the time of day, the level, what is said, then the fields as {@code
 * name=value}; the frames of a failure follow in lines of their own. Safe for use by many threads
 * once it has started.
 */
public final class ConsoleLineEncoder extends LineEncoder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  /** Its own lines say enough without the name of a logger. */
  private static final String OURS = "io.brrtrouter.";

  private static final String RESET = "\u001b[0m";
  private static final String DIM = "\u001b[2m";

  private volatile boolean coloured;

  /** For the backend, which makes one where a configuration names it. */
  public ConsoleLineEncoder() {}

  /**
   * Sets whether lines are coloured, as only a terminal understands.
   *
   * @param on whether they are
   */
  public void setColoured(boolean on) {
    coloured = on;
  }

  @Override
  void write(Entry entry, StringBuilder line) {
    TIME.formatTo(Instant.ofEpochMilli(entry.millis()), line);
    line.append(' ');
    level(entry, line);
    if (!entry.logger().startsWith(OURS)) {
      String logger = entry.logger();
      line.append(Escapes.visible(logger.substring(logger.lastIndexOf('.') + 1))).append(" - ");
    }
    line.append(Escapes.visible(entry.message()));
    if (!entry.names().isEmpty()) {
      line.append(coloured ? DIM : "");
      for (int i = 0; i < entry.names().size(); i++) {
        line.append(' ').append(Escapes.visible(entry.names().get(i))).append('=');
        value(entry.value(i), line);
      }
      line.append(coloured ? RESET : "");
    }
    if (!entry.exception().isEmpty()) {
      line.append('\n').append(entry.exception());
    }
  }

  private void level(Entry entry, StringBuilder line) {
    String name = entry.level().toString();
    if (coloured) {
      line.append(colour(name)).append(name).append(RESET);
    } else {
      line.append(name);
    }
    line.append(" ".repeat(Math.max(1, "ERROR ".length() - name.length())));
  }

  private static String colour(String level) {
    return switch (level) {
      case "ERROR" -> "\u001b[31m";
      case "WARN" -> "\u001b[33m";
      case "INFO" -> "\u001b[32m";
      default -> DIM;
    };
  }

  private static void value(Object value, StringBuilder line) {
    String text = String.valueOf(value);
    boolean plain =
        !text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=');
    if (plain) {
      line.append(Escapes.visible(text));
    } else {
      Escapes.json(text, line);
    }
  }
}
