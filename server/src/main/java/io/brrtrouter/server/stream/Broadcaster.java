package io.brrtrouter.server.stream;

import io.brrtrouter.server.dispatch.ItemContract;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

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
  private final StreamOptions options;
  private final int history;

  /** Guards what follows, and the order of events. Nobody waits for a client while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Set<EventSender> subscribers = new LinkedHashSet<>();
  private final ArrayDeque<Event> kept = new ArrayDeque<>();

  /** How many there were. */
  private long published;

  private boolean closed;

  private Broadcaster(StreamOptions options, int history) {
    requireNoWait(options);
    if (history < 0) {
      throw new IllegalArgumentException("0 events or more are kept, not " + history);
    }
    this.options = options;
    this.history = history;
  }

  /** Refuses options that say to wait for clients. */
  static void requireNoWait(StreamOptions options) {
    if (options.overflow() == Overflow.BLOCK) {
      throw new IllegalArgumentException(
          "a broadcaster waits for no client: Overflow.DROP_OLDEST or Overflow.CLOSE");
    }
  }

  /**
   * {@return a broadcaster that ends the response of a client for which 256 events wait}
   *
   * @param history how many events with an id are kept for clients that connect again
   */
  public static Broadcaster of(int history) {
    return of(StreamOptions.ENDLESS.withOverflow(Overflow.CLOSE), history);
  }

  /**
   * {@return a broadcaster}
   *
   * @param options how events are sent to each client
   * @param history how many events with an id are kept for clients that connect again
   * @throws IllegalArgumentException if the options say to wait for clients
   */
  public static Broadcaster of(StreamOptions options, int history) {
    return new Broadcaster(options, history);
  }

  /**
   * {@return the response that sends what is published from when it begins}
   *
   * @param request the request it answers
   */
  public HttpResponse subscribe(Request request) {
    return subscribe(new EventSender(request, options));
  }

  /**
   * {@return the same where no operation is asked, so that no document describes the events}
   *
   * @param request the header fields of the request
   */
  public HttpResponse subscribe(Headers request) {
    return subscribe(new EventSender(ItemContract.NONE, request, options));
  }

  private HttpResponse subscribe(EventSender stream) {
    return stream.written(EventSender.HEADERS, writing(stream));
  }

  /** {@return the content of such a response, of a status and a media type} */
  Body.Streamed body(Request request, int status, String contentType, StreamOptions ofThis) {
    EventSender stream = new EventSender(request, status, contentType, ofThis);
    return stream.body(writing(stream));
  }

  private ItemSender.Writing writing(EventSender stream) {
    return sink -> {
      try {
        stream.sendTo(sink, allowed(stream, enter(stream)));
      } finally {
        leave(stream);
      }
      stream.finish(sink);
    };
  }

  StreamOptions options() {
    return options;
  }

  int history() {
    return history;
  }

  /** Without what the document of this request does not allow, if that is enforced. */
  private static List<byte[]> allowed(EventSender stream, List<Event> missed) {
    List<byte[]> allowed = new ArrayList<>(missed.size());
    for (int i = 0; i < missed.size(); i++) {
      Event event = missed.get(i);
      try {
        if (stream.contract().isChecked()) {
          stream.contract().requireEvent(event.fields(), i + 1L);
        }
        allowed.add(event.octets());
      } catch (IllegalArgumentException refused) {
        // It is in the log, and was published when nobody was there to refuse it.
      }
    }
    return allowed;
  }

  /** {@return what a client has missed; what is published from now on waits for it behind that} */
  private List<Event> enter(EventSender stream) {
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

  private void leave(EventSender stream) {
    lock.lock();
    try {
      subscribers.remove(stream);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends an event to all clients there are, and keeps it for those that connect again if it has an
   * id. Events of several threads reach all clients in the same order. One that the document of a
   * client does not allow is sent to nobody, and not kept, if that is enforced. Where that document
   * has been replaced, the response of the client ends instead: what is published is for the
   * document that serves.
   *
   * @param event the event
   * @return for how many clients it is on its way
   * @throws IllegalStateException if the broadcaster is closed
   * @throws IllegalArgumentException if the document of a client, which has not been replaced, does
   *     not allow the event, and that is enforced
   */
  public int publish(Event event) {
    byte[] octets = event.octets();
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the broadcaster is closed");
      }
      published++;
      judge(event);
      keep(event);
      int reached = 0;
      for (EventSender subscriber : subscribers) {
        reached += subscriber.outbox().offer(octets) ? 1 : 0;
      }
      return reached;
    } finally {
      lock.unlock();
    }
  }

  /** What a document says of an event. */
  private record Verdict(ItemContract contract, @Nullable IllegalArgumentException refusal) {}

  /**
   * Compares an event with what the documents of the clients say, once for each document. Who has
   * one that is replaced and does not allow it gets no more.
   */
  private void judge(Event event) {
    List<Verdict> verdicts = new ArrayList<>(1);
    List<EventSender> outlived = new ArrayList<>(0);
    for (EventSender subscriber : subscribers) {
      IllegalArgumentException refusal = refusal(subscriber.contract(), event, verdicts);
      if (refusal != null && !subscriber.isReplaced()) {
        throw refusal;
      }
      if (refusal != null) {
        outlived.add(subscriber);
      }
    }
    outlived.forEach(subscriber -> subscriber.outbox().close());
  }

  private @Nullable IllegalArgumentException refusal(
      ItemContract contract, Event event, List<Verdict> verdicts) {
    if (!contract.isChecked()) {
      return null;
    }
    for (Verdict known : verdicts) {
      if (contract.judgesAs(known.contract())) {
        return known.refusal();
      }
    }
    IllegalArgumentException refusal = null;
    try {
      contract.requireEvent(event.fields(), published);
    } catch (IllegalArgumentException refused) {
      refusal = refused;
    }
    verdicts.add(new Verdict(contract, refusal));
    return refusal;
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
