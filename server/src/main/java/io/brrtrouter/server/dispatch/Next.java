package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpResponse;

/** What a {@link Filter} wraps: the remaining filters, decoding, the handler and its check. */
@FunctionalInterface
public interface Next {

  /**
   * Goes on with an exchange.
   *
   * @param exchange the exchange the filter was given
   * @return the response; a refused request is a response too, with a problem as content
   * @throws Exception what the handler, or a filter further in, threw
   */
  HttpResponse proceed(Exchange exchange) throws Exception;
}
