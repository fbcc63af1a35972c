package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.ContentType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a mock can write in a media type: JSON must not go out under the name of something else. */
enum MockSyntax {
  /** JSON, sequences of JSON, and YAML, which JSON is. */
  JSON,
  /** Text in which JSON is as good as anything. */
  PLAIN_TEXT,
  /** Text of some syntax of its own. */
  TEXT,
  /** Octets of no syntax. */
  OCTETS,
  /** Octets of some syntax, an image for example. */
  BINARY,
  /** What would have to be written from a value by rules no mock knows: XML, forms, multipart. */
  WRITTEN;

  /** What stands for content of {@link #BINARY} syntax: eight bytes that are no text. */
  private static final byte[] ANY_BYTES = {(byte) 0x89, 'M', 'O', 'C', 'K', '\r', '\n', 0x1a};

  static MockSyntax of(String name) {
    Optional<ContentType> parsed = ContentType.parse(name);
    if (parsed.isEmpty()) {
      return BINARY;
    }
    ContentType type = parsed.get();
    String subtype = type.subtype();
    if (type.isJson() || subtype.contains("json") || subtype.endsWith("yaml")) {
      return JSON;
    }
    if (type.type().equals("multipart")
        || subtype.equals("x-www-form-urlencoded")
        || subtype.equals("xml")
        || subtype.endsWith("+xml")) {
      return WRITTEN;
    }
    return switch (type.essence()) {
      case "text/plain" -> PLAIN_TEXT;
      case "application/octet-stream" -> OCTETS;
      default -> type.type().equals("text") ? TEXT : BINARY;
    };
  }

  /** {@return the text of an example, null if only its author could write it} */
  @Nullable String example(JsonNode value) {
    return switch (this) {
      case JSON -> value.toString();
      case PLAIN_TEXT -> text(value);
      case TEXT -> value.isContainer() ? null : text(value);
      case OCTETS, BINARY, WRITTEN -> value.isString() ? text(value) : null;
    };
  }

  /**
   * {@return a generated value as it is sent, or what stands for it; null if there is no way}
   *
   * @param value the value
   * @param writer writes a text in the charset of the media type; null where that lacks characters
   */
  byte @Nullable [] generated(JsonNode value, MockWriter writer) {
    if (this == BINARY) {
      return value.isString() ? ANY_BYTES : null;
    }
    String text = this == WRITTEN ? null : example(value);
    return text == null ? null : writer.octets(text);
  }

  /**
   * {@return what stands for content nobody described, null if there is no such thing}
   *
   * @param writer writes a text in the charset of the media type; null where that lacks characters
   */
  byte @Nullable [] anything(MockWriter writer) {
    return switch (this) {
      case JSON -> writer.octets("null");
      case PLAIN_TEXT, TEXT -> writer.octets("text");
      case OCTETS, BINARY -> ANY_BYTES;
      case WRITTEN -> null;
    };
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
