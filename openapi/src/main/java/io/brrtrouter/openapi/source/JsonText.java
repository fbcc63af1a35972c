package io.brrtrouter.openapi.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads strict JSON (RFC 8259) with places. Duplicate members are findings, the first stays. */
final class JsonText {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String RULE = "json-syntax";

  private final String text;
  private final DocumentLimits limits;
  private final Problems problems;
  private int at;
  private int line = 1;

  /** Offset that would be column 0; surrogate pairs of the line are added as they pass. */
  private int lineStart = -1;

  private int nodes;

  private JsonText(String text, DocumentLimits limits, Problems problems) {
    this.text = text;
    this.limits = limits;
    this.problems = problems;
  }

  /**
   * Reads the value of a text.
   *
   * @throws Problems.Unreadable after adding the reason
   */
  static YamlComposer.Composed read(String text, DocumentLimits limits, Problems problems) {
    JsonText reader = new JsonText(text, limits, problems);
    reader.space();
    if (reader.at == text.length()) {
      throw problems.fatal(
          "document-empty", 1, 1, "the file has no content", "write an OpenAPI document into it");
    }
    YamlComposer.Composed root = reader.value(1);
    reader.space();
    if (reader.at < text.length()) {
      throw reader.refuse("text follows the end of the JSON value", "remove it");
    }
    return root;
  }

  private YamlComposer.Composed value(int depth) {
    if (depth > limits.depth()) {
      throw problems.fatal(
          "nesting-too-deep",
          line,
          column(),
          "values are nested deeper than " + limits.depth() + " levels",
          "flatten the document or move parts of it behind a $ref");
    }
    if (++nodes > limits.nodes()) {
      throw problems.fatal(
          "too-many-nodes",
          line,
          column(),
          "the file holds more than "
              + String.format(Locale.ROOT, "%,d", limits.nodes())
              + " values",
          "split the document into files");
    }
    int startLine = line;
    int startColumn = column();
    return switch (peek()) {
      case '{' -> object(startLine, startColumn, depth);
      case '[' -> array(startLine, startColumn, depth);
      case '"' -> scalar(NODES.stringNode(string()), startLine, startColumn);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          scalar(number(), startLine, startColumn);
      case 't' -> scalar(word("true", NODES.booleanNode(true)), startLine, startColumn);
      case 'f' -> scalar(word("false", NODES.booleanNode(false)), startLine, startColumn);
      case 'n' -> scalar(word("null", NODES.nullNode()), startLine, startColumn);
      case '\'' -> throw refuse("a string begins with a single quote", "use double quotes");
      case '/', '#' -> throw refuse("JSON has no comments", "remove the comment");
      case 'T', 'F', 'N' ->
          throw refuse("a JSON value should stand here", "write true, false or null in lower case");
      default -> throw refuse("a JSON value should stand here", "write one, or remove the comma");
    };
  }

  private static YamlComposer.Composed scalar(JsonNode node, int line, int column) {
    return new YamlComposer.Composed(node, new Place(line, column, null));
  }

  private YamlComposer.Composed array(int startLine, int startColumn, int depth) {
    ArrayNode array = NODES.arrayNode();
    List<Place> places = new ArrayList<>();
    at++;
    space();
    if (peek() != ']') {
      do {
        space();
        YamlComposer.Composed item = value(depth + 1);
        array.add(item.node());
        places.add(item.place());
        space();
      } while (comma(']', "array"));
    }
    at++;
    return new YamlComposer.Composed(
        array, new Place(startLine, startColumn, places.toArray(Place[]::new)));
  }

