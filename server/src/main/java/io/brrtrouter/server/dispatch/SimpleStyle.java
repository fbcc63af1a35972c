package io.brrtrouter.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writes values of header fields in simple style (RFC 6570 section 3.2.2), unencoded. */
final class SimpleStyle {
  private SimpleStyle() {}

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
