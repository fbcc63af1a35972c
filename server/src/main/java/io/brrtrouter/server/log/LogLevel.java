package io.brrtrouter.server.log;

import java.util.Locale;
import java.util.Optional;

/** From which level on a logger writes. */
public enum LogLevel {
  /** Nothing. */
  OFF,
  /** What keeps the server, or a request, from doing what it should. */
  ERROR,
  /** What somebody should look at. */
  WARN,
  /** What the server does as a whole, and a line for each request. */
  INFO,
  /** What is done for each request, by step. */
  DEBUG,
  /** Every detail. */
  TRACE;

  /**
   * {@return the level of a name, whatever its case; empty if there is none}
   *
   * @param name {@code debug} for example
   */
  public static Optional<LogLevel> of(String name) {
    for (LogLevel level : values()) {
      if (level.name().equalsIgnoreCase(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
