package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.EventStreamExtension;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules on {@code x-sse: true}: what the operation says must be able to carry a stream. */
final class EventStreamRules {
  private static final String RULE = "extension-conflict";
  private static final String FIELD = EventStreamExtension.FIELD;
  private static final List<String> METHODS = List.of("GET", "POST");

  private final Session session;
  private final Findings findings;

  EventStreamRules(Session session) {
    this.session = session;
    this.findings = session.findings;
  }

  /** {@return whether an operation says that its response is a stream of events} */
  static boolean isEventStream(LocatedNode operation) {
    return Nodes.flag(operation, FIELD);
  }

  void method(LocatedNode operation, String method) {
    if (isEventStream(operation) && !METHODS.contains(method)) {
      findings.error(
          RULE,
          Nodes.required(operation, FIELD).nameLocation(),
          FIELD + " is on a " + method + ", and streams of events answer GET and POST",
          "move the operation to \"get\" or \"post\"");
    }
  }

  void operation(LocatedNode operation) {
    if (!isEventStream(operation)) {
      return;
    }
    LocatedNode extension = Nodes.required(operation, FIELD);
    LocatedNode response = response(operation);
    if (response == null) {
      findings.error(
          RULE,
          extension.nameLocation(),
          FIELD + " is true, and no response 200 is declared",
          "add the response \"200\" with content " + EventStreamExtension.MEDIA_TYPE);
      return;
    }
    LocatedNode written =
        response.node().isObject() ? session.resolver.follow(response, Kind.RESPONSE) : null;
    if (written == null) {
      return; // Said already.
    }
    List<String> types = Nodes.members(written, "content").stream().map(LocatedNode::key).toList();
    if (!types.isEmpty() && types.stream().noneMatch(EventStreamExtension::covers)) {
      findings.error(
          RULE,
          extension.nameLocation(),
          FIELD
              + " is true, and the response "
              + response.key()
              + " is "
              + String.join(" or ", types),
          "add content " + EventStreamExtension.MEDIA_TYPE + " to it, or remove " + FIELD);
    }
  }

  /** {@return the response that is the stream, perhaps a reference; null when there is none} */
  static @Nullable LocatedNode response(LocatedNode operation) {
    LocatedNode responses = Nodes.object(operation, "responses");
    if (responses == null) {
      return null;
    }
    for (String status : EventStreamExtension.STATUSES) {
      LocatedNode response = responses.member(status);
      if (response != null) {
        return response;
      }
    }
    return null;
  }
}
