package io.brrtrouter.server.stream;

import io.brrtrouter.schema.stream.ItemSink;
import io.brrtrouter.server.dispatch.ItemContract;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.BrokenContentException;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.OnReload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends the items of one response, in whatever framing they have: what is produced waits in an
 * {@link Outbox}, and the thread of the response writes it. Safe for use by many threads.
 *
 * @param <T> what an item is
 */
class ItemSender<T> implements ItemSink<T> {
  private static final int OK = 200;

  private final Framing<T> framing;
  private final ItemContract contract;

  /** The end of the response tells of an item that is refused. */
  private final ItemContract sent;

  private final StreamOptions options;
  private final Outbox outbox;

  /** Guards the number: items wait in the order in which they are numbered. */
  private final ReentrantLock order = new ReentrantLock();

  private long number;

  ItemSender(Framing<T> framing, ItemContract contract, StreamOptions options) {
    this.framing = framing;
    this.contract = contract;
    this.sent = contract.toldByCaller();
    this.options = options;
    this.outbox = new Outbox(options);
  }

  /** Makes items, and sends them. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /**
   * {@return the response whose items something makes}
   *
   * @param headers the header fields but for the media type
   * @param producing makes them, and sends them to this
   */
  final HttpResponse response(Headers headers, Work producing) {
    return written(headers, sink -> produceAndSend(producing, () -> {}, sink));
  }

  /** {@return the response whose items something writes by {@link #sendTo}} */
  final HttpResponse written(Headers headers, Writing writing) {
    return new HttpResponse(
        OK,
        headers
            .with("Content-Type", framing.contentType())
            // Nobody in between keeps items back: the field is a common proxy's.
            .with("X-Accel-Buffering", "no"),
        body(writing));
  }

  /**
   * {@return the content whose items something makes}
   *
   * @param producing makes them, and sends them to this
   * @param release closes what they are made from, once they have ended for whatever reason
   */
  final Body.Streamed produced(Work producing, Runnable release) {
    return body(sink -> produceAndSend(producing, release, sink));
  }

  /** {@return the content whose items something writes by {@link #sendTo}} */
  final Body.Streamed body(Writing writing) {
    return new Body.Streamed(
        sink -> {
          sink.onEnding(() -> end(sink));
          writing.run(sink);
        },
        Body.Streamed.UNKNOWN_LENGTH,
        options.reload());
  }

  /** Writes the content of a response. */
  @FunctionalInterface
  interface Writing {
    void run(ContentSink sink) throws Exception;
  }

  /** The client has gone, or there is a reason to end, which is the end of what has none. */
  private void end(ContentSink sink) {
    boolean ends =
        switch (sink.ending()) {
          case GONE -> true;
          case REPLACED -> options.endless() || options.reload() == OnReload.END;
          case DRAINING -> options.endless();
          case null -> false;
        };
    if (ends) {
      outbox.close();
    }
  }

  private void produceAndSend(Work producing, Runnable release, ContentSink sink) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    FutureTask<@Nullable Void> work =
        new FutureTask<>(() -> {
          try {
            producing.run();
            outbox.complete();
            return null;
          } finally {
            over.set(true);
            outbox.close();
          }
        });
    Thread thread = Thread.ofVirtual().name("brrt-items").unstarted(work);
    boolean released = false;
    try {
      thread.start();
      sendTo(sink, List.of());
    } finally {
      outbox.close();
      // It may be waiting for something else than the client. The response lasts until it ends.
      released = !over.get();
      if (released) {
        thread.interrupt();
      }
      release.run();
    }
    awaitEnd(work, released);
    finish(sink);
  }

  /**
   * An end that the response has brought about is no failure of the producer.
   *
   * @param released whether it went on when what it reads from was closed
   */
  private void awaitEnd(FutureTask<?> work, boolean released) throws Exception {
    try {
      work.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException refused when refused.equals(outbox.failure()) -> {} // See finish.
        case ClientGoneException _, InterruptedException _ -> {}
        case IOException _ when released -> {} // Items that are closed say so.
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case null, default -> throw failed;
      }
    }
  }

  /**
   * Sends what waits and what comes, until nothing does or the time is over.
   *
   * @param first what is sent before
   */
  final void sendTo(ContentSink sink, List<byte[]> first) throws Exception {
    long began = System.nanoTime();
    long lifetime = options.lifetime().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    boolean begun = !first.isEmpty();
    sink.write(framing.begin());
    for (byte[] item : first) {
      sink.write(item);
    }
    sink.flush(); // A client that sees the head knows that it is connected.
    while (!outbox.isDone()) {
      long left = lifetime - (System.nanoTime() - began);
      if (left <= 0) {
        outbox.close();
        continue;
      }
      byte[] beat = framing.heartbeat(begun);
      long heartbeat = beat == null ? 0 : options.heartbeat().toNanos();
      boolean ends = lifetime != Long.MAX_VALUE && (heartbeat == 0 || left < heartbeat);
      byte[] next = outbox.take(ends ? left : heartbeat);
      if (next == null) {
        if (!ends && beat != null && !outbox.isClosed()) {
          sink.write(beat);
          sink.flush();
        }
        continue;
      }
      begun = true;
      // All that waits goes out together, but not for longer than the clock may be left alone.
      for (int i = 0; next != null; i++) {
        sink.write(next);
        next = i < options.capacity() ? outbox.poll() : null;
      }
      sink.flush();
    }
  }

  /**
   * Ends the response, once nothing waits any more.
   *
   * @throws Exception if it is to be cut off, for it is not complete or not what the document says
   */
  final void finish(ContentSink sink) throws Exception {
    RuntimeException broken = outbox.failure();
    if (broken != null) {
      throw new BrokenContentException(String.valueOf(broken.getMessage()), broken);
    }
    if (!options.endless() && !outbox.isComplete()) {
      throw new IOException("the items end before their producer does");
    }
    sink.write(framing.end());
  }

  @Override
  public final void send(T item) throws ClientGoneException, InterruptedException {
    order.lockInterruptibly();
    try {
      if (outbox.isClosed()) {
        throw new ClientGoneException();
      }
      number++;
      outbox.put(framed(item));
    } finally {
      order.unlock();
    }
  }

  private byte[] framed(T item) {
    try {
      return framing.frame(item, sent, number);
    } catch (IllegalArgumentException broken) {
      outbox.fail(broken);
      throw broken;
    }
  }

  @Override
  public final boolean isOpen() {
    return !outbox.isClosed();
  }

  final ItemContract contract() {
    return contract;
  }

  final Outbox outbox() {
    return outbox;
  }
}
