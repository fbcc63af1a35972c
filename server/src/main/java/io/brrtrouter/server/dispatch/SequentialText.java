package io.brrtrouter.server.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** One item of a sequential media type (OpenAPI 3.2 section 4.14.2) as it is sent. */
final class SequentialText {
  private SequentialText() {}

  static byte[] of(String type, JsonNode item) {
    String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    String text =
        switch (essence) {
          case "text/event-stream" -> event(item);
          case "application/json-seq" -> "\u001e" + item + "\n";
          default -> item + "\n";
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The fields of an event in the words of the HTML standard section 9.2.6. */
  private static String event(JsonNode item) {
    StringBuilder event = new StringBuilder();
    if (item.isObject()) {
      item.properties().forEach(field -> line(event, field.getKey(), field.getValue()));
    } else {
      line(event, "data", item);
    }
    return event.append('\n').toString();
  }

  private static void line(StringBuilder event, String field, JsonNode value) {
    String text = value.isString() ? value.stringValue() : value.toString();
    for (String line : text.split("\r\n|[\r\n]", -1)) {
      event.append(field).append(": ").append(line).append('\n');
    }
  }
}
