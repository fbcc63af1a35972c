package io.brrtrouter.server.websocket;

import java.io.IOException;
import java.io.Serial;

/**
 * Nothing is sent any more: the WebSocket is closed. Not an error of whoever sends, who lets it
 * pass.
 */
public final class WebSocketClosedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final int code;

  WebSocketClosedException(CloseStatus status) {
    super("the WebSocket is closed: " + status);
    this.code = status.code();
  }

  /** {@return the status code with which it was closed} */
  public int code() {
    return code;
  }
}
