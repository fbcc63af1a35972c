package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.decode.BodyBinding;
import io.brrtrouter.server.decode.ItemReader;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Generated code has no types of items, and its handlers read them all the same. */
class TypedItemsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Readings, version: "1"}
      paths:
        /readings:
          post:
            operationId: add
            x-brrtrouter-stream-body: %s
            requestBody:
              required: true
              content:
                application/jsonl: {itemSchema: {type: integer}}
            responses:
              "204": {description: kept}
      """;

  /** As generated for the document. */
  private record Add(BodyBinding<?> binding) implements TypedHandler {
    @Override
    public Bindings bindings() {
      return new Bindings(
          "readings.api.AddRequest",
          new Bindings.OperationName("add", "POST", "/readings"),
          List.of(),
          true,
          List.of(binding),
          List.of());
    }

    @Override
    public TypedResponse<?> answer(Request request) throws IOException {
      assertThat(request.hasBody(binding)).isTrue();
      ItemReader items = Request.current().items();
      long sum = 0;
      for (Optional<JsonNode> item = items.next(); item.isPresent(); item = items.next()) {
        sum += item.get().longValue();
      }
      return TypedResponse.empty(204, Headers.of("X-Sum", items.number() + " are " + sum));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void each_is_checked_whether_they_are_collected_or_not(boolean streams) {
    BodyBinding<?> binding =
        streams
            ? new BodyBinding.Streamed("application/jsonl")
            : new BodyBinding.Octets("application/jsonl");
    TestServer server =
        TestServer.of(
            DOCUMENT.formatted(streams), builder -> builder.handler("add", new Add(binding)));

    assertThat(add(server, "1\n2\n").headers().get("X-Sum")).isEqualTo("2 are 3");
    assertThat(add(server, "1\n\"2\"\n").status()).isEqualTo(400);
  }

  private static HttpResponse add(TestServer server, String lines) {
    return server.ask("POST", "/readings", lines, "Content-Type", "application/jsonl");
  }
}
