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

  /** {@return the event that an object of its fields describes} */
  static Event event(byte[] json) {
    JsonNode fields = tree(json);
    JsonNode data = fields.path("data");
    Event event = Event.of(data.isString() ? data.stringValue() : data.toString());
    if (fields.path("event").isString()) {
      event = event.withName(fields.path("event").stringValue());
    }
    if (fields.path("id").isString()) {
      event = event.withId(fields.path("id").stringValue());
    }
    if (fields.path("retry").isIntegralNumber()) {
      event = event.withRetry(Duration.ofMillis(fields.path("retry").longValue()));
    }
    return event;
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
