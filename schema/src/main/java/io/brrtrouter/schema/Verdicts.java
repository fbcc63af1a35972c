package io.brrtrouter.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Verdicts by schema and instance, both compared by identity: an open-addressed table. */
final class Verdicts {
  static final int UNKNOWN = -1;
  static final int INVALID = 0;
  static final int VALID = 1;

  private static final int INITIAL = 64;
  private static final @Nullable Object[] EMPTY = {};

  /** Schema, instance, verdict; three elements per slot. */
  private @Nullable Object[] table = EMPTY;

  private int size;

  int get(Subschema schema, JsonNode instance) {
    if (size == 0) {
      return UNKNOWN;
    }
    int slot = slot(schema, instance);
    return table[slot] == null ? UNKNOWN : Boolean.TRUE.equals(table[slot + 2]) ? VALID : INVALID;
  }

  void put(Subschema schema, JsonNode instance, boolean valid) {
    if (size * 2 >= table.length / 3) {
      grow();
    }
    int slot = slot(schema, instance);
    if (table[slot] == null) {
      size++;
    }
    set(slot, schema, instance, valid);
  }

  private void set(int slot, Object schema, Object instance, Object valid) {
    table[slot] = schema;
    table[slot + 1] = instance;
    table[slot + 2] = valid;
  }

  @SuppressWarnings("ReferenceEquality")
  private int slot(Object schema, Object instance) {
    int slots = table.length / 3;
    int hash = System.identityHashCode(schema) * 31 + System.identityHashCode(instance);
    hash *= 0x9E3779B9;
    int index = (hash ^ (hash >>> 15)) & (slots - 1);
    while (table[index * 3] != null
        && (table[index * 3] != schema || table[index * 3 + 1] != instance)) {
      index = (index + 1) & (slots - 1);
    }
    return index * 3;
  }

  private void grow() {
    @Nullable Object[] old = table;
    table = new @Nullable Object[Math.max(INITIAL * 3, old.length * 2)];
    for (int i = 0; i < old.length; i += 3) {
      Object schema = old[i];
      Object instance = old[i + 1];
      Object valid = old[i + 2];
      if (schema != null && instance != null && valid != null) {
        set(slot(schema, instance), schema, instance, valid);
      }
    }
  }
}
