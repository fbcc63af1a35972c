package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonEncoder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes values of header fields in simple style (RFC 6570 section 3.2.2), unencoded. What the
 * style cannot express, such as an item with a comma, is refused and not written as something else;
 * generated clients refuse the same in requests.
 */
final class SimpleStyle {
  /** Numbers of more digits than this are written with an exponent. */
  private static final int LONGEST = 400;

  private static final String SEPARATOR = ",";

  private SimpleStyle() {}

  /**
   * {@return the text of a value that has a codec}
   *
   * @throws IllegalArgumentException if the style has no text for it
   */
  static <T> String text(JsonEncoder<T> encoder, T value, boolean explode) {
    return text(tree(encoder, value), explode);
  }

  /**
   * {@return the text of a value}
   *
   * @throws IllegalArgumentException if the style has no text for it
   */
  static String text(JsonNode value, boolean explode) {
    if (!value.isContainer()) {
      return scalar(value);
    }
    List<String> items = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(item -> items.add(item(item)));
    } else {
      String pair = explode ? "=" : SEPARATOR;
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        items.add(name(member.getKey(), pair) + pair + item(member.getValue()));
      }
    }
    return String.join(SEPARATOR, items);
  }

  /** Names of members may be data, which no message repeats: it may end in a log. */
  private static String name(String name, String pair) {
    if (name.contains(SEPARATOR) || name.contains(pair)) {
      String sign = name.contains(SEPARATOR) ? SEPARATOR : pair;
      throw cannot("have a member with \"" + sign + "\" in its name, which is a separator and has");
    }
    return name;
  }

  private static String item(JsonNode item) {
    String text = scalar(item);
    if (text.contains(SEPARATOR)) {
      throw cannot("have an item with \"" + SEPARATOR + "\", which separates items and has");
    }
    if (!text.equals(text.strip()) || text.isEmpty()) {
      throw cannot("have an item that is empty or begins or ends with a space, and has");
    }
    return text;
  }

  private static IllegalArgumentException cannot(String problem) {
    return new IllegalArgumentException("cannot " + problem + " no escape in its style");
  }

  /**
   * {@return the text of a scalar that has a codec; anything else as JSON}
   *
   * @throws IllegalArgumentException if it is null
   */
  static <T> String scalar(JsonEncoder<T> encoder, T value) {
    return scalar(tree(encoder, value));
  }

  private static String scalar(JsonNode value) {
    if (value.isNull()) {
      throw new IllegalArgumentException("cannot have a null, which no text stands for");
    }
    if (value.isString()) {
      return value.stringValue();
    }
    return value.isNumber() ? plain(value.decimalValue()) : value.toString();
  }

  /** {@return a number in digits, unless there would be too many} */
  static String plain(BigDecimal number) {
    boolean isShort =
        Math.abs((long) number.precision() - number.scale()) < LONGEST
            && Math.abs((long) number.scale()) < LONGEST;
    return isShort ? number.toPlainString() : number.toString();
  }

  private static <T> JsonNode tree(JsonEncoder<T> encoder, T value) {
    byte[] json = Json.encode(encoder, value, Checks.SYNTAX).json();
    ParsedJson parsed = JsonReader.read(json, JsonLimits.DEFAULT);
    if (parsed instanceof ParsedJson.Valid(JsonNode tree)) {
      return tree;
    }
    throw new IllegalArgumentException("has no text for " + json.length + " octets of JSON");
  }

  /** {@return a value as JSON of ASCII, which every reader of header fields understands} */
  static <T> String json(JsonEncoder<T> encoder, T value) {
    return ascii(
        new String(Json.encode(encoder, value, Checks.SYNTAX).json(), StandardCharsets.UTF_8));
  }

  /** {@return JSON with everything beyond ASCII escaped} */
  static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c > '~') {
        ascii.append("\\u%04x".formatted((int) c));
      } else {
        ascii.append(c);
      }
    }
    return ascii.toString();
  }
}
