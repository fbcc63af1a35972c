package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpResponse;

/**
 * Wraps everything that happens to a request once its body is there. Filters run in the order they
 * were added, the first outermost, on the request's own virtual thread unless all of them and the
 * handler declare that they never block, so they may block and may bind {@link ScopedValue}s around
 * {@link Next#proceed}. Safe for use by many threads.
 *
 * <p>Requests refused from their head alone (no such path, too large, no credential) never reach a
 * filter; an {@link ExchangeListener} sees those too.
 */
@FunctionalInterface
public interface Filter {

  /**
   * Answers an exchange, usually by calling {@code next} and returning its response, changed or
   * not.
   *
   * @param exchange the request and its operation
   * @param next the rest of the way
   * @return the response, never null
   * @throws Exception anything; the client gets a 500 without detail
   */
  HttpResponse filter(Exchange exchange, Next next) throws Exception;

  /**
   * {@return whether this filter never blocks by itself} Only if all filters declare it can an
   * operation whose {@linkplain Handler#neverBlocks handler never blocks} do without a thread.
   */
  default boolean neverBlocks() {
    return false;
  }
}
