package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpResponse;

/**
 * Answers one operation. Called on a virtual thread and may block, unless it declares that it never
 * does. One instance serves all requests of its operations, so it must be safe for use by many
 * threads.
 */
@FunctionalInterface
public interface Handler {

  /**
   * Answers a request that has passed validation.
   *
   * @param request the request, decoded as the document says
   * @return the response, never null
   * @throws Exception anything; the client gets a 500 without detail and the log gets the exception
   */
  HttpResponse handle(Request request) throws Exception;

  /**
   * {@return whether {@link #handle} never blocks: no I/O, no locks others hold for long, no
   * waiting, no work of milliseconds} Such a handler runs on an event loop, without a thread of its
   * own and without a deadline, if every filter declares the same. One that blocks all the same
   * keeps all connections of its loop waiting.
   */
  default boolean neverBlocks() {
    return false;
  }

  /**
   * {@return a handler that answers as another one and declares that it never blocks}
   *
   * @param handler who answers; generated or not
   */
  static Handler neverBlocking(Handler handler) {
    return switch (handler) {
      case TypedHandler typed -> new NeverBlocking.Typed(typed);
      default -> new NeverBlocking.Untyped(handler);
    };
  }
}
