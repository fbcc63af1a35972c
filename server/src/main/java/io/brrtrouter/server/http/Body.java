package io.brrtrouter.server.http;

import java.util.Objects;
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
  record Json(JsonNode value) implements Body {
    /** Refuses null here, where the handler is that made it, and not when the response is sent. */
    public Json {
      Objects.requireNonNull(value, "a JSON body needs a value; is there nothing to answer with?");
    }
  }
}
