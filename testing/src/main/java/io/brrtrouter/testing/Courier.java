package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import java.util.List;

/** Takes requests to a server. Safe for use by many threads. */
sealed interface Courier extends AutoCloseable
    permits InProcessCourier, SocketCourier, InformedCourier {

  /**
   * Sends a request and waits for the head of the response.
   *
   * @param method the method's token
   * @param target path and query, percent-encoded
   * @param headers the header fields
   * @param body the content, empty for none
   * @return the response, to be closed
   */
  Incoming open(String method, String target, Headers headers, byte[] body);

  /**
   * {@return what the response check found wrong with a response until now; each is told once}
   *
   * @param headers the header fields of the response
   */
  default List<String> violations(Headers headers) {
    return List.of();
  }

  @Override
  void close();
}
