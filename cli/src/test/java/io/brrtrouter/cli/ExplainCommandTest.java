package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {
  private static final String SHOP =
      """
      openapi: 3.1.1
      info: {title: Shop, version: "1"}
      servers: [{url: https://example.org/v1}]
      paths:
        /orders:
          get:
            operationId: list_orders
            security: [{key: [read]}, {token: [orders], key: []}, {}]
            responses: {"204": {description: none}}
          post:
            operationId: order
            security: [{key: [write]}]
            responses: {"204": {description: ordered}}
        /goods:
          get:
            operationId: list_goods
            responses: {"204": {description: none}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          token: {type: http, scheme: bearer}
      """;

  private static final String CONFIG =
      """
      security:
        api_keys:
          key:
            keys:
              ann: {key: ann-key-0123456789, scopes: [read]}
      """;

  @TempDir Path directory;
  private CommandBench bench;
  private String document;
  private String config;

  @BeforeEach
  void prepare() throws IOException {
    bench = new CommandBench(directory, Map.of());
    document = bench.write("shop.yaml", SHOP);
    config = bench.write("config.yaml", CONFIG);
  }

  @Test
  void tells_who_may_call_an_operation() {
    assertThat(bench.execute("explain", document, "list_orders", "--config", config)).isZero();
    assertThat(bench.out())
        .isEqualTo(
            """
            GET /v1/orders (list_orders)
            Who calls it must satisfy one of these 3, in this order:
              - key (a key in the header X-Key, which grants read, verified by 1 key)
              - token (HTTP bearer in Authorization, which grants orders, which nothing verifies) and key (a key in the header X-Key, verified by 1 key)
              - nothing: anybody may, unless a credential comes along that is not good
            The request would be let in: anybody may, and no credential was refused.
              key: no credential
              token: no credential
            """);
    assertThat(bench.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"list_goods", "GET /goods", "GET /v1/goods"})
  void knows_an_operation_by_its_names(String operation) {
    assertThat(bench.execute("explain", document, operation)).isZero();
    assertThat(bench.out())
        .startsWith(
            """
            GET /v1/goods (list_goods)
            Anybody may call it: it has no security requirement.
            The request would be let in:\
            """);
  }

  @Test
  void tells_why_a_request_is_refused() {
    assertThat(
            bench.execute(
                "explain",
                document,
                "order",
                "--config",
                config,
                "--header",
                "X-Key: bob-key-0123456789"))
        .isZero();
    assertThat(bench.out())
        .endsWith(
            """
            The request would be refused with 401: the credential of security scheme key is refused: the key is not known.
              key: refused: the key is not known
              WWW-Authenticate: ApiKey realm="Shop", in="header", name="X-Key"
            """);
  }

  @Test
  void tells_what_is_missing() {
    bench.execute(
        "explain", document, "order", "--config", config, "--header=X-Key: ann-key-0123456789");
    assertThat(bench.out())
        .endsWith(
            """
            The request would be refused with 403: not granted: write.
              key: accepted as ann, scopes [read]
            """)
        .doesNotContain("0123456789");
  }

  @Test
  void explains_the_credentials_for_development() {
    bench.execute(
        "explain", document, "order", "--dev-security", "--header", "X-Key: development-only");
    assertThat(bench.out())
        .contains("verified by development credentials, which everybody knows")
        .contains("The request would be let in: satisfied: key.");
  }

  @Test
  void says_what_is_wrong_with_an_operation_that_is_none() {
    assertThat(bench.execute("explain", document, "list_order")).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: shop.yaml has no operation \"list_order\"; did you mean \"list_orders\"?\n");
  }

  @Test
  void says_what_is_wrong_with_a_provider() throws IOException {
    String broken = bench.write("broken.yaml", "security: {api_keys: {key: {key: short}}}");
    assertThat(bench.execute("explain", document, "order", "--config", broken)).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            """
            broken.yaml:1:34: error[security-provider]: security.api_keys.key.key has 5 characters; fewer than 16 can be guessed
              fix: use a random one of at least 16 characters; brrt hash --generate makes one with its hash
            1 error
            brrt: nobody could be let in like this; correct the errors above
            """);
  }

  @Test
  void refuses_a_header_field_that_is_none() {
    assertThat(bench.execute("explain", document, "order", "--header", "X-Key")).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo("brrt: --header takes a name, a colon and a value, not \"X-Key\"\n");
  }
}
