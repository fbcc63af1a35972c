package io.brrtrouter.codegen.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The octets of a response, read while they come: no more is asked for than is read. To be read by
/// one thread; may be closed by any.
final class Incoming implements BodySubscriber<Object>, AutoCloseable {
  private final Duration timeout;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> octets = new ArrayDeque<>();
  private Flow.@Nullable Subscription subscription;
  private boolean closed;
  private @Nullable End end;

  /// What comes.
  private sealed interface Signal {}

  private record Octets(List<ByteBuffer> buffers) implements Signal {}

  /// @param failure why there are no more; null where they are complete
  private record End(@Nullable Throwable failure) implements Signal {}

  /// @param timeout how long nothing comes at most
  Incoming(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<Object> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    synchronized (this) {
      subscription = from;
      if (closed) {
        from.cancel();
        return;
      }
    }
    from.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    signals.add(new Octets(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    signals.add(new End(failure));
  }

  @Override
  public void onComplete() {
    signals.add(new End(null));
  }

  /// {@return the next octet, -1 behind the last one}
  int read() throws IOException, InterruptedException {
    while (true) {
      ByteBuffer next = octets.peek();
      if (next != null && next.hasRemaining()) {
        return next.get() & 0xFF;
      }
      if (next != null) {
        octets.remove();
      } else if (!more()) {
        return -1;
      }
    }
  }

  private boolean more() throws IOException, InterruptedException {
    Signal signal = end == null ? signals.poll(timeout.toNanos(), TimeUnit.NANOSECONDS) : end;
    switch (signal) {
      case null -> {
        close();
        throw new HttpTimeoutException("nothing came for " + timeout);
      }
      case Octets(List<ByteBuffer> buffers) -> {
        octets.addAll(buffers);
        ask();
        return true;
      }
      case End(Throwable failure) -> {
        end = new End(failure);
        if (failure != null) {
          throw new IOException("the response breaks off: " + failure.getMessage(), failure);
        }
        return false;
      }
    }
  }

  private void ask() {
    Flow.Subscription from;
    synchronized (this) {
      from = closed ? null : subscription;
    }
    if (from != null) {
      from.request(1);
    }
  }

  /// Ends the exchange, and wakes who reads.
  @Override
  public void close() {
    Flow.Subscription from;
    synchronized (this) {
      from = closed ? null : subscription;
      closed = true;
    }
    if (from != null) {
      from.cancel();
    }
    signals.add(new End(new IOException("the items are closed")));
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
