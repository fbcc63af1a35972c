package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.ChatRequest;
import io.brrtrouter.examples.petstore.generated.api.ChatResponse;
import io.brrtrouter.examples.petstore.generated.model.ChatLine;
import io.brrtrouter.examples.petstore.generated.model.ChatNews;
import io.brrtrouter.examples.petstore.generated.model.ChatNewsKind;
import io.brrtrouter.examples.petstore.generated.model.ChatRoom;
import io.brrtrouter.examples.petstore.generated.model.ChatSaid;
import io.brrtrouter.schema.stream.Channel;
import io.brrtrouter.server.websocket.ChannelGroup;
import io.brrtrouter.server.websocket.WebSocketOptions;
import io.brrtrouter.server.websocket.WebSockets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rooms in which customers talk with each other. Each instance of the shop has its own; what is
 * said is kept in memory, for those that come later.
 */
final class ChatHandlers {
  /** As many as the document says that a welcome has at most. */
  private static final int REMEMBERED = 50;

  /** A line has at most 500 characters, each of which is at most 12 octets of JSON. */
  private static final int MOST_OCTETS = 8 << 10;

  private static final int NAME_TAKEN = 4009;

  private static final WebSocketOptions OPTIONS =
      WebSocketOptions.builder().mostOctets(MOST_OCTETS).idle(Duration.ofMinutes(30)).build();

  private final Map<ChatRoom, Room> rooms = new ConcurrentHashMap<>();

  /** Lets a customer into a room. */
  ChatResponse chat(ChatRequest request) {
    Room room = rooms.computeIfAbsent(request.room(), _ -> new Room());
    return new ChatResponse.SwitchingProtocols(
        WebSockets.conversation(OPTIONS, channel -> room.admit(request.name(), channel)));
  }

  /** Safe for use by many threads. */
  private static final class Room {
    /** Guards all that follows; nobody waits for a client while it is held. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ChannelGroup<ChatNews> present = new ChannelGroup<>();
    private final Set<String> names = new HashSet<>();
    private final ArrayDeque<ChatSaid> earlier = new ArrayDeque<>();

    /** Lets somebody talk until they leave. */
    void admit(String name, Channel<ChatLine, ChatNews> channel) throws InterruptedException {
      Optional<ChannelGroup.Membership> entered = enter(name, channel);
      if (entered.isEmpty()) {
        channel.close(NAME_TAKEN, "somebody has that name");
        return;
      }
      try {
        for (Optional<ChatLine> line = channel.receive();
            line.isPresent();
            line = channel.receive()) {
          say(name, line.get().text());
        }
      } finally {
        leave(name, entered.get());
      }
    }

    /** The welcome and what is said afterwards are sent in the order of this lock. */
    private Optional<ChannelGroup.Membership> enter(
        String name, Channel<ChatLine, ChatNews> channel) {
      lock.lock();
      try {
        if (!names.add(name)) {
          return Optional.empty();
        }
        boolean here = false;
        try {
          welcome(channel);
          present.publish(news(ChatNewsKind.CAME).name(name).build());
          ChannelGroup.Membership membership = present.join(channel);
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

    private void welcome(Channel<ChatLine, ChatNews> channel) {
      ChannelGroup<ChatNews> newcomer = new ChannelGroup<>();
      try (ChannelGroup.Membership _ = newcomer.join(channel)) {
        newcomer.publish(news(ChatNewsKind.WELCOME).earlier(List.copyOf(earlier)).build());
      }
    }

    private void say(String name, String text) {
      lock.lock();
      try {
        ChatSaid said = ChatSaid.builder().name(name).text(text).at(now()).build();
        if (earlier.size() == REMEMBERED) {
          earlier.remove();
        }
        earlier.add(said);
        present.publish(news(ChatNewsKind.SAID).said(said).build());
      } finally {
        lock.unlock();
      }
    }

    private static OffsetDateTime now() {
      return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
    }

    private void leave(String name, ChannelGroup.Membership membership) {
      lock.lock();
      try {
        membership.close();
        names.remove(name);
        present.publish(news(ChatNewsKind.LEFT).name(name).build());
      } finally {
        lock.unlock();
      }
    }

    private ChatNews.Builder news(ChatNewsKind kind) {
      return ChatNews.builder().kind(kind).people(names.size());
    }
  }
}
