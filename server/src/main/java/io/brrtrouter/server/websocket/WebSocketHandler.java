package io.brrtrouter.server.websocket;

/** Serves one WebSocket, with plain blocking code on a virtual thread. */
@FunctionalInterface
public interface WebSocketHandler {
  /**
   * Receives and sends messages. When this returns, the WebSocket is closed with 1000 unless it is
   * closed already.
   *
   * @param socket the WebSocket
   * @throws Exception if something failed: it is logged, and the WebSocket is closed with 1011; one
   *     that only says that the WebSocket is closed passes
   */
  void handle(WebSocket socket) throws Exception;
}
