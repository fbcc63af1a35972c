package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the text of a header field is: simple style, OpenAPI 3.1.1 section 4.8.12.2.1.
sealed interface Shape {

  /// {@return the value of a text; null if it has none}
  @Nullable JsonNode read(String text);

  /// {@return the same shape, in which what can be anything is a text}
  Shape asTexts();

  /// One value.
  enum One implements Shape {
    /// The text itself.
    TEXT,
    /// A number, `true` or `false`.
    LITERAL,
    /// A number, `true` or `false` if it is one, else the text itself.
    ANY,
    /// Any JSON.
    JSON;

    @Override
    public @Nullable JsonNode read(String text) {
      JsonNode literal = this == TEXT ? null : json(text);
      return switch (this) {
        case TEXT -> JsonNodeFactory.instance.stringNode(text);
        case LITERAL -> literal != null && isLiteral(literal) ? literal : null;
        case ANY -> literal != null && isLiteral(literal) ? literal : TEXT.read(text);
        case JSON -> literal;
      };
    }

    @Override
    public Shape asTexts() {
      return this == ANY ? TEXT : this;
    }

    private static boolean isLiteral(JsonNode value) {
      return value.isNumber() || value.isBoolean();
    }

    private static @Nullable JsonNode json(String text) {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      return JsonReader.read(octets, JsonLimits.DEFAULT) instanceof ParsedJson.Valid(JsonNode tree)
          ? tree
          : null;
    }
  }

  /// A list; empty items do not count (RFC 9110 section 5.6.1).
  ///
  /// @param items each of its items
  record Items(Shape items) implements Shape {

    @Override
    public @Nullable JsonNode read(String text) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (String part : text.split(",", -1)) {
        JsonNode item = part.isBlank() ? null : items.read(part.strip());
        if (item != null) {
          array.add(item);
        } else if (!part.isBlank()) {
          return null;
        }
      }
      return array;
    }

    @Override
    public Shape asTexts() {
      return new Items(items.asTexts());
    }
  }

  /// An object.
  ///
  /// @param explode whether its members are written `name=value`
  /// @param known the members by name
  /// @param others all other members
  record Members(boolean explode, Map<String, Shape> known, Shape others) implements Shape {

    @Override
    public @Nullable JsonNode read(String text) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      String[] parts = text.isBlank() ? new String[0] : text.split(",", -1);
      for (int i = 0; i < parts.length; i += explode ? 1 : 2) {
        String[] pair = explode ? parts[i].split("=", 2) : pair(parts, i);
        if (pair.length < 2) {
          return null;
        }
        String name = pair[0].strip();
        JsonNode value = known.getOrDefault(name, others).read(pair[1].strip());
        if (value == null) {
          return null;
        }
        object.set(name, value);
      }
      return object;
    }

    @Override
    public Shape asTexts() {
      Map<String, Shape> texts = new HashMap<>();
      known.forEach((name, shape) -> texts.put(name, shape.asTexts()));
      return new Members(explode, texts, others.asTexts());
    }

    private static String[] pair(String[] parts, int i) {
      return i + 1 < parts.length ? new String[] {parts[i], parts[i + 1]} : new String[0];
    }
  }
}