  private YamlComposer.Composed object(int startLine, int startColumn, int depth) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    Map<String, Place> places = new HashMap<>();
    at++;
    space();
    if (peek() != '}') {
      do {
        member(members, places, depth);
      } while (comma('}', "object"));
    }
    at++;
    return new YamlComposer.Composed(
        new ObjectNode(NODES, members), new Place(startLine, startColumn, places));
  }

  private void member(Map<String, JsonNode> members, Map<String, Place> places, int depth) {
    space();
    if (peek() != '"') {
      throw refuse("a member name in double quotes should stand here", memberFix());
    }
    int nameLine = line;
    int nameColumn = column();
    String name = string();
    space();
    if (peek() != ':') {
      throw refuse("a colon should follow the member name", "write \"name\": value");
    }
    at++;
    space();
    YamlComposer.Composed value = value(depth + 1);
    space();
    Place first = places.get(name);
    if (first == null) {
      members.put(name, value.node());
      places.put(name, value.place().named(nameLine, nameColumn));
    } else {
      problems.add(
          "duplicate-key",
          nameLine,
          nameColumn,
          "\"" + name + "\" is already defined in line " + first.nameLine,
          "keep one of the two");
    }
  }

  private String memberFix() {
    return switch (peek()) {
      case '}' -> "remove the comma";
      case '/', '#' -> "remove the comment; JSON has none";
      case '\'' -> "use double quotes";
      default -> "write \"name\": value";
    };
  }

  /** Whether another entry follows; leaves the closing bracket unread. */
  private boolean comma(char close, String what) {
    int c = peek();
    if (c == ',') {
      at++;
      return true;
    }
    if (c != close) {
      throw refuse(
          "a comma or the end of the " + what + " should stand here", "write , or " + close);
    }
    return false;
  }

  private JsonNode word(String word, JsonNode node) {
    if (!text.startsWith(word, at)) {
      throw refuse("a JSON value should stand here", "write true, false or null in lower case");
    }
    at += word.length();
    return node;
  }

  private JsonNode number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int whole = at;
    digits();
    boolean leadingZero = text.charAt(whole) == '0' && at > whole + 1;
    boolean integer = true;
    if (peek() == '.') {
      at++;
      digits();
      integer = false;
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
      integer = false;
    }
    if (leadingZero) {
      at = start;
      throw refuse("a number has a leading zero", "remove the zero");
    }
    String number = text.substring(start, at);
    JsonNode node = null;
    if (number.length() <= Numbers.MAX_LENGTH) {
      node = integer ? Numbers.integer(number, 10) : Numbers.decimal(number);
    }
    if (node == null) {
      at = start;
      throw refuse(
          "the number is longer or larger than anything this reader holds",
          "write a finite number");
    }
    return node;
  }

  private void digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw refuse("a digit should stand here", "write the number as in 1, -2.5 or 3e8");
    }
  }

  private String string() {
    int start = ++at;
    int end = start;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\\') {
      char c = text.charAt(end);
      if (c < ' ') {
        at = end;
        throw refuse(
            "a string contains a control character", "write it as an escape, for example \\n");
      }
      if (Character.isLowSurrogate(c)) {
        lineStart++;
      }
      end++;
    }
    at = end;
    if (peek() == '"') {
      at++;
      return text.substring(start, end);
    }
    return escaped(new StringBuilder(text.substring(start, end)));
  }

  private String escaped(StringBuilder value) {
    while (true) {
      int c = peek();
      if (c < ' ') {
        throw refuse(
            c < 0 ? "a string is not closed" : "a string contains a control character",
            c < 0 ? "close the string" : "write it as an escape, for example \\n");
      }
      at++;
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\') {
        escape(value);
      } else {
        if (Character.isLowSurrogate((char) c)) {
          lineStart++;
        }
        value.append((char) c);
      }
    }
  }

  private void escape(StringBuilder value) {
    int c = peek();
    int index = "\"\\/bfnrt".indexOf(c);
    if (c >= 0 && index >= 0) {
      value.append("\"\\/\b\f\n\r\t".charAt(index));
      at++;
      return;
    }
    if (c == 'u' && at + 5 <= text.length()) {
      int code = 0;
      for (int i = at + 1; i < at + 5 && code >= 0; i++) {
        int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
        code = digit < 0 ? -1 : code * 16 + digit;
      }
      if (code >= 0) {
        value.append((char) code);
        at += 5;
        return;
      }
    }
    throw refuse(
        "this is no escape of JSON", "use one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
  }

  private void space() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n' || (c == '\r' && !text.startsWith("\n", at + 1))) {
        line++;
        lineStart = at;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
      at++;
    }
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : -1;
  }

  private int column() {
    return at - lineStart;
  }

  private Problems.Unreadable refuse(String message, String fix) {
    boolean ended = at >= text.length();
    return problems.fatal(
        RULE,
        line,
        column(),
        "the text is not JSON: " + (ended ? "it ends too early, " + message : message),
        fix);
  }
}
