package io.brrtrouter.codegen.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// Values in the styles of OpenAPI 3.1.1 section 4.8.12.2.1. What a style cannot express, such as
/// an item with a comma in a header field, is refused and not sent as something else.
final class StyledText {
  private final String what;
  private final UnaryOperator<String> names;
  private final UnaryOperator<String> encoding;
  private final String forbidden;

  /// How texts are written.
  ///
  /// @param what what is written, for messages
  /// @param names encodes names
  /// @param encoding encodes values
  /// @param forbidden characters that items cannot have, because they would separate
  private StyledText(
      String what, UnaryOperator<String> names, UnaryOperator<String> encoding, String forbidden) {
    this.what = what;
    this.names = names;
    this.encoding = encoding;
    this.forbidden = forbidden;
  }

  /// {@return the value of a path parameter}
  static String path(String name, Style style, boolean explode, JsonNode value) {
    StyledText text = percentEncoded("path parameter \"" + name + "\"");
    return switch (style) {
      case LABEL -> "." + label(name).joined(value, explode ? "." : ",", explode ? "=" : ",");
      case MATRIX -> ";" + String.join(";", text.fields(name, style, explode, value));
      default -> text.joined(value, ",", explode ? "=" : ",");
    };
  }

  private static StyledText percentEncoded(String what) {
    return new StyledText(what, Percent::encode, Percent::encode, "");
  }

  /// Labels are separated by a character that is otherwise never encoded.
  private static StyledText label(String name) {
    UnaryOperator<String> encoding = item -> Percent.encode(item).replace(".", "%2E");
    return new StyledText("path parameter \"" + name + "\"", encoding, encoding, "");
  }

  /// {@return the fields of a query parameter}
  static List<String> query(
      String name, Style style, boolean explode, boolean allowReserved, JsonNode value) {
    return query("query parameter \"" + name + "\"", name, style, explode, allowReserved, value);
  }

  /// {@return the fields of a form}
  static List<String> field(String name, Style style, boolean explode, JsonNode value) {
    return query("form field \"" + name + "\"", name, style, explode, false, value);
  }

  private static List<String> query(
      String what,
      String name,
      Style style,
      boolean explode,
      boolean allowReserved,
      JsonNode value) {
    String separator = style == Style.SPACE_DELIMITED ? " " : "|";
    boolean isDelimited = style == Style.SPACE_DELIMITED || style == Style.PIPE_DELIMITED;
    UnaryOperator<String> encoding = allowReserved ? Percent::encodeReserved : Percent::encode;
    return new StyledText(what, Percent::encode, encoding, isDelimited && !explode ? separator : "")
        .fields(name, style, explode, value);
  }

  /// {@return the pairs of a cookie parameter}
  static List<String> cookie(String name, Style style, boolean explode, JsonNode value) {
    String what = "cookie parameter \"" + name + "\"";
    return style == Style.COOKIE
        ? unencoded(what, explode ? "" : ",").fields(name, style, explode, value)
        : percentEncoded(what).fields(name, style, explode, value);
  }

  private static StyledText unencoded(String what, String forbidden) {
    return new StyledText(what, item -> item, item -> item, forbidden);
  }

  /// {@return the value of a header field}
  static String header(String name, boolean explode, JsonNode value) {
    StyledText text = unencoded("header parameter \"" + name + "\"", ",");
    for (JsonNode item : value) {
      String plain = text.plain(item);
      if (plain.isEmpty() || !plain.strip().equals(plain)) {
        throw text.cannot("have an item that is empty or begins or ends with a space, and has no");
      }
    }
    return text.joined(value, ",", explode ? "=" : ",");
  }

  private List<String> fields(String name, Style style, boolean explode, JsonNode value) {
    List<String> fields = new ArrayList<>();
    String head = names.apply(name) + "=";
    if (style == Style.DEEP_OBJECT && value.isObject()) {
      members(Percent.encode(name), value, fields);
    } else if (explode && value.isObject()) {
      exploded(value, fields);
    } else if (explode && value.isArray() && !value.isEmpty()) {
      value.forEach(item -> fields.add(head + text(item)));
    } else {
      String between =
          switch (style) {
            case SPACE_DELIMITED -> "%20";
            case PIPE_DELIMITED -> "%7C";
            default -> ",";
          };
      fields.add(head + joined(value, between, between));
    }
    return fields;
  }

  /// Members of an object as fields of their own; several for a list.
  private void exploded(JsonNode object, List<String> fields) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String head = name(member.getKey(), "=") + "=";
      if (member.getValue().isArray() && !member.getValue().isEmpty()) {
        member.getValue().forEach(item -> fields.add(head + text(item)));
      } else {
        fields.add(head + (member.getValue().isArray() ? "" : text(member.getValue())));
      }
    }
  }

  private void members(String head, JsonNode object, List<String> fields) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getKey().matches("|.*[\\[\\]].*")) {
        throw cannot("have a member \"" + member.getKey() + "\": names in brackets have no");
      }
      String own = head + "%5B" + Percent.encode(member.getKey()) + "%5D";
      JsonNode value = member.getValue();
      if (value.isObject()) {
        members(own, value, fields);
      } else if (value.isArray() && !value.isEmpty()) {
        value.forEach(item -> fields.add(own + "=" + text(item)));
      } else {
        fields.add(own + "=" + (value.isArray() ? "" : text(value)));
      }
    }
  }

  private String joined(JsonNode value, String between, String pair) {
    List<String> items = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(item -> items.add(text(item)));
    } else if (value.isObject()) {
      value.forEachEntry((name, member) -> items.add(name(name, pair) + pair + text(member)));
    } else {
      return encoding.apply(plain(value));
    }
    return String.join(between, items);
  }

  private String text(JsonNode item) {
    return encoded(plain(item));
  }

  private String plain(JsonNode value) {
    return Values.text(what, value);
  }

  private String name(String name, String pair) {
    String text = names.apply(name);
    if (text.contains(pair)) {
      throw cannot("have a member \"" + name + "\": \"" + pair + "\" in names has no");
    }
    return text;
  }

  private String encoded(String item) {
    for (int i = 0; i < forbidden.length(); i++) {
      if (item.indexOf(forbidden.charAt(i)) >= 0) {
        throw cannot(
            "have an item with \"" + forbidden.charAt(i) + "\", which separates items and has no");
      }
    }
    return encoding.apply(item);
  }

  private IllegalArgumentException cannot(String problem) {
    return new IllegalArgumentException(what + " cannot " + problem + " escape in its style");
  }
}
