package io.brrtrouter.server.stream;

import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends the same events to many clients, each as fast as it reads: whoever publishes waits for none
 * of them. Safe for use by many threads.
 *
 * <pre>{@code
 * Broadcaster adoptions = Broadcaster.of(1_000);
 * server.handler("watch_adoptions", adoptions::subscribe);
 * ...
 * adoptions.publish(Event.json(adoption).withId(adoption.id()));
 * }</pre>
 *
 * <p>A client that connects again with a {@code Last-Event-ID} first gets what was published since,
 * in order, without gap and without repetition. One whose last event is kept no more gets all that
 * is kept.
 */
public final class Broadcaster implements AutoCloseable {
  private final EventOptions options;
  private final int history;

  /** Guards what follows, and the order of events. Nobody waits for a client while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Set<EventStream> subscribers = new LinkedHashSet<>();
  private final ArrayDeque<Event> kept = new ArrayDeque<>();
  private boolean closed;

  private Broadcaster(EventOptions options, int history) {
    if (options.overflow() == Overflow.BLOCK) {
      throw new IllegalArgumentException(
          "a broadcaster waits for no client: Overflow.DROP_OLDEST or Overflow.CLOSE");
    }
    if (history < 0) {
      throw new IllegalArgumentException("0 events or more are kept, not " + history);
    }
    this.options = options;
    this.history = history;
  }

  /**
   * {@return a broadcaster that ends the response of a client for which 256 events wait}
   *
   * @param history how many events with an id are kept for clients that connect again
   */
  public static Broadcaster of(int history) {
    return of(EventOptions.DEFAULT.withOverflow(Overflow.CLOSE), history);
  }

  /**
   * {@return a broadcaster}
   *
   * @param options how events are sent to each client
   * @param history how many events with an id are kept for clients that connect again
   * @throws IllegalArgumentException if the options say to wait for clients
   */
  public static Broadcaster of(EventOptions options, int history) {
    return new Broadcaster(options, history);
  }

  /**
   * {@return the response that sends what is published from when it begins}
   *
   * @param request the request it answers
   */
  public HttpResponse subscribe(Request request) {
    EventStream stream = new EventStream(request, options);
    return EventStream.response(sink -> {
      sink.onEnding(stream.outbox()::close);
      try {
        stream.send(enter(stream), sink);
      } finally {
        leave(stream);
      }
    });
  }

  /** {@return what a client has missed; what is published from now on waits for it behind that} */
  private List<Event> enter(EventStream stream) {
    lock.lock();
    try {
      if (closed) {
        stream.outbox().close();
        return List.of();
      }
      subscribers.add(stream);
      return stream.lastEventId().map(this::since).orElse(List.of());
    } finally {
      lock.unlock();
    }
  }

  private List<Event> since(String last) {
    List<Event> events = new ArrayList<>(kept);
    for (int i = events.size() - 1; i >= 0; i--) {
      if (last.equals(events.get(i).id())) {
        return events.subList(i + 1, events.size());
      }
    }
    return events;
  }

  private void leave(EventStream stream) {
    lock.lock();
    try {
      subscribers.remove(stream);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends an event to all clients there are, and keeps it for those that connect again if it has an
   * id. Events of several threads reach all clients in the same order.
   *
   * @param event the event
   * @return for how many clients it is on its way
   * @throws IllegalStateException if the broadcaster is closed
   */
  public int publish(Event event) {
    byte[] octets = event.octets();
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the broadcaster is closed");
      }
      keep(event);
      int reached = 0;
      for (EventStream subscriber : subscribers) {
        reached += subscriber.outbox().offer(octets) ? 1 : 0;
      }
      return reached;
    } finally {
      lock.unlock();
    }
  }

  private void keep(Event event) {
    if (history == 0 || event.id() == null) {
      return;
    }
    if (kept.size() == history) {
      kept.remove();
    }
    kept.add(event);
  }

  /** {@return how many clients there are} */
  public int subscribers() {
    lock.lock();
    try {
      return subscribers.size();
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
      subscribers.forEach(subscriber -> subscriber.outbox().close());
    } finally {
      lock.unlock();
    }
  }
}
