package io.brrtrouter.schema;

import java.util.HashSet;
import java.util.Set;

/** Which properties of an object, or items of an array, have been evaluated, by position. */
final class Marks {
  /** Claims after which it pays to remember who made them: schemas can meet again and again. */
  private static final int REMEMBER_AFTER = 64;

  private final long[] bits;
  private final int size;
  private final Set<Subschema> claimants = HashSet.newHashSet(0);
  private int count;
  private int claims;

  /**
   * Whether a property counts as evaluated even where its value is invalid: once something else is
   * wrong, calling it unexpected would mislead.
   */
  boolean lenient;

  Marks(int size) {
    this.size = size;
    this.bits = new long[(size + 63) >>> 6];
  }

  /**
   * Whether a schema may still have something to claim. Always false the second time for one that
   * can lead back to itself.
   */
  boolean admits(Subschema schema) {
    claims++;
    return (claims <= REMEMBER_AFTER && !schema.cyclic()) || claimants.add(schema);
  }

  /** What collecting the marks has cost, in units of work. */
  long cost() {
    return (long) claims * (1 + size);
  }

  boolean has(int index) {
    return ((bits[index >>> 6] >>> index) & 1) != 0;
  }

  void add(int index) {
    if (!has(index)) {
      bits[index >>> 6] |= 1L << index;
      count++;
    }
  }

  /** Marks the first {@code end} positions, or all there are. */
  void addFirst(int end) {
    for (int i = 0; i < Math.min(end, size); i++) {
      add(i);
    }
  }

  void addAll() {
    addFirst(size);
  }

  boolean complete() {
    return count == size;
  }
}
