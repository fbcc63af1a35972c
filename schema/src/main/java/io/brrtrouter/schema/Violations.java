package io.brrtrouter.schema;

import java.util.List;

/**
 * What the explaining path found.
 *
 * @param list the violations, in document order of the instance, at most the limit asked for
 * @param omitted how many more there were
 */
public record Violations(List<Violation> list, int omitted) {

  /** Nothing to complain about. */
  public static final Violations NONE = new Violations(List.of(), 0);

  /** Copies the list. */
  public Violations {
    list = List.copyOf(list);
  }

  /** {@return whether the instance is valid} */
  public boolean isEmpty() {
    return list.isEmpty() && omitted == 0;
  }
}
