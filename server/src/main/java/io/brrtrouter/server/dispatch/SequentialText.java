package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.SequentialMediaType;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** One JSON value as an item of a sequential media type (OpenAPI 3.2 section 4.14.2). */
public final class SequentialText {
  private static final byte RS = 0x1E;
  private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n]");

  private SequentialText() {}

  /** {@return an item as it is sent; of what has no items a line} */
  static byte[] of(String type, JsonNode item) {
    return of(SequentialMediaType.of(type).orElse(SequentialMediaType.JSON_LINES), item);
  }

  /**
   * {@return an item as it is sent, in UTF-8}
   *
   * @param kind the kind of media type; of parts there is only the text
   * @param item the value; of an event the fields
   */
  public static byte[] of(SequentialMediaType kind, JsonNode item) {
    return switch (kind) {
      case EVENTS -> event(item).getBytes(StandardCharsets.UTF_8);
      case JSON_SEQUENCE -> line(true, JsonText.of(item));
      case JSON_LINES, PARTS -> line(false, JsonText.of(item));
    };
  }

  /**
   * {@return a JSON text as an item of JSON Lines or of a JSON sequence}
   *
   * @param kind which of the two
   * @param json the text, on one line
   */
  public static byte[] of(SequentialMediaType kind, byte[] json) {
    return line(kind == SequentialMediaType.JSON_SEQUENCE, json);
  }

  private static byte[] line(boolean sequence, byte[] text) {
    int from = sequence ? 1 : 0;
    byte[] line = new byte[from + text.length + 1];
    if (sequence) {
      line[0] = RS;
    }
    System.arraycopy(text, 0, line, from, text.length);
    line[line.length - 1] = '\n';
    return line;
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
    for (String line : LINE_END.split(text, -1)) {
      event.append(field).append(": ").append(line).append('\n');
    }
  }
}
