package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Example;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.server.http.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
 * @param generated the content generated from the schema; where none could be, the first example;
 *     null where a mock cannot make any
 */
record MockContent(
    Offer offer, String contentType, List<MockBody> examples, @Nullable MockBody generated) {

  static MockContent compile(String name, MediaType mediaType, SchemaPrograms schemas) {
    Offer offer = Offer.of(name);
    String type = offer.types().isEmpty() ? concrete(offer) : name;
    MockSyntax syntax = MockSyntax.of(type);
    List<MockBody> examples = examples(syntax, mediaType);
    MockBody generated = examples.isEmpty() ? null : examples.getFirst();
    Optional<JsonNode> value = mediaType.schema().flatMap(schemas::example);
    if (value.isPresent()) {
      generated = bodyOr(generated, syntax.generated(value.get()));
    } else {
      Optional<JsonNode> item = mediaType.itemSchema().flatMap(schemas::example);
      if (item.isPresent() && syntax != MockSyntax.WRITTEN) {
        generated = new MockBody("", new Body.Bytes(SequentialText.of(type, item.get())));
      } else if (generated == null) {
        mediaType.schema().or(mediaType::itemSchema).ifPresent(schemas::noExample);
        generated = bodyOr(null, syntax.anything());
      }
    }
    if (generated == null) {
      schemas.noContent(type, mediaType.location());
    }
    return new MockContent(offer, type, examples, generated);
  }

  private static @Nullable MockBody bodyOr(@Nullable MockBody other, byte @Nullable [] bytes) {
    return bytes == null ? other : new MockBody("", new Body.Bytes(bytes));
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

  private static List<MockBody> examples(MockSyntax syntax, MediaType mediaType) {
    List<MockBody> examples = new ArrayList<>();
    mediaType.example().ifPresent(value -> add("", syntax.example(value), examples));
    mediaType.examples().forEach((name, example) -> add(name, bytes(syntax, example), examples));
    return List.copyOf(examples);
  }

  private static void add(String name, byte @Nullable [] bytes, List<MockBody> examples) {
    if (bytes != null) {
      examples.add(new MockBody(name, new Body.Bytes(bytes)));
    }
  }

  /** An external example is not fetched: the server opens no file and no connection for it. */
  private static byte @Nullable [] bytes(MockSyntax syntax, Example example) {
    if (example.serializedValue().isPresent()) {
      return example.serializedValue().get().getBytes(StandardCharsets.UTF_8);
    }
    JsonNode value = example.dataValue().or(example::value).orElse(null);
    return value == null ? null : syntax.example(value);
  }

  /** {@return whether a mock has anything to send in this media type} */
  boolean isSendable() {
    return generated != null;
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
