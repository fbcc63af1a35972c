package io.brrtrouter.schema;

import java.util.List;

/**
 * What the explaining path found.
 *
 * @param list the violations, in document order of the instance, at most the limit asked for, and
 *     fewer when they would be long; at least one for an invalid instance and a limit above 0
 * @param omitted how many more were found. One on the way to a keyword by two paths may count twice
 *     here. Explaining stops when it has cost a small multiple of reading the instance; what it did
 *     not get to counts as one if nothing else does, so 0 always means that the list is complete
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
