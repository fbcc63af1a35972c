package io.brrtrouter.codegen.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Objects as `application/x-www-form-urlencoded`: OpenAPI 3.1.1 section 4.8.15.1.
final class FormText {
  private FormText() {}

  /// {@return the fields of an object, joined}
  static String of(JsonNode object, List<FormField> declared) {
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      FormField how = find(member.getKey(), declared);
      if (how != null && how.style() != null) {
        fields.addAll(
            StyledText.query(
                member.getKey(), how.style(), how.explode(), false, member.getValue()));
      } else {
        add(member.getKey(), member.getValue(), how == null ? "" : how.mediaType(), fields);
      }
    }
    return String.join("&", fields);
  }

  static @Nullable FormField find(String name, List<FormField> declared) {
    return declared.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  private static void add(String name, JsonNode value, String mediaType, List<String> fields) {
    if (value.isArray() && !value.isEmpty()) {
      value.forEach(item -> fields.add(field(name, text(item, mediaType))));
    } else {
      fields.add(field(name, value.isArray() ? "" : text(value, mediaType)));
    }
  }

  private static String field(String name, String text) {
    return Percent.encode(name) + "=" + Percent.encode(text);
  }

  /// {@return a value as its media type has it}
  static String text(JsonNode value, String mediaType) {
    return isJson(mediaType) ? value.toString() : Values.text(value);
  }

  static boolean isJson(String mediaType) {
    String bare = MediaTypes.bare(mediaType);
    return bare.endsWith("/json") || bare.endsWith("+json");
  }
}
