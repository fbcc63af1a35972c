package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("docs/cors.md, a policy in code")
class CorsPolicyGuideTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Shop, version: "1"}
      paths:
        /orders:
          get:
            operationId: list_orders
            responses: {"200": {description: All., content: {text/plain: {example: none}}}}
      """;

  private final Map<String, Integer> customers = Map.of("https://shop.example", 7);

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com, 200",
    "https://shop.example, 200",
    "https://other.example, 403",
    "not an origin, 403"
  })
  void originsAreListedOrKnownToCode(String from, int status, @TempDir Path directory)
      throws IOException {
    BrrtServer.Builder server =
        BrrtServer.builder()
            .mock(true)
            .document(Files.writeString(directory.resolve("shop.yaml"), DOCUMENT));
    server.cors(
        CorsPolicy.builder()
            .origins("https://app.example.com")
            .originPredicate(origin -> customers.containsKey(origin))
            .allowCredentials(true)
            .exposeHeaders("X-Total")
            .maxAge(Duration.ofMinutes(10))
            .build());
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      TestResponse answer = client.get("/orders").header("Origin", from).send().expect(status);
      assertThat(answer.headers().first("Access-Control-Allow-Origin").orElse("none"))
          .isEqualTo(status == 200 ? from : "none");
    }
  }
}
