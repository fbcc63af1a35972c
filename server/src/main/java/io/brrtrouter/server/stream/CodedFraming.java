package io.brrtrouter.server.stream;

import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonEncoder;
import io.brrtrouter.server.dispatch.ItemContract;
import io.brrtrouter.server.dispatch.SequentialText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Items that generated code writes. Immutable.
 *
 * @param <T> what an item is
 * @param contentType the media type, as it is sent
 * @param kind what it is
 * @param encoder writes an item as JSON, an event as the object of its fields
 */
record CodedFraming<T>(String contentType, SequentialMediaType kind, JsonEncoder<T> encoder)
    implements Framing<T> {
  private static final byte[] SPACE = {'\n'};

  /** The server has made the text: nothing bounds it but what is sent in any way. */
  private static final JsonLimits OWN =
      new JsonLimits(
          JsonLimits.DEFAULT.depth(),
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Integer.MAX_VALUE,
          JsonLimits.DEFAULT.exponent());

  @Override
  public byte[] frame(T item, ItemContract contract, long number) {
    byte[] json =
        Json.encode(encoder, Objects.requireNonNull(item, "an item is a value"), Checks.SYNTAX)
            .json();
    if (kind == SequentialMediaType.EVENTS) {
      Event event = event(json);
      if (contract.isChecked()) {
        contract.requireEvent(event.fields(), number);
      }
      return event.octets();
    }
    if (contract.isChecked()) {
      contract.require(tree(json), number);
    }
    return SequentialText.of(kind, json);
  }

  /**
   * {@return the event that an object of its fields describes}
   *
   * @throws IllegalArgumentException if it has what no event has, or a field of a type that no
   *     event has
   */
  static Event event(byte[] json) {
    Event event = Event.of("");
    for (Map.Entry<String, JsonNode> field : tree(json).properties()) {
      JsonNode value = field.getValue();
      String name = field.getKey();
      event =
          switch (name) {
            // Code that answers with JSON sends it as its text.
            case "data" ->
                event.withData(value.isString() ? value.stringValue() : value.toString());
            case "event" -> value.isNull() ? event : event.withName(text(name, value));
            case "id" -> value.isNull() ? event : event.withId(text(name, value));
            case "retry" -> value.isNull() ? event : event.withRetry(milliseconds(value));
            default ->
                throw new IllegalArgumentException(
                    "an event has no field \""
                        + name
                        + "\", only data, event, id and retry; make it part of the data");
          };
    }
    return event;
  }

  private static String text(String field, JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    throw new IllegalArgumentException(
        "the field \"" + field + "\" of an event is text, and the item has " + kind(value));
  }

  private static Duration milliseconds(JsonNode value) {
    if (value.isNumber() && value.canConvertToLong() && value.canConvertToExactIntegral()) {
      return Duration.ofMillis(value.longValue());
    }
    throw new IllegalArgumentException(
        "the field \"retry\" of an event is a whole number of milliseconds, and the item has "
            + kind(value));
  }

  private static String kind(JsonNode value) {
    return value.isNumber()
        ? "the number " + value
        : "a value of type " + value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static JsonNode tree(byte[] json) {
    if (JsonReader.read(json, OWN) instanceof ParsedJson.Valid(JsonNode tree)) {
      return tree;
    }
    throw new IllegalArgumentException(
        "an item has more than " + OWN.depth() + " arrays and objects within each other");
  }

  /** White space behind a text is a part of it; on a line of its own it would be none. */
  @Override
  public byte @Nullable [] heartbeat(boolean begun) {
    if (kind == SequentialMediaType.EVENTS) {
      return EventSender.HEARTBEAT;
    }
    return begun && kind == SequentialMediaType.JSON_SEQUENCE ? SPACE : null;
  }
}
