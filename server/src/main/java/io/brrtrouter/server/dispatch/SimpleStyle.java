package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonEncoder;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writes values of header fields in simple style (RFC 6570 section 3.2.2), unencoded. */
final class SimpleStyle {
  private SimpleStyle() {}

  /** {@return the text of a value that has a codec} */
  static <T> String text(JsonEncoder<T> encoder, T value, boolean explode) {
    byte[] json = Json.encode(encoder, value, Checks.SYNTAX).json();
    if (JsonReader.read(json, JsonLimits.DEFAULT) instanceof ParsedJson.Valid(JsonNode tree)) {
      return text(tree, explode);
    }
    throw new IllegalArgumentException("no text for a value of " + json.length + " octets of JSON");
  }

  static String text(JsonNode value, boolean explode) {
    List<String> items = new ArrayList<>();
    if (value.isObject()) {
      value
          .properties()
          .forEach(member ->
              items.add(member.getKey() + (explode ? "=" : ",") + scalar(member.getValue())));
    } else if (value.isArray()) {
      value.forEach(item -> items.add(scalar(item)));
    } else {
      items.add(scalar(value));
    }
    return String.join(",", items);
  }

  private static String scalar(JsonNode value) {
    return value.isString() ? value.stringValue() : value.isNull() ? "" : value.toString();
  }
}
