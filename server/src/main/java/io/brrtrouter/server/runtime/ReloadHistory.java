package io.brrtrouter.server.runtime;

import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.OnReload;
import io.brrtrouter.server.stream.Broadcaster;
import io.brrtrouter.server.stream.Event;
import io.brrtrouter.server.stream.Overflow;
import io.brrtrouter.server.stream.StreamOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which generations served, and which changed files were not taken: as JSON, the last one first, or
 * for whoever wants to see it happen as events, named after the outcome. Of each it says what
 * {@code /ready} does. Safe for use by many threads.
 */
final class ReloadHistory implements Endpoint, AutoCloseable {
  /** A day of work. */
  static final int MOST = 100;

  private static final ContentType EVENTS = new ContentType("text", "event-stream", List.of());

  /** It is not about one generation, so it goes on when the next one serves. */
  private final Broadcaster live =
      Broadcaster.of(
          StreamOptions.ENDLESS.withOverflow(Overflow.CLOSE).withReload(OnReload.CONTINUE), MOST);

  private final ReentrantLock lock = new ReentrantLock();

  /** None of them changes once it is here. Guarded by {@link #lock}. */
  private final Deque<ObjectNode> told = new ArrayDeque<>();

  /** Numbers begin anew with each process, and a client may have the id of one before. */
  private final String begun = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-";

  private long number;
  private boolean closed;

  /** Tells it; does nothing once this is closed. */
  void add(ObjectNode what) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      number++;
      if (told.size() == MOST) {
        told.removeLast();
      }
      ObjectNode entry = JsonNodeFactory.instance.objectNode().put("number", number);
      entry.setAll(what);
      told.addFirst(entry);
      live.publish(
          Event.json(entry).withName(what.path("outcome").stringValue()).withId(begun + number));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Answer answer(HttpRequest request) {
    boolean events =
        Accept.of(request.headers())
            .choose(List.of(ContentType.JSON, EVENTS))
            .filter(EVENTS::equals)
            .isPresent();
    return new Later(
        () -> events ? live.subscribe(request.headers()).withHeader("Vary", "Accept") : all());
  }

  private HttpResponse all() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    copy().forEach(list::add);
    return HttpResponse.json(200, list)
        .withHeader("Cache-Control", "no-store")
        .withHeader("Vary", "Accept");
  }

  private List<ObjectNode> copy() {
    lock.lock();
    try {
      return new ArrayList<>(told);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    live.close();
  }
}
