package io.brrtrouter.codegen.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// How a property of a form is written where that is not what its value suggests.
///
/// @param name the property
/// @param mediaType its media type; empty where its value decides
/// @param style its style; null where its media type decides
/// @param explode whether arrays and objects are spread, in a style
/// @param octets whether it is octets, a character for each
/// @param nullable whether the empty text is its null
record FormField(
    String name,
    String mediaType,
    @Nullable Style style,
    boolean explode,
    boolean octets,
    boolean nullable) {

  /// {@return a property that is written as its value suggests}
  static FormField plain(String name) {
    return new FormField(name, "", null, false, false, false);
  }

  /// {@return the same property in a media type}
  ///
  /// @param mediaType one, or several with commas between, of which the first is written
  FormField ofType(String mediaType) {
    return new FormField(name, mediaType, style, explode, octets, nullable);
  }

  /// {@return the same property in a style, its items joined}
  FormField joined(Style style) {
    return new FormField(name, mediaType, style, false, octets, nullable);
  }

  /// {@return the same property in a style, its items spread}
  FormField exploded(Style style) {
    return new FormField(name, mediaType, style, true, octets, nullable);
  }

  /// {@return the same property as octets, a character for each}
  FormField asOctets() {
    return new FormField(name, mediaType, style, explode, true, nullable);
  }

  /// {@return the same property, whose null is the empty text}
  FormField emptyForNull() {
    return new FormField(name, mediaType, style, explode, octets, true);
  }

  /// {@return the value as it is written} Null is the empty text, where no other value has that;
  /// elsewhere it is refused, unless JSON can say it.
  JsonNode written(JsonNode value) {
    if (!nullable || MediaTypes.isJson(mediaType)) {
      return value;
    }
    if (value.isArray() && value.isEmpty()) {
      throw new IllegalArgumentException("form field \"" + name + "\" " + Values.READ_AS_NULL);
    }
    return value.isNull() ? JsonNodeFactory.instance.stringNode("") : value;
  }
}
