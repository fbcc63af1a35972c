package io.brrtrouter.server.http;

import tools.jackson.databind.JsonNode;

/** What a response carries. */
public sealed interface Body {

  /** Nothing. */
  Body EMPTY = new Empty();

  /** No content. */
  record Empty() implements Body {}

  /**
   * Bytes ready to send.
   *
   * @param bytes the content; not copied, must not be changed afterwards
   */
  @SuppressWarnings("ArrayRecordComponent") // identity of the content is never asked for
  record Bytes(byte[] bytes) implements Body {}

  /**
   * A JSON value, written in UTF-8 when the response is sent.
   *
   * @param value the value; must not be changed afterwards
   */
  record Json(JsonNode value) implements Body {}
}
