package io.brrtrouter.codegen.client;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The body of a request whose items are made on a thread of their own, each when the one before it
/// has been sent. Thread-safe.
final class ItemPublisher implements BodyPublisher {
  private final ItemText<?> text;

  /// When the last item went, by the clock that counts nanoseconds.
  private volatile long progress = System.nanoTime();

  private volatile @Nullable IllegalArgumentException refusal;

  /// Who sends the items; null before somebody wants them.
  private @Nullable Sending sending;

  private boolean ended;

  /// @param text the items
  ItemPublisher(ItemText<?> text) {
    this.text = text;
  }

  @Override
  public long contentLength() {
    return -1;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Sending next = new Sending(subscriber);
    boolean late;
    synchronized (this) {
      sending = next;
      late = ended;
    }
    if (late) {
      next.cancel();
    }
    subscriber.onSubscribe(next);
    if (late) {
      subscriber.onError(new IOException("the exchange has ended"));
    }
  }

  /// {@return when the last item went, or when this was made, by [System#nanoTime]}
  long progress() {
    return progress;
  }

  /// {@return why an item could not be sent; null where none was refused}
  @Nullable IllegalArgumentException refusal() {
    return refusal;
  }

  /// Says that the exchange has ended: nobody subscribes any more.
  ///
  /// @param complete whether there is a response, so that what is being sent may go on
  void end(boolean complete) {
    Sending current;
    synchronized (this) {
      ended = true;
      current = sending;
    }
    if (current == null) {
      text.items().close();
    } else if (!complete) {
      current.cancel();
    }
  }

  private final class Sending implements Flow.Subscription, ItemText.Octets {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final Thread thread = Thread.ofVirtual().name("items").unstarted(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// Held while the subscriber is told something: one thread at a time, Reactive Streams rule
    /// 1.3.
    private final ReentrantLock telling = new ReentrantLock();

    private long wanted;
    private boolean begun;

    /// Whether the subscriber is told nothing any more.
    private boolean over;

    Sending(Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    private void run() {
      Throwable failure = null;
      try {
        text.writeTo(this);
      } catch (Exception | Error wrong) {
        failure = wrong;
      } finally {
        text.items().close();
      }
      telling.lock();
      try {
        if (finish()) {
          tellEnd(failure);
        }
      } finally {
        telling.unlock();
      }
    }

    private void tellEnd(@Nullable Throwable failure) {
      switch (failure) {
        case null -> subscriber.onComplete();
        case IOException wrong -> subscriber.onError(wrong);
        case IllegalArgumentException wrong -> {
          refusal = wrong;
          subscriber.onError(new IOException(message(wrong), wrong));
        }
        default -> subscriber.onError(new IOException(message(failure), failure));
      }
    }

    private static String message(Throwable failure) {
      return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /// {@return whether it was not over before}
    private boolean finish() {
      lock.lock();
      try {
        boolean last = !over;
        over = true;
        changed.signalAll();
        return last;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void put(byte[] octets) throws IOException, InterruptedException {
      telling.lockInterruptibly();
      try {
        awaitDemand();
        progress = System.nanoTime();
        subscriber.onNext(ByteBuffer.wrap(octets));
      } finally {
        telling.unlock();
      }
    }

    private void awaitDemand() throws IOException, InterruptedException {
      lock.lockInterruptibly();
      try {
        while (wanted == 0 && !over) {
          changed.await();
        }
        if (over) {
          throw new IOException("nobody reads the items any more");
        }
        wanted--;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean isOpen() {
      lock.lock();
      try {
        return !over;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void request(long count) {
      boolean first;
      lock.lock();
      try {
        wanted = Math.max(wanted, wanted + count);
        first = !begun && !over;
        begun |= first;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (first) {
        thread.start();
      }
    }

    @Override
    public void cancel() {
      boolean running;
      lock.lock();
      try {
        over = true;
        running = begun;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (running) {
        thread.interrupt();
      } else {
        text.items().close();
      }
    }
  }
}
