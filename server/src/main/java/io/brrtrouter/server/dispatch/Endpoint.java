package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import java.util.function.Supplier;

/**
 * A built-in endpoint such as {@code /health}, answered to {@code GET} and {@code HEAD} where the
 * document has no matching path. Content of a request is ignored.
 */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers at once, or says what has to be done first. Called on an event loop, so it must never
   * block.
   *
   * @param request the head of a {@code GET} or {@code HEAD} request
   * @return the answer
   */
  Answer answer(HttpRequest request);

  /**
   * {@return whether only this machine may ask: the host of the request has to be one of its names,
   * and no page of another site may send it or read the answer, whatever the CORS policy says}
   */
  default boolean isForThisMachine() {
    return false;
  }

  /** An answer that is there, or one that takes a thread. */
  sealed interface Answer {}

  /**
   * The answer is there.
   *
   * @param response the response, with the content a {@code GET} has
   */
  record Now(HttpResponse response) implements Answer {}

  /**
   * The answer needs work that an event loop has no time for.
   *
   * @param work makes the response on a virtual thread; may block
   */
  record Later(Supplier<HttpResponse> work) implements Answer {}
}
