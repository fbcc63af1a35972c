package io.brrtrouter.server.runtime;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when first asked for, once, however many ask at a time; the others wait.
 * What makes it is let go then. Safe for use by many threads.
 *
 * @param <T> the type of the value
 */
final class Lazy<T> implements Supplier<T> {
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable T value;

  /** Guarded by {@link #making}. */
  private @Nullable Supplier<? extends T> maker;

  Lazy(Supplier<? extends T> maker) {
    this.maker = maker;
  }

  /**
   * {@return a value that is there already}
   *
   * @param value the value
   * @param <T> its type
   */
  static <T> Lazy<T> made(T value) {
    Lazy<T> lazy = new Lazy<>(() -> value);
    lazy.value = value;
    lazy.maker = null;
    return lazy;
  }

  /** {@return whether {@link #get} answers at once} */
  boolean isMade() {
    return value != null;
  }

  @Override
  public T get() {
    T present = value;
    return present != null ? present : make();
  }

  private T make() {
    making.lock();
    try {
      T present = value;
      Supplier<? extends T> last = maker;
      if (present == null && last != null) {
        present = last.get();
        value = present;
        maker = null;
      }
      if (present == null) {
        throw new IllegalStateException("a lazy value is never null");
      }
      return present;
    } finally {
      making.unlock();
    }
  }
}
