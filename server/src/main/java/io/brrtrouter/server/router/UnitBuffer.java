package io.brrtrouter.server.router;

import java.util.Arrays;

/** A growing array of units, used while a template is parsed and sorted. */
final class UnitBuffer {
  private int[] units = new int[32];
  private int size;

  void add(int unit) {
    if (size == units.length) {
      units = Arrays.copyOf(units, 2 * size);
    }
    units[size++] = unit;
  }

  void addAll(int[] more, int from, int end) {
    for (int i = from; i < end; i++) {
      add(more[i]);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  int[] toArray() {
    return Arrays.copyOf(units, size);
  }

  /** {@return the units, and forgets them} */
  int[] take() {
    int[] taken = toArray();
    size = 0;
    return taken;
  }
}
