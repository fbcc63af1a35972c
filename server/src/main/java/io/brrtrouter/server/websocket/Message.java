package io.brrtrouter.server.websocket;

import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A message (RFC 6455 section 5.6). */
public sealed interface Message {

  /**
   * Text, sent in UTF-8.
   *
   * @param text the text
   */
  record Text(String text) implements Message {
    /** Refuses null. */
    public Text {
      Objects.requireNonNull(text, "a message has a text");
    }

    /**
     * {@return the text as a JSON value}
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON; where the document has a schema
     *     for what clients send, a message that gets here is
     */
    public JsonNode json() {
      return JsonMapper.shared().readTree(text);
    }

    /**
     * {@return the text as JSON in a Java type, by Jackson's rules and annotations}
     *
     * @param <T> the type
     * @param type the type, a record for example
     * @throws tools.jackson.core.JacksonException if it does not fit
     */
    public <T> T as(Class<T> type) {
      return JsonMapper.shared().readValue(text, type);
    }
  }

  /**
   * Octets.
   *
   * @param octets the octets; not copied, must not be changed afterwards
   */
  @SuppressWarnings("ArrayRecordComponent") // identity of the content is never asked for
  record Binary(byte[] octets) implements Message {
    /** Refuses null. */
    public Binary {
      Objects.requireNonNull(octets, "a message has octets");
    }
  }

  /**
   * {@return a message with JSON as text}
   *
   * @param value what {@link io.brrtrouter.server.http.HttpResponse#json(int, Object)} takes: a
   *     JSON value, a record, a collection
   * @throws tools.jackson.core.JacksonException if Jackson can make nothing of it
   */
  static Text json(Object value) {
    return new Text(
        value instanceof JsonNode tree
            ? tree.toString()
            : JsonMapper.shared().writeValueAsString(value));
  }
}
