package io.brrtrouter.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names to consecutive indexes: an open-addressed hash table at most half full. Immutable. */
final class PropertyTable {
  private final String[] names;
  private final @Nullable String[] slots;
  private final int[] indexes;

  PropertyTable(List<String> names) {
    this.names = names.toArray(String[]::new);
    int capacity = Integer.highestOneBit(Math.max(1, this.names.length * 4 - 1));
    slots = new @Nullable String[capacity];
    indexes = new int[capacity];
    for (int i = 0; i < this.names.length; i++) {
      int slot = slot(this.names[i]);
      slots[slot] = this.names[i];
      indexes[slot] = i;
    }
  }

  int size() {
    return names.length;
  }

  List<String> names() {
    return List.of(names);
  }

  String name(int index) {
    return names[index];
  }

  /** The index of a name, or -1. */
  int find(String name) {
    int slot = slot(name);
    return slots[slot] == null ? -1 : indexes[slot];
  }

  private int slot(String name) {
    int mask = slots.length - 1;
    int hash = name.hashCode();
    int slot = (hash ^ (hash >>> 16)) & mask;
    while (true) {
      String other = slots[slot];
      if (other == null || other.equals(name)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }
}
