package io.brrtrouter.schema.codec;

import org.jspecify.annotations.Nullable;

/** What is known of an object while its members are read. */
final class Members {
  private final @Nullable Members outer;
  private @Nullable Members inner;
  private int count;
  private int expected;
  private @Nullable NameSet unknown;

  /** What is outside of all objects. */
  Members() {
    this(null);
  }

  private Members(@Nullable Members outer) {
    this.outer = outer;
  }

  /** The members of an object inside, none of them read. */
  Members enter() {
    if (inner == null) {
      inner = new Members(this);
      return inner;
    }
    inner.clear();
    return inner;
  }

  private void clear() {
    count = 0;
    expected = 0;
    if (unknown != null) {
      unknown.clear();
    }
  }

  Members leave() {
    if (outer == null) {
      throw new IllegalStateException("no object has begun");
    }
    return outer;
  }

  /** Counts one more; answers how many there are. */
  int add() {
    return ++count;
  }

  /** The index of the name that probably comes next. */
  int expected() {
    return expected;
  }

  void expectAfter(int index) {
    expected = index + 1;
  }

  /** Adds a name the caller does not know; false if it was there. */
  boolean addUnknown(String name) {
    if (unknown == null) {
      unknown = new NameSet();
    }
    return unknown.add(name);
  }
}
