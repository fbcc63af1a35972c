package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Body;

/**
 * Prepared content of a mock.
 *
 * @param name the example's name, {@code ""} for one without
 * @param body the content as bytes
 */
record MockBody(String name, Body body) {
  /** The content of a response that has none. */
  static final MockBody NONE = new MockBody("", Body.EMPTY);
}
