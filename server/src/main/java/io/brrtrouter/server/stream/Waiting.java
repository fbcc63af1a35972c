package io.brrtrouter.server.stream;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Items that wait for one reader, as many as wait for one client. Safe for use by many threads. */
final class Waiting<T> {
  private final StreamOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<T> items = new ArrayDeque<>(2);
  private boolean closed;

  Waiting(StreamOptions options) {
    this.options = options;
  }

  /** {@return whether it will be read, as far as anybody knows} */
  boolean offer(T item) {
    lock.lock();
    try {
      if (!closed && items.size() >= options.capacity()) {
        if (options.overflow() == Overflow.DROP_OLDEST) {
          items.remove();
        } else {
          closed = true;
          items.clear();
        }
      }
      if (!closed) {
        items.add(item);
      }
      changed.signalAll();
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** {@return the next item, null when there are no more} */
  @Nullable T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (items.isEmpty() && !closed) {
        changed.await();
      }
      return items.poll();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
