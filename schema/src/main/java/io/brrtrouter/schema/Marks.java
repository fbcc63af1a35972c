package io.brrtrouter.schema;

/** Which properties of an object, or items of an array, have been evaluated, by position. */
final class Marks {
  private final long[] bits;
  private final int size;
  private int count;

  /**
   * Whether a property counts as evaluated even where its value is invalid: once something else is
   * wrong, calling it unexpected would mislead.
   */
  boolean lenient;

  Marks(int size) {
    this.size = size;
    this.bits = new long[(size + 63) >>> 6];
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
