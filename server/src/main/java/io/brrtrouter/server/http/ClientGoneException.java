package io.brrtrouter.server.http;

import java.io.IOException;
import java.io.Serial;

/**
 * Nobody reads the content of a response any more: the client has closed the connection or reset
 * the stream, has kept the server waiting for too long, or the server was closed. Writing that
 * content fails with this, and so does reading what came with the request, also once it has been
 * answered. Not an error of whoever writes or reads, who lets it pass.
 */
public final class ClientGoneException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Says that the client has gone. */
  public ClientGoneException() {
    super("the client does not read the response any more");
  }
}
