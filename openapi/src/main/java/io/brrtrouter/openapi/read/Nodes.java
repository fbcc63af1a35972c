package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads fields that have the right type and takes the others for absent. */
final class Nodes {
  private Nodes() {}

  /** {@return whether two values are the same value written once, not merely equal} */
  @SuppressWarnings("ReferenceEquality")
  static boolean same(JsonNode a, JsonNode b) {
    return a == b;
  }

  static @Nullable String text(LocatedNode object, String field) {
    JsonNode value = object.node().path(field);
    return value.isString() ? value.stringValue() : null;
  }

  static Optional<String> optional(LocatedNode object, String field) {
    return Optional.ofNullable(text(object, field));
  }

  static String text(LocatedNode object, String field, String absent) {
    String text = text(object, field);
    return text == null ? absent : text;
  }

  static boolean flag(LocatedNode object, String field) {
    return optionalFlag(object, field).orElse(false);
  }

  static Optional<Boolean> optionalFlag(LocatedNode object, String field) {
    JsonNode value = object.node().path(field);
    return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
  }

  static boolean has(LocatedNode object, String field) {
    return object.node().has(field);
  }

  /** {@return a member that is there for sure} */
  static LocatedNode required(LocatedNode object, String field) {
    LocatedNode member = object.member(field);
    if (member == null) {
      throw new IllegalArgumentException(object + " has no " + field);
    }
    return member;
  }

  static @Nullable LocatedNode object(LocatedNode object, String field) {
    LocatedNode member = object.member(field);
    return member != null && member.node().isObject() ? member : null;
  }

  static List<LocatedNode> items(LocatedNode object, String field) {
    LocatedNode member = object.member(field);
    return member == null ? List.of() : member.items();
  }

  static List<LocatedNode> members(LocatedNode object, String field) {
    LocatedNode member = object.member(field);
    return member == null ? List.of() : member.members();
  }

  static List<String> texts(LocatedNode object, String field) {
    return items(object, field).stream()
        .filter(item -> item.node().isString())
        .map(item -> item.node().stringValue())
        .toList();
  }

  static Optional<JsonNode> any(LocatedNode object, String field) {
    return Optional.ofNullable(object.node().get(field));
  }

  static Map<String, JsonNode> extensions(LocatedNode object) {
    Map<String, JsonNode> extensions = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.node().properties()) {
      if (entry.getKey().startsWith("x-")) {
        extensions.put(entry.getKey(), entry.getValue());
      }
    }
    return extensions;
  }
}
