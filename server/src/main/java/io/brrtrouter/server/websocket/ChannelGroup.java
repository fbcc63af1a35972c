package io.brrtrouter.server.websocket;

import io.brrtrouter.schema.stream.Channel;
import io.brrtrouter.server.dispatch.MessageBinding;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Channels that get the same messages, each as fast as its client reads: whoever publishes waits
 * for none of them. What {@link WebSocketGroup} is for messages without Java types. Safe for use by
 * many threads.
 *
 * <pre>{@code
 * ChannelGroup<Heard> room = new ChannelGroup<>();
 *
 * TalkResponse talk(TalkRequest request) {
 *   return new TalkResponse.SwitchingProtocols(channel -> {
 *     try (ChannelGroup.Membership in = room.join(channel)) {
 *       for (Optional<Said> said = channel.receive(); said.isPresent(); said = channel.receive()) {
 *         room.publish(new Heard(said.get().text()));
 *       }
 *     }
 *   });
 * }
 * }</pre>
 *
 * @param <O> what goes out
 */
public final class ChannelGroup<O> {
  private final Set<TypedChannel<?, O>> members = ConcurrentHashMap.newKeySet();

  /** A group without members. */
  public ChannelGroup() {}

  /** What ends when it is closed. */
  @FunctionalInterface
  public interface Membership extends AutoCloseable {
    /** Leaves the group; again does nothing. */
    @Override
    void close();
  }

  /**
   * Lets a channel get what is published from now on.
   *
   * @param channel the channel
   * @return its membership, to be closed by whoever holds the conversation
   * @throws IllegalArgumentException if it is not one of the server
   */
  public Membership join(Channel<?, O> channel) {
    if (!(channel instanceof TypedChannel<?, O> member)) {
      throw new IllegalArgumentException("a group has channels of the server only");
    }
    members.add(member);
    return () -> members.remove(member);
  }

  /**
   * Sends a message to all members: it is encoded once, and judged once for each document. Those
   * published by one thread reach every member in their order; what a member has no room for {@link
   * WebSocketOptions#overflow} decides. A member whose document has been replaced, and does not
   * allow the message, is closed with 1012 and gets none.
   *
   * @param message the message
   * @return to how many members it is on its way
   * @throws IllegalArgumentException if the API description that serves does not allow it, and that
   *     is enforced: it is sent to nobody then
   */
  public int publish(O message) {
    Broadcast broadcast = new Broadcast();
    IdentityHashMap<MessageBinding<O>, Frame> frames = new IdentityHashMap<>(1);
    for (TypedChannel<?, O> member : List.copyOf(members)) {
      broadcast.add(
          member.session(),
          frames.computeIfAbsent(member.outgoing(), binding -> Frame.of(binding.write(message))));
    }
    return broadcast.send();
  }

  /** {@return how many members there are} */
  public int size() {
    return members.size();
  }
}
