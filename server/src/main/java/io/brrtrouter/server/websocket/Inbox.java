package io.brrtrouter.server.websocket;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Messages that wait for the handler. Safe for use by many threads. */
final class Inbox {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Message> waiting = new ArrayDeque<>(2);
  private boolean ended;

  /** Whether the handler knows of the end, or never will ask. */
  private boolean endSeen;

  Inbox(int most) {
    this.most = most;
  }

  /** Lets a message wait, and waits itself while there is no room; drops it after the end. */
  void put(Message message) throws InterruptedException, FrameException {
    lock.lockInterruptibly();
    try {
      while (waiting.size() >= most && !ended) {
        changed.await();
      }
      if (!ended && HeldOctets.hold(size(message))) {
        waiting.add(message);
        changed.signalAll();
      } else if (!ended) {
        throw MessageBuffer.noRoom();
      }
    } finally {
      lock.unlock();
    }
  }

  /** {@return the next message; null when none came in time, or none comes any more} */
  @Nullable Message take(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (waiting.isEmpty() && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      Message next = waiting.poll();
      if (next != null) {
        HeldOctets.drop(size(next));
        changed.signalAll();
      } else if (ended) {
        seeEnd();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** {@return about how many bytes of the heap a message takes} */
  private static int size(Message message) {
    return switch (message) {
      case Message.Text(String text) -> text.length();
      case Message.Binary(byte[] octets) -> octets.length;
    };
  }

  /** No more messages come; those that wait may still be taken. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops what waits, and takes nothing more. */
  void close() {
    lock.lock();
    try {
      ended = true;
      waiting.forEach(message -> HeldOctets.drop(size(message)));
      waiting.clear();
      seeEnd();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void seeEnd() {
    endSeen = true;
    changed.signalAll();
  }

  /** Takes nothing more, and waits until the handler has taken all and asked for more. */
  void endAndAwait(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      ended = true;
      changed.signalAll();
      long left = nanos;
      while (!endSeen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that waited was taken, or none of it for some time.
   *
   * @param nanos for how long
   * @return whether it was
   */
  boolean awaitEmpty(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      int left = waiting.size();
      long patience = nanos;
      while (left > 0 && patience > 0) {
        patience = changed.awaitNanos(patience);
        if (waiting.size() < left) {
          left = waiting.size();
          patience = nanos;
        }
      }
      return left == 0;
    } finally {
      lock.unlock();
    }
  }
}
