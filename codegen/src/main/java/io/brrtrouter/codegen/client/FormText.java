package io.brrtrouter.codegen.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Objects as `application/x-www-form-urlencoded`: OpenAPI 3.1.1 section 4.8.15.1.
final class FormText {
  private FormText() {}

  /// {@return the properties by their names}
  static Map<String, FormField> byName(List<FormField> declared) {
    return declared.stream().collect(Collectors.toMap(FormField::name, Function.identity()));
  }

  /// {@return the fields of an object, joined}
  static String of(JsonNode object, Map<String, FormField> declared) {
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      FormField how = declared.getOrDefault(name, FormField.plain(name));
      JsonNode value = how.written(member.getValue());
      if (how.style() != null) {
        fields.addAll(StyledText.field(name, how.style(), how.explode(), value));
      } else {
        add(name, value, how.mediaType(), fields);
      }
    }
    return String.join("&", fields);
  }

  private static void add(String name, JsonNode value, String mediaType, List<String> fields) {
    if (value.isArray() && !value.isEmpty()) {
      value.forEach(item -> fields.add(field(name, item, mediaType)));
    } else if (value.isArray()) {
      fields.add(Percent.encode(name) + "=");
    } else {
      fields.add(field(name, value, mediaType));
    }
  }

  private static String field(String name, JsonNode value, String mediaType) {
    return Percent.encode(name) + "=" + Percent.encode(text(name, value, mediaType));
  }

  /// {@return a value as its media type has it}
  static String text(String name, JsonNode value, String mediaType) {
    return MediaTypes.isJson(mediaType)
        ? value.toString()
        : Values.text("form field \"" + name + "\"", value);
  }
}
