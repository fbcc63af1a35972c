package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Example;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One media type of a mocked response: its examples and what is generated from its schema, ready to
 * send. Immutable.
 *
 * @param offer the media type as declared
 * @param contentType what to send as {@code Content-Type}
 * @param examples the examples, in document order
 * @param generated the content generated from the schema; where none could be, the first example
 */
record MockContent(Offer offer, String contentType, List<MockBody> examples, MockBody generated) {
  /** What stands for content nobody described: eight bytes that are no text. */
  private static final byte[] ANY_BYTES = {(byte) 0x89, 'M', 'O', 'C', 'K', '\r', '\n', 0x1a};

  static MockContent compile(String name, MediaType mediaType, SchemaPrograms schemas) {
    Offer offer = Offer.of(name);
    String type = offer.types().isEmpty() ? concrete(offer) : name;
    List<MockBody> examples = new ArrayList<>();
    mediaType.example().ifPresent(value -> examples.add(body("", type, value)));
    for (Map.Entry<String, Example> entry : mediaType.examples().entrySet()) {
      example(entry.getKey(), type, entry.getValue()).ifPresent(examples::add);
    }
    MockBody generated = generate(type, mediaType, schemas).orElse(null);
    if (generated == null) {
      if (examples.isEmpty()) {
        mediaType.schema().or(mediaType::itemSchema).ifPresent(schemas::noExample);
      }
      generated =
          examples.isEmpty()
              ? new MockBody("", new Body.Bytes(anything(type)))
              : examples.getFirst();
    }
    return new MockContent(offer, type, List.copyOf(examples), generated);
  }

  /** A range has to become a type to be sent. */
  private static String concrete(Offer offer) {
    return switch (offer.range().type()) {
      case "text" -> "text/plain";
      case "image" -> "image/png";
      case "audio" -> "audio/mpeg";
      case "video" -> "video/mp4";
      case "*" -> "application/json";
      default -> "application/octet-stream";
    };
  }

  /** An external example is not fetched: the server opens no file and no connection for it. */
  private static Optional<MockBody> example(String name, String type, Example example) {
    if (example.serializedValue().isPresent()) {
      byte[] bytes = example.serializedValue().get().getBytes(StandardCharsets.UTF_8);
      return Optional.of(new MockBody(name, new Body.Bytes(bytes)));
    }
    return example.dataValue().or(example::value).map(value -> body(name, type, value));
  }

  private static Optional<MockBody> generate(
      String type, MediaType mediaType, SchemaPrograms schemas) {
    return mediaType
        .schema()
        .flatMap(schemas::example)
        .map(value -> body("", type, value))
        .or(() ->
            mediaType
                .itemSchema()
                .flatMap(schemas::example)
                .map(item -> new MockBody("", new Body.Bytes(SequentialText.of(type, item)))));
  }

  private static byte[] anything(String type) {
    if (isJson(type)) {
      return "null".getBytes(StandardCharsets.UTF_8);
    }
    return type.startsWith("text/") ? "text".getBytes(StandardCharsets.UTF_8) : ANY_BYTES;
  }

  private static MockBody body(String name, String type, JsonNode value) {
    boolean verbatim = value.isString() && !isJson(type);
    String text = verbatim ? value.stringValue() : value.toString();
    return new MockBody(name, new Body.Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean isJson(String type) {
    return ContentType.parse(type).filter(ContentType::isJson).isPresent();
  }

  /** {@return the content preferred, or null if the example asked for does not exist} */
  @Nullable MockBody body(Preferences preferences) {
    String wanted = preferences.example();
    if (wanted != null) {
      for (MockBody example : examples) {
        if (example.name().equals(wanted)) {
          return example;
        }
      }
      return null;
    }
    return examples.isEmpty() || preferences.dynamic() ? generated : examples.getFirst();
  }

  /** {@return the names of the examples} */
  List<String> names() {
    return examples.stream().map(MockBody::name).filter(name -> !name.isEmpty()).toList();
  }
}
