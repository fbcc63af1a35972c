package io.brrtrouter.server.websocket;

import java.io.IOException;
import java.io.Serial;

/** What came is not to be read on, and why. */
final class FrameException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient CloseStatus status;

  FrameException(int code, String reason) {
    super(reason);
    this.status = CloseStatus.cut(code, reason);
  }

  static FrameException protocol(String reason) {
    return new FrameException(CloseStatus.PROTOCOL_ERROR, reason);
  }

  CloseStatus status() {
    return status;
  }
}
