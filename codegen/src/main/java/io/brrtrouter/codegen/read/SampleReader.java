package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.MediaTypes;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Operation.Outcome;
import io.brrtrouter.codegen.model.Operation.Status;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.Header;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * Finds a request and an answer for every operation: from examples, the first that is valid; else a
 * value that satisfies the schema. The answer is the one a mock gives: the lowest 2XX, else {@code
 * default}, else the lowest there is.
 */
public final class SampleReader {
  private final OpenApi api;
  private final Examples examples;
  private final CallReader calls;

  private SampleReader(OpenApi api, References references) {
    this.api = api;
    this.examples = new Examples(references, View.RESPONSE);
    this.calls = new CallReader(api, new Examples(references, View.REQUEST));
  }

  /**
   * {@return a sample for each operation, in the same order}
   *
   * @param loaded the document, without errors
   * @param model the model read from it
   */
  public static List<Sample> read(Loaded loaded, JavaModel model) {
    OpenApi api = loaded.api().orElseThrow();
    return new SampleReader(api, new References(loaded.resources())).all(model);
  }

  private List<Sample> all(JavaModel model) {
    // The document may have more than the model: operations that were left untyped.
    Map<String, io.brrtrouter.openapi.model.Operation> documents = new HashMap<>();
    api.operations().forEach(each -> documents.put(route(each.method(), each.path()), each));
    List<Sample> samples = new ArrayList<>();
    for (Operation operation : model.operations()) {
      var document =
          Objects.requireNonNull(documents.get(route(operation.httpMethod(), operation.path())));
      samples.add(
          new Sample(
              operation,
              // No answer is as declared where none is declared, so there is nothing to ask for.
              // A WebSocket is no request with one answer.
              document.responses().isEmpty() || document.webSocket().isPresent()
                  ? Optional.empty()
                  : calls.read(document),
              answer(document, operation)));
    }
    return samples;
  }

  private static String route(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + path;
  }

  /** An outcome and where it is written. */
  private record Declared(Outcome outcome, Response response, Optional<MediaType> content) {}

  private Optional<Sample.Answer> answer(
      io.brrtrouter.openapi.model.Operation document, Operation operation) {
    List<Outcome> outcomes = operation.response().outcomes();
    for (Outcome outcome : outcomes) {
      if (outcome.conversation().isPresent()) {
        return begun(outcome, document.responses().get("101"));
      }
    }
    if (document.responses().isEmpty()) {
      return Optional.of(new Sample.Answer(outcomes.getFirst(), 204, List.of(), List.of()));
    }
    return declared(document, outcomes).stream()
        .sorted(Comparator.comparingInt(each -> rank(each.outcome().status())))
        .flatMap(each -> answer(each).stream())
        .findFirst();
  }

  /** Outcomes are read in the order of responses and their media types. */
  private static List<Declared> declared(
      io.brrtrouter.openapi.model.Operation document, List<Outcome> outcomes) {
    List<Declared> declared = new ArrayList<>();
    for (Response response : document.responses().values()) {
      if (outcomes.get(declared.size()).content().isEmpty()) {
        declared.add(new Declared(outcomes.get(declared.size()), response, Optional.empty()));
        continue;
      }
      for (MediaType content : response.content().values()) {
        declared.add(new Declared(outcomes.get(declared.size()), response, Optional.of(content)));
      }
    }
    return declared;
  }

  private static int rank(Status status) {
    return switch (status) {
      case Status.Exactly(int code) when code / 100 == 2 -> code;
      case Status.Range(int hundreds) when hundreds == 2 -> 200;
      case Status.Otherwise() -> 300;
      case Status.Exactly(int code) -> code < 200 ? 1000 : 300 + code;
      case Status.Range(int hundreds) -> hundreds < 2 ? 1000 : 300 + hundreds * 100;
    };
  }

  private static int status(Status status) {
    return switch (status) {
      case Status.Exactly(int code) -> code;
      case Status.Range(int hundreds) -> hundreds * 100;
      case Status.Otherwise() -> 200;
    };
  }

  private Optional<Sample.Answer> answer(Declared declared) {
    Outcome outcome = declared.outcome();
    List<JsonNode> bodies = List.of();
    if (declared.content().isPresent()) {
      bodies = bodies(outcome.content().orElseThrow(), declared.content().get());
      if (bodies.isEmpty()) {
        return Optional.empty();
      }
    }
    return answer(outcome, bodies, declared.response());
  }

  private Optional<Sample.Answer> begun(Outcome outcome, @Nullable Response declared) {
    return declared == null
        ? Optional.of(new Sample.Answer(outcome, status(outcome.status()), List.of(), List.of()))
        : answer(outcome, List.of(), declared);
  }

  private Optional<Sample.Answer> answer(
      Outcome outcome, List<JsonNode> bodies, Response response) {
    List<Optional<JsonNode>> headers = new ArrayList<>();
    for (Operation.Header header : outcome.headers()) {
      Header document = response.headers().get(header.component().property());
      Optional<JsonNode> value =
          document == null ? Optional.empty() : examples.of(document).stream().findFirst();
      if (value.isEmpty() && header.component().presence() instanceof Presence.Required) {
        return Optional.empty();
      }
      headers.add(value);
    }
    return Optional.of(new Sample.Answer(outcome, status(outcome.status()), bodies, headers));
  }

  private List<JsonNode> bodies(Content content, MediaType mediaType) {
    if (content.kind() == Content.Kind.ITEMS) {
      List<JsonNode> sequences = new ArrayList<>();
      examples
          .ofItem(mediaType)
          .forEach(item -> sequences.add(JsonNodeFactory.instance.arrayNode().add(item)));
      if (content.item().type() instanceof JavaType.Simple(Scalar scalar)
          && scalar == Scalar.EVENT) {
        JsonNode event = JsonNodeFactory.instance.objectNode().put(EventReader.DATA, "text");
        sequences.add(JsonNodeFactory.instance.arrayNode().add(event));
      }
      // A sequence of no items is one.
      sequences.add(JsonNodeFactory.instance.arrayNode());
      return sequences;
    }
    if (content.kind() != Content.Kind.BYTES) {
      return examples.of(mediaType);
    }
    String type = MediaTypes.bare(content.mediaType());
    if (type.startsWith("multipart/") || type.equals("application/x-www-form-urlencoded")) {
      return List.of();
    }
    List<JsonNode> texts = new ArrayList<>(examples.texts(mediaType));
    if (mediaType.itemSchema().isPresent()) {
      // A sequence of no items is one.
      texts.add(StringNode.valueOf(""));
    } else {
      texts.add(StringNode.valueOf("content"));
    }
    return texts;
  }
}
