package io.brrtrouter.server.websocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * WebSockets that get the same messages, each as fast as its client reads: whoever publishes waits
 * for none of them. Safe for use by many threads.
 *
 * <pre>{@code
 * WebSocketGroup room = new WebSocketGroup();
 * server.handler(
 *     "chat",
 *     WebSockets.handler(socket -> {
 *       try (WebSocketGroup.Membership in = room.join(socket)) {
 *         for (Optional<Message> said = socket.receive(); said.isPresent(); said = socket.receive()) {
 *           room.publish(said.get());
 *         }
 *       }
 *     }));
 * }</pre>
 */
public final class WebSocketGroup {
  private final Set<Session> members = ConcurrentHashMap.newKeySet();

  /** A group without members. */
  public WebSocketGroup() {}

  /** What ends when it is closed. */
  @FunctionalInterface
  public interface Membership extends AutoCloseable {
    /** Leaves the group; again does nothing. */
    @Override
    void close();
  }

  /**
   * Lets a WebSocket get what is published from now on.
   *
   * @param socket the WebSocket
   * @return its membership, to be closed by whoever serves it
   * @throws IllegalArgumentException if it is not one of the server
   */
  public Membership join(WebSocket socket) {
    if (!(socket instanceof Session session)) {
      throw new IllegalArgumentException("a group has WebSockets of the server only");
    }
    members.add(session);
    return () -> members.remove(session);
  }

  /**
   * Sends a message to all members. Those published by one thread reach every member in their
   * order; what a member has no room for {@link WebSocketOptions#overflow} decides. A member whose
   * document has been replaced, and does not allow the message, is closed with 1012 and gets none.
   *
   * @param message the message
   * @return to how many members it is on its way
   * @throws IllegalArgumentException if the API description that serves does not allow it, and that
   *     is enforced: it is sent to nobody then
   */
  public int publish(Message message) {
    Frame frame = Frame.of(message);
    Broadcast broadcast = new Broadcast();
    members.forEach(member -> broadcast.add(member, frame));
    return broadcast.send();
  }

  /** {@return how many members there are} */
  public int size() {
    return members.size();
  }
}
