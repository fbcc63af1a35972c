package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpResponse;

/**
 * Answers one operation. Called on a virtual thread and may block. One instance serves all requests
 * of its operations, so it must be safe for use by many threads.
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
}
