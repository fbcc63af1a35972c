package io.brrtrouter.server.websocket;

import io.brrtrouter.server.dispatch.MessageContract;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message for many WebSockets. Used once, by one thread. */
final class Broadcast {
  private final List<Copy> copies = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>(1);

  /**
   * What one of them gets.
   *
   * @param member the WebSocket
   * @param frame the message
   */
  private record Copy(Session member, Frame frame) {}

  /** What documents say of a message, each once. */
  private record Verdict(
      MessageContract contract, Frame frame, @Nullable IllegalArgumentException refusal) {}

  /** Adds who gets it. */
  void add(Session member, Frame frame) {
    copies.add(new Copy(member, frame));
  }

  /**
   * Sends it. A WebSocket whose document has been replaced, and does not allow the message, is
   * closed instead: what is published is for the document that serves.
   *
   * @return to how many it is on its way
   * @throws IllegalArgumentException if the document of one that is not replaced does not allow it,
   *     and that is enforced: it is sent to nobody then
   */
  int send() {
    List<Copy> allowed = new ArrayList<>(copies.size());
    List<Session> outlived = new ArrayList<>(0);
    for (Copy copy : copies) {
      IllegalArgumentException refusal = judge(copy);
      if (refusal == null) {
        allowed.add(copy);
      } else if (copy.member().request().isReplaced()) {
        outlived.add(copy.member());
      } else {
        throw refusal;
      }
    }
    outlived.forEach(Session::outlived);
    int reached = 0;
    for (Copy copy : allowed) {
      reached += copy.member().offer(copy.frame()) ? 1 : 0;
    }
    return reached;
  }

  private @Nullable IllegalArgumentException judge(Copy copy) {
    MessageContract contract = copy.member().contract();
    for (Verdict known : verdicts) {
      if (known.frame() == copy.frame() && contract.judgesAs(known.contract())) {
        return known.refusal();
      }
    }
    IllegalArgumentException refusal = null;
    try {
      contract.requireOfServer(copy.frame().isText(), copy.frame().content());
    } catch (IllegalArgumentException refused) {
      refusal = refused;
    }
    verdicts.add(new Verdict(contract, copy.frame(), refusal));
    return refusal;
  }
}
