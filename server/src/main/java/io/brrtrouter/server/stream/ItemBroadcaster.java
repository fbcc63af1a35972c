package io.brrtrouter.server.stream;

import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonEncoder;
import io.brrtrouter.schema.stream.ItemSink;
import io.brrtrouter.schema.stream.Items;
import io.brrtrouter.server.dispatch.ContentBinding;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Body;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the same events, which have a generated type, to many clients: a {@link Broadcaster} of
 * items. Safe for use by many threads.
 *
 * <pre>{@code
 * ItemBroadcaster<Adopted> adoptions = ItemBroadcaster.of(1_000);
 * ...
 * return new WatchAdoptionsResponse.Ok(adoptions.subscribe());
 * ...
 * adoptions.publish(Adopted.builder().id(adoption.id()).data(adoption).build());
 * }</pre>
 *
 * <p>An event is encoded once, and judged once for each document that its clients have. Those that
 * have an {@code id} are kept for clients that connect again with a {@code Last-Event-ID}.
 *
 * <p>How an event is written is known from when the first client asks. What is published before
 * waits for that, as much as the history and {@value #EARLY} events more: then those with an {@code
 * id} are kept, and what is no event is left out, with a line in the log.
 *
 * @param <T> what an event is
 */
public final class ItemBroadcaster<T> implements AutoCloseable {
  /** How many events without an id may stand between those that are kept, before anybody asks. */
  static final int EARLY = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(ItemBroadcaster.class);

  private final Broadcaster events;

  /** Guards what follows, and the order of events. */
  private final ReentrantLock lock = new ReentrantLock();

  /** What was published before anybody asked, and so before it could be encoded. */
  private final ArrayDeque<T> early = new ArrayDeque<>();

  /** Who reads items here. */
  private final Set<Waiting<T>> readers = new LinkedHashSet<>();

  private @Nullable JsonEncoder<T> encoder;
  private boolean closed;

  private ItemBroadcaster(Broadcaster events) {
    this.events = events;
  }

  /**
   * {@return a broadcaster that ends the response of a client for which 256 events wait}
   *
   * @param <T> what an event is
   * @param history how many events with an id are kept for clients that connect again
   */
  public static <T> ItemBroadcaster<T> of(int history) {
    return new ItemBroadcaster<>(Broadcaster.of(history));
  }

  /**
   * {@return a broadcaster}
   *
   * @param <T> what an event is
   * @param options how events are sent to each client
   * @param history how many events with an id are kept for clients that connect again
   * @throws IllegalArgumentException if the options say to wait for clients
   */
  public static <T> ItemBroadcaster<T> of(StreamOptions options, int history) {
    return new ItemBroadcaster<>(Broadcaster.of(options, history));
  }

  /**
   * {@return what is published, as the items of one response of events} They begin when the
   * response does, or when the first one is read; what a client has missed comes first. They end as
   * if there were no more when the broadcaster is closed, and when more wait than its options let.
   */
  public Items<T> subscribe() {
    return new Subscription<>(this);
  }

  /**
   * Sends an event to all clients there are, as {@link Broadcaster#publish} does.
   *
   * @param item the event
   * @return for how many clients it is on its way
   * @throws IllegalStateException if the broadcaster is closed
   * @throws IllegalArgumentException if the document does not allow the event, and that is
   *     enforced, or if its name or id has the end of a line; before the first client has asked
   *     nobody knows, and it is left out then
   */
  public int publish(T item) {
    Objects.requireNonNull(item, "an event is a value");
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the broadcaster is closed");
      }
      JsonEncoder<T> known = encoder;
      int reached = 0;
      if (known == null) {
        keep(item);
      } else {
        reached = events.publish(event(known, item));
      }
      for (Waiting<T> reader : readers) {
        reached += reader.offer(item) ? 1 : 0;
      }
      return reached;
    } finally {
      lock.unlock();
    }
  }

  private void keep(T item) {
    if (events.history() > 0) {
      if (early.size() - EARLY >= events.history()) {
        early.remove();
      }
      early.add(item);
    }
  }

  private static <T> Event event(JsonEncoder<T> encoder, T item) {
    return CodedFraming.event(Json.encode(encoder, item, Checks.SYNTAX).json());
  }

  private Body.Streamed body(
      Request request,
      int status,
      ContentBinding.Items<T> content,
      @Nullable StreamOptions options) {
    lock.lock();
    try {
      boolean first = encoder == null;
      encoder = content.encoder();
      if (first && !closed) {
        early.forEach(item -> publishEarly(content.encoder(), item));
      }
      early.clear();
    } finally {
      lock.unlock();
    }
    return events.body(
        request, status, content.contentType(), options == null ? events.options() : options);
  }

  /** Nobody is there to be told that it cannot be sent. */
  private void publishEarly(JsonEncoder<T> known, T item) {
    try {
      events.publish(event(known, item));
    } catch (RuntimeException refused) {
      LOG.warn(
          "an event that was published before anybody asked for it is left out: {}",
          refused.toString());
    }
  }

  private void readTo(ItemSink<? super T> sink) throws IOException, InterruptedException {
    Waiting<T> waiting = new Waiting<>(events.options());
    lock.lock();
    try {
      if (closed) {
        return;
      }
      readers.add(waiting);
    } finally {
      lock.unlock();
    }
    try {
      for (T item = waiting.take(); item != null; item = waiting.take()) {
        sink.send(item);
      }
    } finally {
      lock.lock();
      try {
        readers.remove(waiting);
      } finally {
        lock.unlock();
      }
    }
  }

  /** {@return how many clients there are} */
  public int subscribers() {
    lock.lock();
    try {
      return events.subscribers() + readers.size();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the responses of all clients, well, once what waits for them is sent; later ones too. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      events.close();
      readers.forEach(Waiting::close);
    } finally {
      lock.unlock();
    }
  }

  /** What one response gets; whoever reads it elsewhere, as tests do, gets items. */
  static final class Subscription<T> implements Items<T> {
    private final ItemBroadcaster<T> broadcaster;
    private final Items<T> items;

    private Subscription(ItemBroadcaster<T> broadcaster) {
      this.broadcaster = broadcaster;
      this.items = Items.<T>produced(sink -> broadcaster.readTo(sink));
    }

    /** {@return the content of a response, sent as the broadcaster does if options are null} */
    Body.Streamed body(
        Request request,
        int status,
        ContentBinding.Items<T> content,
        @Nullable StreamOptions options) {
      return broadcaster.body(request, status, content, options);
    }

    @Override
    public Optional<T> next() throws IOException, InterruptedException {
      return items.next();
    }

    @Override
    public void sendTo(ItemSink<? super T> sink) throws Exception {
      items.sendTo(sink);
    }

    @Override
    public void close() {
      items.close();
    }
  }
}
