package io.brrtrouter.server.cors;

import io.brrtrouter.server.http.Headers;

/** What a policy says about the origin of a request. */
public sealed interface OriginDecision {

  /** {@return the fields of every response to the request; none where there is no policy} */
  Headers headers();

  /**
   * The page may read the response.
   *
   * @param headers the fields that say so
   * @param preflight those on the answer to a preflight
   */
  record Allowed(Headers headers, Headers preflight) implements OriginDecision {}

  /**
   * Nothing is said: the request is not from a page of another origin, or the browser will keep the
   * response from it.
   *
   * @param headers for caches
   */
  record Unmentioned(Headers headers) implements OriginDecision {}

  /**
   * The request is refused: its page is of an origin that nobody has listed.
   *
   * @param headers for caches
   */
  record Refused(Headers headers) implements OriginDecision {}
}
