package io.brrtrouter.codegen.model;

import java.util.List;
import java.util.Optional;

/**
 * What is said on a WebSocket.
 *
 * @param fromClient what clients send
 * @param fromServer what the server sends
 */
public record Conversation(Messages fromClient, Messages fromServer) {

  /**
   * The messages of one side.
   *
   * @param described whether the document says what they are
   * @param union the sealed interface whose records are the kinds; absent where one kind says it
   *     all
   * @param kinds text and octets, each once at most; none where there may be no messages
   */
  public record Messages(boolean described, Optional<ClassName> union, List<Content> kinds) {

    /** Copies the list; refuses kinds that nothing tells apart. */
    public Messages {
      kinds = List.copyOf(kinds);
      Demand.that(described || kinds.isEmpty(), "messages that are not described have no kinds");
      Demand.that(kinds.size() < 2 || union.isPresent(), "several kinds need an interface");
      boolean named = union.isPresent();
      Demand.that(
          kinds.stream().allMatch(kind -> kind.wrapper().isPresent() == named),
          "the kinds of a union are records");
    }
  }
}
