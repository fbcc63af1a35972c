package io.brrtrouter.codegen.client;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The body of a request whose items are made on a thread of their own, each when the one before it
/// has been sent.
///
/// @param text the items
record ItemPublisher(ItemText<?> text) implements BodyPublisher {
  @Override
  public long contentLength() {
    return -1;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Sending(text, subscriber));
  }

  private static final class Sending implements Flow.Subscription, ItemText.Octets {
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long wanted;
    private boolean begun;
    private boolean cancelled;

    Sending(ItemText<?> text, Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
      this.thread = Thread.ofVirtual().name("items").unstarted(() -> run(text));
    }

    private void run(ItemText<?> text) {
      Throwable failure = null;
      try {
        text.writeTo(this);
      } catch (Exception | Error wrong) {
        failure = wrong;
      } finally {
        text.items().close();
      }
      if (!isOpen()) {
        return;
      }
      if (failure == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(
            failure instanceof IOException ? failure : new IOException(message(failure), failure));
      }
    }

    private static String message(Throwable failure) {
      return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    @Override
    public void put(byte[] octets) throws IOException, InterruptedException {
      lock.lockInterruptibly();
      try {
        while (wanted == 0 && !cancelled) {
          changed.await();
        }
        if (cancelled) {
          throw new IOException("nobody reads the items any more");
        }
        wanted--;
      } finally {
        lock.unlock();
      }
      subscriber.onNext(ByteBuffer.wrap(octets));
    }

    @Override
    public boolean isOpen() {
      lock.lock();
      try {
        return !cancelled;
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
        first = !begun && !cancelled;
        begun = true;
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
        cancelled = true;
        running = begun;
        begun = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (running) {
        thread.interrupt();
      }
    }
  }
}
