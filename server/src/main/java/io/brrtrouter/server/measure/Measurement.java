package io.brrtrouter.server.measure;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A figure at one moment. Of several with the same name and labels, counters are added, and of
 * gauges the largest counts. Immutable.
 *
 * @param name its name by the conventions of Prometheus: with its unit, and {@code _total} at the
 *     end of a counter's; names that begin with {@code brrtrouter_} are those of this library
 * @param kind whether it only grows
 * @param help what it says, in a sentence; the same for all of one name
 * @param labels what tells it from others of its name; the same names for all of one name
 * @param value the value; that of a counter is not below 0
 */
public record Measurement(
    String name, Kind kind, String help, Map<String, String> labels, double value) {
  /** What a counter's name ends with. */
  public static final String TOTAL = "_total";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern LABEL = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

  /** Whether a figure only grows. */
  public enum Kind {
    /** It only grows. */
    COUNTER,
    /** It grows and shrinks. */
    GAUGE
  }

  /**
   * Copies the labels.
   *
   * @throws IllegalArgumentException if the name or that of a label is none, or if the value of a
   *     counter is below 0 or no number
   */
  public Measurement {
    Objects.requireNonNull(help, "help");
    labels = Map.copyOf(labels);
    if (!NAME.matcher(name).matches() || name.endsWith(TOTAL) != (kind == Kind.COUNTER)) {
      throw new IllegalArgumentException("\"" + name + "\" is no name of such a figure");
    }
    for (String label : labels.keySet()) {
      if (!LABEL.matcher(label).matches()) {
        throw new IllegalArgumentException(
            "\"" + label + "\" of " + name + " is no name of a label");
      }
    }
    if (kind == Kind.COUNTER && !(value >= 0)) {
      throw new IllegalArgumentException("the counter " + name + " cannot be " + value);
    }
  }

  /**
   * {@return what only grows}
   *
   * @param name its name, which ends with {@code _total}
   * @param help what it says
   * @param labels what tells it from others of its name
   * @param value the value, 0 or more
   * @throws IllegalArgumentException as the constructor
   */
  public static Measurement counter(
      String name, String help, Map<String, String> labels, double value) {
    return new Measurement(name, Kind.COUNTER, help, labels, value);
  }

  /**
   * {@return what grows and shrinks}
   *
   * @param name its name
   * @param help what it says
   * @param labels what tells it from others of its name
   * @param value the value
   * @throws IllegalArgumentException as the constructor
   */
  public static Measurement gauge(
      String name, String help, Map<String, String> labels, double value) {
    return new Measurement(name, Kind.GAUGE, help, labels, value);
  }
}
