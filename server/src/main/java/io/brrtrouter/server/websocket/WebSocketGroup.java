package io.brrtrouter.server.websocket;

import io.brrtrouter.server.dispatch.MessageContract;
import java.util.ArrayList;
import java.util.List;
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
   * order; what a member has no room for {@link WebSocketOptions#overflow} decides.
   *
   * @param message the message
   * @return to how many members it is on its way
   * @throws IllegalArgumentException if the API description of a member does not allow it, and that
   *     is enforced: it is sent to nobody then
   */
  public int publish(Message message) {
    Frame frame = Frame.of(message);
    List<Session> all = List.copyOf(members); // Those that are judged for, and no others.
    judge(frame, all);
    int reached = 0;
    for (Session member : all) {
      reached += member.offer(frame) ? 1 : 0;
    }
    return reached;
  }

  /** Compares a message with what the documents of members say, once for each document. */
  private static void judge(Frame frame, List<Session> members) {
    List<MessageContract> judged = new ArrayList<>(1);
    for (Session member : members) {
      MessageContract contract = member.contract();
      if (judged.stream().noneMatch(contract::judgesAs)) {
        judged.add(contract);
        contract.requireOfServer(frame.isText(), frame.content());
      }
    }
  }

  /** {@return how many members there are} */
  public int size() {
    return members.size();
  }
}
