package io.brrtrouter.schema.codec;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The member names of one object, to find one that comes twice; a few cost no hashing. */
final class NameSet {
  private static final int FEW = 8;

  private final String[] few = new String[FEW];
  private int size;
  private @Nullable Set<String> many;

  /** Adds a name; false if it was there. */
  boolean add(String name) {
    if (many != null) {
      // Names chosen to collide cost no more than the logarithm: a crowded bucket becomes a tree.
      return many.add(name);
    }
    for (int i = 0; i < size; i++) {
      if (few[i].equals(name)) {
        return false;
      }
    }
    if (size == FEW) {
      many = new HashSet<>(Set.of(few));
      return many.add(name);
    }
    few[size++] = name;
    return true;
  }

  void clear() {
    size = 0;
    many = null;
  }
}
