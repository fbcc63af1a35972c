package io.brrtrouter.server.stream;

import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.ContentWriter;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Events for one client, as {@code text/event-stream} (HTML standard section 9.2).
 *
 * <pre>{@code
 * server.handler(
 *     "watch_pets",
 *     request ->
 *         EventStream.respond(
 *             request,
 *             events -> {
 *               while (true) {
 *                 events.send(Event.json(adoptions.take()).withName("adopted"));
 *               }
 *             }));
 * }</pre>
 *
 * <p>The response ends well, so that the client connects again and says which event it had last,
 * when the producer returns, when the server drains and after {@link EventOptions#lifetime}.
 */
public final class EventStream implements EventChannel {
  private static final String TYPE = "text/event-stream";
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  /** A comment without text. */
  private static final byte[] HEARTBEAT = {':', '\n', '\n'};

  private final EventOptions options;
  private final Outbox outbox;
  private final @Nullable String lastEventId;

  EventStream(Request request, EventOptions options) {
    this.options = options;
    this.outbox = new Outbox(options);
    this.lastEventId = request.headers().first(LAST_EVENT_ID).orElse(null);
  }

  /**
   * {@return a response of events, by {@link EventOptions#DEFAULT}}
   *
   * @param request the request it answers
   * @param producer makes the events
   */
  public static HttpResponse respond(Request request, EventProducer producer) {
    return respond(request, EventOptions.DEFAULT, producer);
  }

  /**
   * {@return a response of events}
   *
   * @param request the request it answers
   * @param options how they are sent
   * @param producer makes the events
   */
  public static HttpResponse respond(
      Request request, EventOptions options, EventProducer producer) {
    EventStream stream = new EventStream(request, options);
    return response(sink -> stream.produceAndSend(producer, sink));
  }

  /** {@return the response whose content something writes} */
  static HttpResponse response(ContentWriter writer) {
    return new HttpResponse(
        200,
        // Nobody in between keeps events, or keeps them back: the last field is a common proxy's.
        Headers.of("Content-Type", TYPE, "Cache-Control", "no-cache", "X-Accel-Buffering", "no"),
        new Body.Streamed(writer, Body.Streamed.UNKNOWN_LENGTH));
  }

  private void produceAndSend(EventProducer producer, ContentSink sink) throws Exception {
    FutureTask<@Nullable Void> work =
        new FutureTask<>(() -> {
          try {
            producer.produce(this);
            return null;
          } finally {
            outbox.close();
          }
        });
    Thread thread = Thread.ofVirtual().name("brrt-events").unstarted(work);
    try {
      sink.onEnding(outbox::close);
      thread.start();
      send(List.of(), sink);
    } finally {
      outbox.close();
      // It may be waiting for something else than the client. The response lasts until it ends.
      if (!work.isDone()) {
        thread.interrupt();
      }
    }
    awaitEnd(work);
  }

  /** An end that the response has brought about is no failure of the producer. */
  private static void awaitEnd(FutureTask<?> work) throws Exception {
    try {
      work.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case ClientGoneException _, InterruptedException _ -> {}
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
  void send(List<Event> first, ContentSink sink) throws Exception {
    long heartbeat = options.heartbeat().toNanos();
    long began = System.nanoTime();
    long lifetime = options.lifetime().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    for (Event event : first) {
      sink.write(event.octets());
    }
    sink.flush(); // A client that sees the head knows that it is connected.
    while (!outbox.isDone()) {
      long left = lifetime - (System.nanoTime() - began);
      if (left <= 0) {
        outbox.close();
        continue;
      }
      boolean ends = lifetime != Long.MAX_VALUE && (heartbeat == 0 || left < heartbeat);
      byte[] next = outbox.take(ends ? left : heartbeat);
      if (next == null) {
        if (!ends && !outbox.isClosed()) {
          sink.write(HEARTBEAT);
          sink.flush();
        }
        continue;
      }
      // All that waits goes out together, but not for longer than the clock may be left alone.
      for (int i = 0; next != null; i++) {
        sink.write(next);
        next = i < options.capacity() ? outbox.poll() : null;
      }
      sink.flush();
    }
  }

  Outbox outbox() {
    return outbox;
  }

  @Override
  public void send(Event event) throws ClientGoneException, InterruptedException {
    outbox.put(event.octets());
  }

  @Override
  public void comment(String text) throws ClientGoneException, InterruptedException {
    outbox.put(Event.comment(text));
  }

  @Override
  public boolean isOpen() {
    return !outbox.isClosed();
  }

  @Override
  public Optional<String> lastEventId() {
    return Optional.ofNullable(lastEventId);
  }
}
