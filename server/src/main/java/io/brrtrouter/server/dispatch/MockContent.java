package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Example;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.schema.View;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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

  /**
   * Prepares content.
   *
   * @param name the media type as declared
   * @param mediaType what the document says about it
   * @param status the status of the response, unless somebody asks for another
   * @param schemas the schemas of the document
   * @return the content
   */
  static MockContent compile(String name, MediaType mediaType, int status, SchemaPrograms schemas) {
    Offer offer = Offer.of(name);
    String type = offer.types().isEmpty() ? concrete(offer) : name;
    MockSyntax syntax = MockSyntax.of(type);
    MockWriter writer = MockWriter.of(syntax, type);
    List<MockBody> examples = examples(syntax, mediaType, writer);
    MockBody generated = examples.isEmpty() ? null : examples.getFirst();
    Optional<JsonNode> value = mediaType.schema().flatMap(schemas::example);
    if (value.isPresent()) {
      generated =
          problem(type, value.get(), status, mediaType, schemas)
              .map(MockBody::ofProblem)
              .orElse(bodyOr(generated, syntax.generated(value.get(), writer)));
    } else {
      Optional<JsonNode> item = mediaType.itemSchema().flatMap(schemas::example);
      if (item.isPresent() && syntax != MockSyntax.WRITTEN) {
        String sequence = new String(SequentialText.of(type, item.get()), StandardCharsets.UTF_8);
        generated = bodyOr(generated, writer.octets(sequence));
      } else if (generated == null) {
        mediaType.schema().or(mediaType::itemSchema).ifPresent(schemas::noExample);
        generated = bodyOr(null, syntax.anything(writer));
      }
    }
    if (writer.lacked()) {
      schemas.notInCharset(type, mediaType.location());
    } else if (generated == null) {
      schemas.noContent(type, mediaType.location());
    }
    return new MockContent(offer, type, examples, generated);
  }

  /** A problem has the status of its response, RFC 9457 section 3.1.2, if its schema lets it. */
  private static Optional<ObjectNode> problem(
      String type, JsonNode value, int status, MediaType mediaType, SchemaPrograms schemas) {
    boolean isProblem =
        ContentType.parse(type).map(ContentType::essence).equals(Optional.of(Problem.MEDIA_TYPE));
    if (!isProblem
        || !(value instanceof ObjectNode generated)
        || !generated.path("status").isInt()) {
      return Optional.empty();
    }
    ObjectNode problem = generated.deepCopy().put("status", status);
    return mediaType
        .schema()
        .filter(schema -> schemas.compile(schema, View.RESPONSE).isValid(problem))
        .map(_ -> problem);
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

  private static List<MockBody> examples(
      MockSyntax syntax, MediaType mediaType, MockWriter writer) {
    Map<String, String> texts = new LinkedHashMap<>();
    mediaType.example().ifPresent(value -> add("", syntax.example(value), texts));
    mediaType.examples().forEach((name, example) -> add(name, text(syntax, example), texts));
    List<MockBody> examples = new ArrayList<>();
    texts.forEach((name, text) -> {
      byte[] octets = writer.octets(text);
      if (octets != null) {
        examples.add(new MockBody(name, new Body.Bytes(octets)));
      }
    });
    return List.copyOf(examples);
  }

  private static void add(String name, @Nullable String text, Map<String, String> texts) {
    if (text != null) {
      texts.put(name, text);
    }
  }

  /** An external example is not fetched: the server opens no file and no connection for it. */
  private static @Nullable String text(MockSyntax syntax, Example example) {
    if (example.serializedValue().isPresent()) {
      return example.serializedValue().get();
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
