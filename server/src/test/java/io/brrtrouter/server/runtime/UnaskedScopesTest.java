package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a start says of scopes that are granted, but that no operation asks for. */
class UnaskedScopesTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Scopes, version: "1"}
      paths:
        /a: {get: {operationId: a, security: [{key: [goods]}], responses: {"200": {description: ok}}}}
        /b: {get: {operationId: b, security: [{key: [orders]}, {other: []}], responses: {"200": {description: ok}}}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          other: {type: apiKey, in: header, name: X-Other}
      """;

  private static String warnings(String... settings) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(
                TestServer.config(settings)
                    .with("security.api_keys.key.keys.ann.key", "0123456789abcdef")
                    .with("security.api_keys.key.keys.ben.key", "fedcba9876543210")
                    .with("security.api_keys.key.keys.ben.scopes", "goods")
                    .with("security.api_keys.other.key", "0123456789abcdef"))
            .mock(true)
            .output(new PrintStream(said, true, UTF_8));
    try (BrrtServer server = builder.start()) {
      assertThat(server.port()).isPositive();
    }
    return said.toString(UTF_8)
        .lines()
        .filter(line -> line.contains("security-scope-unasked"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void are_named_with_what_was_meant() {
    assertThat(warnings("security.api_keys.key.keys.ann.scopes", "godos, orders, admin"))
        .isEqualTo(
            """
            code: warning[security-scope-unasked]: security.api_keys.key.keys.ann.scopes grants "admin", which no operation asks of security scheme "key"; they ask for goods, orders
            code: warning[security-scope-unasked]: security.api_keys.key.keys.ann.scopes grants "godos", which no operation asks of security scheme "key"; did you mean goods?\
            """);
  }

  @Test
  void are_none_where_operations_ask_for_these_or_for_none_at_all() {
    assertThat(
            warnings(
                "security.api_keys.key.keys.ann.scopes",
                "goods, orders",
                "security.api_keys.other.scopes",
                "admin"))
        .isEmpty();
  }
}
