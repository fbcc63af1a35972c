package io.brrtrouter.examples.petstore.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What rows must be, in SQL.
 *
 * @param sql a condition, a question mark for each value
 * @param values the values
 */
record Condition(String sql, List<Object> values) {
  /** Copies the values. */
  Condition {
    values = List.copyOf(values);
  }

  static Condition of(String sql, Object value) {
    return new Condition(sql, List.of(value));
  }

  /** {@return the condition that all of some hold; without any it always does} */
  static Condition all(List<Condition> parts) {
    return joined("true", " and ", parts);
  }

  /** {@return the condition that any of some holds; without any it never does} */
  static Condition any(List<Condition> parts) {
    return joined("false", " or ", parts);
  }

  private static Condition joined(String ofNone, String word, List<Condition> parts) {
    String sql = parts.stream().map(part -> "(" + part.sql + ")").collect(Collectors.joining(word));
    return new Condition(
        parts.isEmpty() ? ofNone : sql,
        parts.stream().flatMap(part -> part.values.stream()).toList());
  }

  /** {@return the condition that a column is in a period} */
  static Condition within(Period period, String column) {
    List<Condition> parts = new ArrayList<>();
    if (period.from() != null) {
      parts.add(of(column + " >= ?", period.from()));
    }
    if (period.until() != null) {
      parts.add(of(column + " < ?", period.until()));
    }
    return all(parts);
  }

  /** {@return the values of a statement that begins with this condition, in their order} */
  Object[] valuesAnd(Object... more) {
    return Stream.concat(values.stream(), Stream.of(more)).toArray();
  }
}
