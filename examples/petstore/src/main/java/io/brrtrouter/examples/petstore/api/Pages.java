package io.brrtrouter.examples.petstore.api;

import java.util.List;

/** Parts of lists. */
final class Pages {
  private Pages() {}

  /** {@return at most {@code limit} elements after the first {@code offset}} */
  static <T> List<T> page(List<T> all, int offset, int limit) {
    return all.stream().skip(offset).limit(limit).toList();
  }
}
