package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Example;
import io.brrtrouter.openapi.model.Header;
import io.brrtrouter.server.http.Headers;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Values of the headers a mocked response declares, in simple style (RFC 6570 section 3.2.2). */
final class MockHeaders {
  private MockHeaders() {}

  static Headers compile(Map<String, Header> headers, SchemaPrograms schemas) {
    Headers.Builder builder = Headers.builder();
    headers.forEach((name, header) -> {
      if (!name.equalsIgnoreCase("Content-Type")) {
        add(builder, name, header, schemas);
      }
    });
    return builder.build();
  }

  private static Optional<String> value(Header header, SchemaPrograms schemas) {
    if (!header.content().isEmpty()) {
      return header.content().values().stream()
          .flatMap(
              content -> Stream.concat(content.example().stream(), examples(content.examples())))
          .findFirst()
          .or(() -> header.content().values().iterator().next().schema().flatMap(schemas::example))
          .map(value -> SimpleStyle.ascii(value.toString()));
    }
    return Stream.concat(header.example().stream(), examples(header.examples()))
        .findFirst()
        .or(() -> header.schema().flatMap(schemas::example))
        .map(value -> SimpleStyle.text(value, header.explode()));
  }

  private static Stream<JsonNode> examples(Map<String, Example> examples) {
    return examples.values().stream()
        .flatMap(example -> example.dataValue().or(example::value).stream());
  }

  /** A value no header field can have is left out: the response check tells about it. */
  private static void add(
      Headers.Builder builder, String name, Header header, SchemaPrograms schemas) {
    try {
      value(header, schemas).ifPresent(value -> builder.add(name, value));
    } catch (IllegalArgumentException _) {
      return;
    }
  }
}
