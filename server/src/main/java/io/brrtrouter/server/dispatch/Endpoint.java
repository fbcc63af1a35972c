package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;

/**
 * A built-in endpoint such as {@code /health}, answered to {@code GET} and {@code HEAD} where the
 * document has no matching path. Called on an event loop, so it must never block.
 */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers at once.
   *
   * @param request the head of a {@code GET} or {@code HEAD} request
   * @return the response, with the content a {@code GET} has
   */
  HttpResponse answer(HttpRequest request);
}
