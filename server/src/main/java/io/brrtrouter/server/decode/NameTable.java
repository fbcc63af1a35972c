package io.brrtrouter.server.decode;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A perfect answer to "which target has this name?" for a part of a text, without cutting the name
 * out. Immutable.
 *
 * @param <T> what names stand for
 */
final class NameTable<T> {
  private final @Nullable String[] names;
  private final Object[] targets;
  private final int mask;
  private final boolean empty;

  private NameTable(Map<String, T> targetsByName) {
    int capacity = Math.max(4, Integer.highestOneBit(targetsByName.size()) * 4);
    names = new String[capacity];
    targets = new Object[capacity];
    mask = capacity - 1;
    empty = targetsByName.isEmpty();
    targetsByName.forEach((name, target) -> {
      int slot = spread(name.hashCode());
      while (names[slot] != null) {
        slot = (slot + 1) & mask;
      }
      names[slot] = name;
      targets[slot] = target;
    });
  }

  /** {@return a table of these names} */
  static <T> NameTable<T> of(Map<String, T> targetsByName) {
    return new NameTable<>(new LinkedHashMap<>(targetsByName));
  }

  /** {@return whether there is no name} */
  boolean isEmpty() {
    return empty;
  }

  /** {@return the target of the name at a place of a text, or null} */
  @SuppressWarnings("unchecked") // the constructor puts nothing else
  @Nullable T find(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text.charAt(i); // as String.hashCode
    }
    int slot = spread(hash);
    for (String name = names[slot]; name != null; name = names[slot]) {
      if (name.length() == end - start && text.startsWith(name, start)) {
        return (T) targets[slot];
      }
      slot = (slot + 1) & mask;
    }
    return null;
  }

  private int spread(int hash) {
    return (hash ^ hash >>> 15) & mask;
  }
}
