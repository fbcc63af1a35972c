package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;

/** Takes requests to a server. Safe for use by many threads. */
sealed interface Courier extends AutoCloseable
    permits InProcessCourier, SocketCourier, InformedCourier {

  /**
   * Sends a request and waits for the whole response.
   *
   * @param method the method's token
   * @param target path and query, percent-encoded
   * @param headers the header fields
   * @param body the content, empty for none
   * @return the response
   */
  TestResponse send(String method, String target, Headers headers, byte[] body);

  @Override
  void close();
}
