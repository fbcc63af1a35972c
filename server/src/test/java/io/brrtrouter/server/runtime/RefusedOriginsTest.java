package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.cors.CorsPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start says of origins that are trusted and may not come. */
class RefusedOriginsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Bank, version: "1"}
      components: {securitySchemes: {session: {type: apiKey, in: cookie, name: session}}}
      paths:
        /pay:
          %s: {operationId: pay, %ssecurity: [session: []], responses: {"200": {description: ok}}}
      """;

  @TempDir private Path directory;

  private String warnings(String document, String config, Consumer<BrrtServer.Builder> more)
      throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Path file = Files.writeString(directory.resolve("config.yaml"), config);
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(TestServer.file(document))
            .config(ServerConfig.read(Optional.of(file), Map.of(), Map.of()))
            .port(0)
            .mock(true)
            .security("session", (_, _) -> Verification.accepted("anybody"))
            .output(new PrintStream(said, true, UTF_8));
    more.accept(builder);
    try (BrrtServer server = builder.start()) {
      assertThat(server.port()).isPositive();
    }
    return said.toString(UTF_8)
        .lines()
        .filter(line -> line.contains("csrf-origin-refused"))
        .map(line -> line.replace(directory.toString(), ""))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void are_told_with_their_place_and_what_to_do() throws IOException {
    String config =
        """
        cors: {origins: [https://page.example]}
        security:
          csrf:
            trusted_origins: [https://ok.example, https://page.example]
        """;

    assertThat(warnings(DOCUMENT.formatted("post", ""), config, _ -> {}))
        .isEqualTo(
            "/config.yaml:4:22: warning[csrf-origin-refused]: security.csrf.trusted_origins has"
                + " \"https://ok.example\", but requests of its pages are refused before that counts:"
                + " cors.origins and cors.origin_patterns do not have it; add it to cors.origins, or"
                + " remove it");
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          post | ''              | 'origins: [https://page.example]'                           | true
          post | ''              | 'origins: [https://ok.example]'                             | false
          post | ''              | 'origins: ["*"]'                                            | false
          post | ''              | 'origin_patterns: ["https://*.example"]'                    | false
          post | ''              | 'origin_patterns: ["https://*.other.example"]'              | true
          post | ''              | 'origins: [https://page.example], refuse_unlisted: false'   | false
          post | ''              | 'max_age: 1'                                                | false
          post | 'x-cors: false, '        | 'origins: [https://page.example]'                  | false
          post | 'x-cors: {maxAge: 1}, '  | 'origins: [https://page.example]'                  | true
          get  | ''              | 'origins: [https://page.example]'                           | false
          """)
  void are_those_that_the_policy_of_other_origins_refuses(
      String method, String extension, String cors, boolean warned) throws IOException {
    String config =
        "cors: {%s}\nsecurity: {csrf: {trusted_origins: [https://ok.example]}}\n".formatted(cors);

    assertThat(warnings(DOCUMENT.formatted(method, extension), config, _ -> {}).isEmpty())
        .isEqualTo(!warned);
  }

  @Test
  void are_looked_for_in_the_policy_of_code_unless_code_decides() throws IOException {
    String config = "security: {csrf: {trusted_origins: [https://ok.example]}}\n";
    CorsPolicy policy = CorsPolicy.builder().origins("https://page.example").build();

    assertThat(warnings(DOCUMENT.formatted("post", ""), config, server -> server.cors(policy)))
        .endsWith("; add it to the origins of the CorsPolicy that code gives, or remove it");
    assertThat(
            warnings(
                DOCUMENT.formatted("post", ""),
                config,
                server ->
                    server.cors(
                        policy.toBuilder()
                            .originPredicate(_ -> {
                              throw new IllegalStateException("asked at the start");
                            })
                            .build())))
        .isEmpty();
  }
}
