package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.cors.CorsPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start says of header fields that pages of other origins cannot send. */
class UnsentFieldsTest {
  private static final String SCHEMES =
      """
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          other: {type: apiKey, in: header, name: X-Other}
          query: {type: apiKey, in: query, name: key}
          session: {type: apiKey, in: cookie, name: sid}
          token: {type: http, scheme: bearer}
      """;

  private static final SecurityProvider NOBODY = (_, _) -> Verification.refused("nobody");

  private static String document(String operations) {
    return """
    openapi: 3.1.1
    info: {title: Pages, version: "1"}
    paths:
    %s
    """
            .formatted(operations.indent(2).stripTrailing())
        + SCHEMES;
  }

  private static String operation(String name, String content) {
    return "/%s: {get: {operationId: %1$s, responses: {'200': {description: ok}}%s}}\n"
        .formatted(name, content.isEmpty() ? "" : ", " + content);
  }

  private static String warnings(
      String document, Consumer<BrrtServer.Builder> more, String... settings) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Path file = TestServer.file(document);
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(file)
            .config(TestServer.config(settings))
            .mock(true)
            .output(new PrintStream(said, true, UTF_8));
    List.of("key", "other", "query", "session", "token")
        .forEach(scheme -> builder.security(scheme, NOBODY));
    more.accept(builder);
    try (BrrtServer server = builder.start()) {
      assertThat(server.port()).isPositive();
    }
    return said.toString(UTF_8)
        .lines()
        .filter(line -> line.contains("cors-header-not-allowed"))
        .map(line -> line.replaceAll("^\\S*api.yaml", "api.yaml"))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          security: [{key: []}]                        |                     | X-Key
          security: [{key: []}]                        | X-Key               | ''
          security: [{key: []}]                        | x-key               | ''
          security: [{key: []}]                        | *                   | ''
          security: [{key: []}, {}]                    |                     | ''
          security: [{key: []}, {other: []}]           |                     | X-Key
          security: [{key: []}, {token: []}]           |                     | ''
          security: [{key: [], token: []}]             |                     | X-Key
          security: [{key: [], other: []}]             | Content-Type        | X-Key X-Other
          security: [{token: []}]                      | Content-Type        | Authorization
          security: [{token: []}, {key: []}]           | X-Key               | Authorization
          security: [{}, {token: []}]                  | X-Key               | Authorization
          security: [{}, {token: []}]                  |                     | ''
          security: [{}, {key: []}]                    | X-Other             | ''
          'security: [{token: []}, {key: []}], x-cors: {allowedHeaders: [X-Key]}' | | Authorization
          security: [{token: []}]                      | *                   | Authorization
          security: [{query: []}]                      |                     | ''
          security: [{session: []}]                    |                     | ''
          'parameters: [{name: X-Page, in: header, schema: {}}]' |           | X-Page
          'parameters: [{name: X-Page, in: header, schema: {}}]' | X-Page    | ''
          'parameters: [{name: Range, in: header, schema: {}}]'  |           | Range
          'parameters: [{name: range, in: header, schema: {}}]'  | Range     | ''
          'parameters: [{name: User-Agent, in: header, schema: {}}]' |       | ''
          'parameters: [{name: sec-fetch-site, in: header, schema: {}}]' |   | ''
          'security: [{key: []}], x-cors: false'       |                     | ''
          'security: [{key: []}], x-cors: {allowedHeaders: [X-Key]}' |       | ''
          'security: [{key: []}], x-cors: {maxAge: 1}' |                     | X-Key
          'security: [{key: []}], x-cors: {allowedHeaders: [X-Other]}' | X-Key | X-Key
          """)
  void are_those_that_no_list_has(String content, String allowed, String fields) {
    String document = document(operation("a", content));
    String said =
        allowed == null
            ? warnings(document, _ -> {}, "cors.origins", "https://a.example")
            : warnings(
                document,
                _ -> {},
                "cors.origins",
                "https://a.example",
                "cors.allowed_headers",
                allowed);

    assertThat(
            said.lines()
                .map(line -> line.replaceAll(".* takes (\\S+), .*", "$1"))
                .collect(Collectors.joining(" ")))
        .isEqualTo(fields);
  }

  /** Fetch standard section 2.2.2: the list of forbidden names, and those it takes by a prefix. */
  @Test
  void are_none_that_a_browser_never_lets_a_page_set() {
    String parameters =
        Stream.of(
                """
                Accept-Charset Accept-Encoding Access-Control-Request-Headers \
                Access-Control-Request-Method Connection Content-Length Cookie Cookie2 Date DNT \
                Expect Host Keep-Alive Origin Referer Set-Cookie TE Trailer Transfer-Encoding \
                Upgrade Via Proxy-Anything Sec-Anything\
                """
                    .split(" "))
            .map(name -> "{name: " + name + ", in: header, schema: {}}")
            .collect(Collectors.joining(", "));
    String document = document(operation("a", "parameters: [" + parameters + "]"));

    assertThat(warnings(document, _ -> {}, "cors.origins", "https://a.example")).isEmpty();
  }

  /** A browser lets through {@code bytes=0-99}, and asks about the rest. */
  @Test
  void of_ranges_are_those_that_a_browser_asks_about() {
    String document =
        document(operation("a", "parameters: [{name: Range, in: header, schema: {}}]"));

    assertThat(warnings(document, _ -> {}, "cors.origins", "https://a.example"))
        .endsWith(
            "a takes Range, which cors.allowed_headers does not allow: browsers will let pages of other origins send it with one range from a first position only; set cors.allowed_headers to [Content-Type, Authorization, Range]");
  }

  /** A list replaces the one there is without it, which has this field. */
  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          application/json                    |              | ''
          application/json                    | X-Key        | Content-Type
          application/json                    | content-type | ''
          application/json                    | *            | ''
          application/x-www-form-urlencoded   | X-Key        | ''
          multipart/form-data                 | X-Key        | ''
          text/plain; charset=utf-8           | X-Key        | ''
          text/*                              | X-Key        | Content-Type
          """)
  void are_types_of_bodies_that_no_form_has(String type, String allowed, String fields) {
    String document =
        document(
            "/a: {post: {operationId: a, requestBody: {content: {'%s': {}}}, responses: {'200': {description: ok}}}}"
                .formatted(type));

    assertThat(
            (allowed == null
                    ? warnings(document, _ -> {}, "cors.origins", "https://a.example")
                    : warnings(
                        document,
                        _ -> {},
                        "cors.origins",
                        "https://a.example",
                        "cors.allowed_headers",
                        allowed))
                .replaceAll(".* takes (\\S+), .*", "$1"))
        .isEqualTo(fields);
  }

  @Test
  void are_told_with_operations_and_what_to_do() {
    String document =
        document(
            operation("a", "security: [{key: []}]")
                + operation("b", "security: [{key: []}]")
                + operation("c", "security: [{key: []}]")
                + operation("d", "security: [{key: []}]")
                + operation("e", "security: [{other: []}], x-cors: {allowedHeaders: []}"));

    assertThat(warnings(document, _ -> {}, "cors.origin_patterns", "https://*.example"))
        .isEqualTo(
            """
            code: warning[cors-header-not-allowed]: 4 operations (a, b, c and 1 more) take X-Key, which cors.allowed_headers does not allow: browsers will not let pages of other origins send it; set cors.allowed_headers to [Content-Type, Authorization, X-Key]
            api.yaml:8:102: warning[cors-header-not-allowed]: e takes X-Other, which its x-cors.allowedHeaders does not allow: browsers will not let pages of other origins send it; add X-Other to it\
            """);
  }

  @Test
  void are_all_in_the_list_that_is_to_be_set_and_the_missing_one_is_added_to_one_that_is() {
    String document =
        document(
            operation("a", "security: [{key: []}]")
                + operation("b", "parameters: [{name: X-Page, in: header, schema: {}}]"));

    assertThat(fixes(warnings(document, _ -> {}, "cors.origins", "https://a.example")))
        .containsOnly("set cors.allowed_headers to [Content-Type, Authorization, X-Key, X-Page]")
        .hasSize(2);
    assertThat(
            fixes(
                warnings(
                    document,
                    _ -> {},
                    "cors.origins",
                    "https://a.example",
                    "cors.allowed_headers",
                    "X-Page")))
        .containsExactly("add X-Key to cors.allowed_headers");
  }

  private static List<String> fixes(String warnings) {
    return warnings.lines().map(line -> line.substring(line.lastIndexOf("; ") + 2)).toList();
  }

  @Test
  void are_nobodys_business_without_other_origins_or_with_a_policy_of_code() {
    String document = document(operation("a", "security: [{key: []}]"));

    assertThat(warnings(document, _ -> {})).isEmpty();
    assertThat(
            warnings(
                document,
                builder -> builder.cors(CorsPolicy.builder().origins("https://b.example").build()),
                "cors.origins",
                "https://a.example"))
        .isEmpty();
  }
}
