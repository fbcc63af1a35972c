package io.brrtrouter.server.websocket;

/** WebSockets over real sockets. */
class WebSocketTest {
  static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Chat, version: "1"}
      paths:
        /chat:
          get:
            operationId: chat
            x-websocket: {subprotocols: [chat.v2, chat.v1]}
            responses:
              "101": {description: the chat begins}
      """;
}
