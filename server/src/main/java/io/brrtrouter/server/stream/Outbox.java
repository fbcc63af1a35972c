package io.brrtrouter.server.stream;

import io.brrtrouter.server.http.ClientGoneException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What waits for one client. Safe for use by many threads. */
final class Outbox {
  private final int capacity;
  private final Overflow overflow;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(2);
  private boolean closed;
  private boolean overrun;

  /** Whether whoever made the items had no more, before anything else ended them. */
  private boolean complete;

  private @Nullable RuntimeException failure;

  Outbox(StreamOptions options) {
    this.capacity = options.capacity();
    this.overflow = options.overflow();
  }

  /** Lets something wait; waits itself where there is no room and the policy says so. */
  void put(byte[] item) throws ClientGoneException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && waiting.size() >= capacity && overflow == Overflow.BLOCK) {
        changed.await();
      }
      if (!add(item)) {
        throw new ClientGoneException();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets something wait, without waiting for the client itself: where there is no room for it that
   * is the end.
   *
   * @return whether it will be sent
   */
  boolean offer(byte[] item) {
    lock.lock();
    try {
      return add(item);
    } finally {
      lock.unlock();
    }
  }

  private boolean add(byte[] item) {
    if (closed) {
      return false;
    }
    if (waiting.size() >= capacity) {
      if (overflow != Overflow.DROP_OLDEST) {
        overrun = true;
        close();
        return false;
      }
      waiting.remove();
    }
    waiting.add(item);
    changed.signalAll();
    return true;
  }

  /**
   * Waits for what is to be sent.
   *
   * @param nanos how long at most, 0 for any time
   * @return it; null when nothing came in time, or when nothing comes any more
   */
  byte @Nullable [] take(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (waiting.isEmpty() && !closed && (nanos == 0 || left > 0)) {
        if (nanos == 0) {
          changed.await();
        } else {
          left = changed.awaitNanos(left);
        }
      }
      return remove();
    } finally {
      lock.unlock();
    }
  }

  /** {@return what is to be sent, null if nothing waits} */
  byte @Nullable [] poll() {
    lock.lock();
    try {
      return remove();
    } finally {
      lock.unlock();
    }
  }

  private byte @Nullable [] remove() {
    byte[] item = waiting.poll();
    if (item != null) {
      changed.signalAll();
    }
    return item;
  }

  /** Takes nothing more; what waits may still be taken, unless there was too much of it. */
  void close() {
    lock.lock();
    try {
      closed = true;
      if (overrun) {
        waiting.clear();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** There are no more items: all there were have been put. */
  void complete() {
    lock.lock();
    try {
      complete = complete || !closed;
      close();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more, for something that may not be sent; what waits is taken. */
  void fail(RuntimeException reason) {
    lock.lock();
    try {
      failure = failure == null ? reason : failure;
      close();
    } finally {
      lock.unlock();
    }
  }

  /** {@return why it takes nothing more, null where that is no failure} */
  @Nullable RuntimeException failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** {@return whether all items there are have been put} */
  boolean isComplete() {
    lock.lock();
    try {
      return complete;
    } finally {
      lock.unlock();
    }
  }

  /** {@return whether it takes nothing more} */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** {@return whether it takes and has nothing more} */
  boolean isDone() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
