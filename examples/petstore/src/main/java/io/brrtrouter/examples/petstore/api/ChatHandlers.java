package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.websocket.CloseStatus;
import io.brrtrouter.server.websocket.Message;
import io.brrtrouter.server.websocket.WebSocket;
import io.brrtrouter.server.websocket.WebSocketGroup;
import io.brrtrouter.server.websocket.WebSocketHandler;
import io.brrtrouter.server.websocket.WebSocketOptions;
import io.brrtrouter.server.websocket.WebSockets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Rooms in which customers talk with each other. Each instance of the shop has its own; what is
 * said is kept in memory, for those that come later.
 */
final class ChatHandlers {
  /** As many as the document says that a welcome has at most. */
  private static final int REMEMBERED = 50;

  /** A line has at most 500 characters, each of which is at most 12 octets of JSON. */
  private static final int MOST_OCTETS = 8 << 10;

  private static final CloseStatus NAME_TAKEN = new CloseStatus(4009, "somebody has that name");

  private final Map<String, Room> rooms = new ConcurrentHashMap<>();

  /** {@return the handler of a conversation} */
  Handler handler() {
    return WebSockets.handler(
        WebSocketOptions.builder().mostOctets(MOST_OCTETS).idle(Duration.ofMinutes(30)).build(),
        talk());
  }

  private WebSocketHandler talk() {
    return socket -> {
      Request request = socket.request();
      String room = request.pathParameters().text("room").orElseThrow();
      String name = request.queryParameters().text("name").orElseThrow();
      rooms.computeIfAbsent(room, _ -> new Room()).admit(name, socket);
    };
  }

  private record Said(String name, String text, Instant at) {}

  /** What a client is told. */
  private record News(
      String kind,
      int people,
      @Nullable String name,
      @Nullable Said said,
      @Nullable List<Said> earlier) {
    Message message() {
      return Message.json(Json.of(this));
    }
  }

  /** A line as a client sends it. */
  record Line(String text) {}

  /** Safe for use by many threads. */
  private static final class Room {
    /** Guards all that follows; nobody waits for a client while it is held. */
    private final ReentrantLock lock = new ReentrantLock();

    private final WebSocketGroup present = new WebSocketGroup();
    private final Set<String> names = new HashSet<>();
    private final ArrayDeque<Said> earlier = new ArrayDeque<>();

    /** Lets somebody talk until they leave. */
    void admit(String name, WebSocket socket) throws InterruptedException {
      Optional<WebSocketGroup.Membership> entered = enter(name, socket);
      if (entered.isEmpty()) {
        socket.close(NAME_TAKEN);
        return;
      }
      try {
        for (Optional<Message> next = socket.receive(); next.isPresent(); next = socket.receive()) {
          if (next.get() instanceof Message.Text line) {
            say(name, line.as(Line.class).text());
          }
        }
      } finally {
        leave(name, entered.get());
      }
    }

    /** The welcome and what is said afterwards are sent in the order of this lock. */
    private Optional<WebSocketGroup.Membership> enter(String name, WebSocket socket) {
      lock.lock();
      try {
        if (!names.add(name)) {
          return Optional.empty();
        }
        boolean here = false;
        try {
          welcome(socket);
          present.publish(new News("came", names.size(), name, null, null).message());
          WebSocketGroup.Membership membership = present.join(socket);
          here = true;
          return Optional.of(membership);
        } finally {
          if (!here) {
            names.remove(name); // Else nobody could have it any more.
          }
        }
      } finally {
        lock.unlock();
      }
    }

    private void welcome(WebSocket socket) {
      WebSocketGroup newcomer = new WebSocketGroup();
      try (WebSocketGroup.Membership _ = newcomer.join(socket)) {
        newcomer.publish(
            new News("welcome", names.size(), null, null, List.copyOf(earlier)).message());
      }
    }

    private void say(String name, String text) {
      lock.lock();
      try {
        Said said = new Said(name, text, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        if (earlier.size() == REMEMBERED) {
          earlier.remove();
        }
        earlier.add(said);
        present.publish(new News("said", names.size(), null, said, null).message());
      } finally {
        lock.unlock();
      }
    }

    private void leave(String name, WebSocketGroup.Membership membership) {
      lock.lock();
      try {
        membership.close();
        names.remove(name);
        present.publish(new News("left", names.size(), name, null, null).message());
      } finally {
        lock.unlock();
      }
    }
  }
}
