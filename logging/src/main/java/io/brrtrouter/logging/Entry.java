package io.brrtrouter.logging;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.List;

/** What one line of a log says, without secrets; not yet escaped. Not safe for use by threads. */
final class Entry {
  /** What a line has besides its fixed members; more are left out. */
  private static final int MOST_FIELDS = 64;

  private final long millis;
  private final Level level;
  private final String logger;
  private final String thread;
  private final String message;
  private final String exception;
  private final List<String> names = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /**
   * Begins a line.
   *
   * @param millis when, since 1970
   * @param level how important it is
   * @param logger who logs
   * @param thread on which thread
   * @param message what is said
   * @param exception the failure it is about, empty without one
   */
  Entry(long millis, Level level, String logger, String thread, String message, String exception) {
    this.millis = millis;
    this.level = level;
    this.logger = logger;
    this.thread = thread;
    this.message = message;
    this.exception = exception;
  }

  /** Adds a field, unless there is one of its name. */
  void add(String name, Object value) {
    if (!names.contains(name) && names.size() < MOST_FIELDS) {
      names.add(name);
      values.add(value);
    }
  }

  long millis() {
    return millis;
  }

  Level level() {
    return level;
  }

  String logger() {
    return logger;
  }

  String thread() {
    return thread;
  }

  String message() {
    return message;
  }

  String exception() {
    return exception;
  }

  /** {@return the names of the fields, in order} */
  List<String> names() {
    return names;
  }

  /** {@return the value of a field: a number, true or false, or a text} */
  Object value(int index) {
    return values.get(index);
  }
}
