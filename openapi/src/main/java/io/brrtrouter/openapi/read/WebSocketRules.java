package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.openapi.model.WebSocketExtension.Messages;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules on {@code x-websocket} that {@link Grammar} cannot express. */
final class WebSocketRules {
  private static final String RULE = "extension-value";

  /** Messages of these are text or binary, and nothing in a message tells which. */
  private static final List<String> RANGES_OF_BOTH = List.of("*/*", "application/*");

  private final Session session;
  private final Findings findings;

  WebSocketRules(Session session) {
    this.session = session;
    this.findings = session.findings;
  }

  void webSocket(LocatedNode socket) {
    Map<String, LocatedNode> seen = new HashMap<>();
    for (LocatedNode subprotocol : Nodes.items(socket, "subprotocols")) {
      if (!subprotocol.node().isString()) {
        continue;
      }
      String name = subprotocol.node().stringValue();
      LocatedNode first = seen.putIfAbsent(name, subprotocol);
      if (!Names.isToken(name)) {
        findings.error(
            RULE,
            subprotocol.location(),
            "\"" + name + "\" is not the name of a subprotocol",
            "write letters, digits and " + Names.TOKEN_SYMBOLS + " only (RFC 6455 section 4.1)");
      } else if (first != null) {
        findings.error(
            RULE,
            subprotocol.location(),
            "the subprotocol \""
                + name
                + "\" is already in the list, in line "
                + first.location().line(),
            "keep one of the two");
      }
    }
  }

  /** A message has no Content-Type, so that its kind must tell what is in it. */
  void messages(LocatedNode messages) {
    LocatedNode json = null;
    for (LocatedNode type : Nodes.members(messages, "content")) {
      ContentRules.items(session, type, ContentRules.Use.VALUE);
      session.report.add(
          Messages.isText(type.key()) ? Feature.MESSAGE : Feature.MESSAGE_BINARY,
          type.key(),
          type.nameLocation());
      if (RANGES_OF_BOTH.contains(ContentRules.essence(type.key()))) {
        findings.error(
            RULE,
            type.nameLocation(),
            "messages of "
                + type.key()
                + " may be text or binary, and nothing in one tells its type",
            "write the media types one by one, or leave out \"" + messages.key() + "\"");
      }
      if (!Messages.isJson(type.key())) {
        continue;
      }
      if (json != null) {
        findings.error(
            RULE,
            type.nameLocation(),
            type.key()
                + " and "
                + json.key()
                + " are JSON, and nothing in a message tells which of the two it is",
            "keep one of the two, and tell them apart in its schema, with oneOf");
      } else {
        json = type;
      }
    }
  }

  /** What stands beside it on an operation. */
  void operation(LocatedNode operation) {
    LocatedNode body = operation.member("requestBody");
    if (operation.member(WebSocketExtension.FIELD) != null && body != null) {
      findings.error(
          "extension-conflict",
          body.nameLocation(),
          "a request that begins a WebSocket has no body",
          "describe what clients send under "
              + WebSocketExtension.FIELD
              + ".fromClient, or remove "
              + WebSocketExtension.FIELD);
    }
  }

  /** RFC 6455 section 4.1: the method of the request must be GET. */
  void method(LocatedNode operation, String method) {
    LocatedNode socket = operation.member(WebSocketExtension.FIELD);
    if (socket != null && !method.equals("GET")) {
      findings.error(
          "extension-conflict",
          socket.nameLocation(),
          WebSocketExtension.FIELD + " is on a " + method + ", and a WebSocket begins with GET",
          "move the operation to \"get\"");
    }
  }
}
