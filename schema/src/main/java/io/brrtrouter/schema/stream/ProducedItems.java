package io.brrtrouter.schema.stream;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Items that a producer makes, on a thread of its own where they are read here. */
final class ProducedItems<T> implements Items<T> {
  private final ItemProducer<T> producer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Who makes items, null before they are read. */
  private @Nullable Thread thread;

  /** The item that waits to be read. */
  private @Nullable T waiting;

  private long sent;
  private long taken;
  private boolean closed;
  private boolean ended;

  /** What ended the producer, null where it returned. */
  private @Nullable Throwable failure;

  ProducedItems(ItemProducer<T> producer) {
    this.producer = Objects.requireNonNull(producer, "producer");
  }

  @Override
  public void sendTo(ItemSink<? super T> sink) throws Exception {
    boolean begun;
    lock.lock();
    try {
      begun = thread != null;
    } finally {
      lock.unlock();
    }
    if (begun) {
      Items.super.sendTo(sink);
    } else {
      producer.produce(sink);
    }
  }

  @Override
  public Optional<T> next() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (thread == null && !closed) {
        thread = Thread.ofVirtual().name("brrt-items").start(this::run);
      }
      while (waiting == null && !ended && !closed) {
        changed.await();
      }
      T item = waiting;
      if (item != null) {
        waiting = null;
        taken++;
        changed.signalAll();
        return Optional.of(item);
      }
      if (closed) {
        throw new IOException("the items are closed");
      }
      fail();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void fail() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException wrong -> throw wrong;
      case RuntimeException wrong -> throw wrong;
      case Error wrong -> throw wrong;
      default -> throw new IOException("the items end before their producer does", failure);
    }
  }

  private void run() {
    Throwable wrong = null;
    try {
      producer.produce(new Handover());
    } catch (Exception | Error thrown) {
      wrong = thrown;
    }
    lock.lock();
    try {
      ended = true;
      failure = wrong;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting = null;
      changed.signalAll();
      if (thread != null && !ended) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets the producer go on when an item has been read. */
  private final class Handover implements ItemSink<T> {
    @Override
    public void send(T item) throws IOException, InterruptedException {
      Objects.requireNonNull(item, "an item is a value");
      lock.lockInterruptibly();
      try {
        while (waiting != null && !closed && !ended) {
          changed.await();
        }
        if (ended) {
          throw new IOException("the producer of the items has ended");
        }
        requireReader();
        waiting = item;
        sent++;
        long mine = sent;
        changed.signalAll();
        // What waits when the producer ends is read all the same.
        while (taken < mine && !closed) {
          changed.await();
        }
        if (taken < mine) {
          requireReader();
        }
      } finally {
        lock.unlock();
      }
    }

    private void requireReader() throws IOException {
      if (closed) {
        throw new IOException("nobody reads the items any more");
      }
    }

    @Override
    public boolean isOpen() {
      lock.lock();
      try {
        return !closed && !ended;
      } finally {
        lock.unlock();
      }
    }
  }
}
