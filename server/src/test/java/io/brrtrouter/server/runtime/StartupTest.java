package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.websocket.WebSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start says, and what it refuses. */
class StartupTest {
  private static final Handler NONE = _ -> HttpResponse.of(204);

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Start, version: "7"}
      paths:
        /pets:
          get:
            operationId: list_pets
            responses: {"204": {description: ok}}
          post:
            responses: {"204": {description: ok}}
      """;

  private static String refusal(String document, Consumer<BrrtServer.Builder> configure) {
    Path file = TestServer.file(document);
    BrrtServer.Builder builder = BrrtServer.builder().document(file);
    configure.accept(builder);
    StartupException refused =
        catchThrowableOfType(StartupException.class, builder::startInProcess);
    assertThat(refused).as("the server was to refuse").isNotNull();
    return refused.getMessage().replace(file.getParent() + "/", "");
  }

  private static String said(String document, Consumer<BrrtServer.Builder> configure) {
    Path file = TestServer.file(document);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(file)
            .config(TestServer.config())
            .output(new PrintStream(said, true, StandardCharsets.UTF_8));
    configure.accept(builder);
    builder.start().close();
    return said.toString(StandardCharsets.UTF_8).replace(file.getParent() + "/", "");
  }

  @Nested
  class Handlers {

    @Test
    void of_which_an_operation_has_two_are_all_named() {
      assertThat(
              refusal(
                      DOCUMENT,
                      b ->
                          b.handler("list_pets", NONE)
                              .handler("POST /pets", NONE)
                              .handler("list_pets", NONE)
                              .handler("POST /pets", NONE))
                  .replaceAll("lambda\\$\\w+\\$\\d+\\(StartupTest.java:\\d+\\)", "N"))
          .isEqualTo(
              """
              "list_pets" has 2 handlers, and only one can answer: given at\
               io.brrtrouter.server.runtime.StartupTest$Handlers.N and\
               io.brrtrouter.server.runtime.StartupTest$Handlers.N; remove one, or call replaceHandler
              "POST /pets" has 2 handlers, and only one can answer: given at\
               io.brrtrouter.server.runtime.StartupTest$Handlers.N and\
               io.brrtrouter.server.runtime.StartupTest$Handlers.N; remove one, or call replaceHandler\
              """);
    }

    @Test
    void can_be_replaced_when_that_is_said() {
      TestServer server =
          TestServer.of(
              DOCUMENT,
              b ->
                  b.mock(true)
                      .handler("list_pets", _ -> HttpResponse.of(500))
                      .replaceHandler("list_pets", NONE));
      assertThat(server.get("/pets").status()).isEqualTo(204);

      assertThatThrownBy(() -> BrrtServer.builder().replaceHandler("list_pets", NONE))
          .hasMessage("there is no handler \"list_pets\" to replace; give it with handler()");
    }

    @Test
    void with_a_name_that_nothing_can_be_replaced_of_are_not_given() {
      TestServer server =
          TestServer.of(
              DOCUMENT,
              b -> {
                assertThatThrownBy(() -> b.mock(true).replaceHandler("list_pet", NONE))
                    .isInstanceOf(IllegalArgumentException.class);
              });
      assertThat(server.get("/pets").status()).isEqualTo(204);
    }

    @Test
    void that_follow_a_replaced_one_are_too_many() {
      assertThat(
              refusal(
                  DOCUMENT,
                  b ->
                      b.mock(true)
                          .handler("list_pets", NONE)
                          .replaceHandler("list_pets", NONE)
                          .handler("list_pets", NONE)))
          .startsWith("\"list_pets\" has 2 handlers, and only one can answer: given at ");
    }

    @Test
    void that_are_missing_are_all_named_with_their_places() {
      assertThat(refusal(DOCUMENT, _ -> {}))
          .isEqualTo(
              """
              api.yaml:6:7: error[handler-missing]: operation "list_pets" has no handler
                  6 |       operationId: list_pets
                    |       ^
                fix: register one under that name, or turn mock mode on
              api.yaml:9:7: error[handler-missing]: operation "POST /pets" has no handler
                  9 |       responses: {"204": {description: ok}}
                    |       ^
                fix: register one under that name, or turn mock mode on
              2 errors\
              """);
    }

    @Test
    void that_open_WebSockets_are_those_of_WebSockets() {
      String document =
          """
          openapi: 3.1.1
          info: {title: Start, version: "7"}
          paths:
            /chat:
              get: {operationId: chat, x-websocket: true, responses: {"101": {description: ok}}}
            /news:
              get: {operationId: news, x-websocket: true, responses: {"101": {description: ok}}}
            /pets:
              get: {operationId: pets, responses: {"200": {description: ok}}}
          """;
      assertThat(
              refusal(
                  document,
                  builder ->
                      builder
                          .handler("chat", NONE)
                          .handler("news", Handler.neverBlocking(WebSockets.handler(_ -> {})))
                          .handler("pets", WebSockets.handler(_ -> {}))))
          .isEqualTo(
              """
              api.yaml:5:10: error[websocket-handler]: operation "chat" is a WebSocket, and its handler opens none
                  5 |     get: {operationId: chat, x-websocket: true, responses: {"101": {description: ok}}}
                    |          ^
                fix: register one that WebSockets.handler makes, or remove x-websocket
              api.yaml:9:10: error[websocket-handler]: the handler of "pets" opens a WebSocket, and the operation is none
                  9 |     get: {operationId: pets, responses: {"200": {description: ok}}}
                    |          ^
                fix: declare it with x-websocket, or register a handler that answers requests
              2 errors\
              """);
    }

    @Test
    void that_nobody_asks_for_are_named_with_the_nearest() {
      assertThat(
              refusal(
                  DOCUMENT,
                  builder -> builder.mock(true).handler("list_pet", NONE).handler("other", NONE)))
          .isEqualTo(
              """
              api.yaml:1:1: error[handler-unknown]: a handler is registered as "list_pet" but no operation has that name
                  1 | openapi: 3.1.1
                    | ^
                fix: did you mean "list_pets"?
              api.yaml:1:1: error[handler-unknown]: a handler is registered as "other" but no operation has that name
                  1 | openapi: 3.1.1
                    | ^
                fix: name it after an operationId or an x-handler extension
              2 errors\
              """);
    }

    @Test
    void are_found_by_method_and_path_too() {
      TestServer server =
          TestServer.of(
              DOCUMENT, builder -> builder.handler("list_pets", NONE).handler("POST /pets", NONE));

      assertThat(server.ask("POST", "/pets", "").status()).isEqualTo(204);
    }
  }

  @Nested
  class A_document {

    @Test
    void with_errors_is_refused_with_all_of_them() {
      assertThat(
              refusal(
                  """
                  openapi: 3.1.1
                  info: {title: Broken}
                  paths:
                    /a/{id}: {get: {responses: {"200": {description: ok}}}}
                  """,
                  builder -> builder.mock(true)))
          .contains("api.yaml:2:1: error", "api.yaml:4:3: error", "2 errors");
    }

    @Test
    void that_is_not_there_is_refused() {
      assertThatThrownBy(
              () -> BrrtServer.builder().document(Path.of("nowhere.yaml")).startInProcess())
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("nowhere.yaml");
    }

    @Test
    void must_be_given() {
      assertThatThrownBy(() -> BrrtServer.builder().start())
          .hasMessage("a server needs a document; call document(Path)");
    }

    @Test
    void has_extensions_of_the_right_kind() {
      assertThat(
              refusal(
                  """
                  openapi: 3.1.1
                  info: {title: Extensions, version: "1"}
                  paths:
                    /a:
                      get:
                        operationId: a
                        x-brrtrouter-body-limit: 9999999999999999
                        x-brrtrouter-deadline-ms: soon
                        x-brrtrouter-response-check: sometimes
                        responses: {"200": {description: ok}}
                  """,
                  builder -> builder.mock(true)))
          .contains(
              "7:32: error[extension-value]: x-brrtrouter-body-limit cannot be 9999999999999999",
              "8:33: error[extension-value]: x-brrtrouter-deadline-ms cannot be \"soon\"",
              "9:36: error[extension-value]: x-brrtrouter-response-check cannot be \"sometimes\"");
    }

    @Test
    void asks_for_no_more_than_the_ceiling() {
      assertThat(
              refusal(
                  """
                  openapi: 3.1.1
                  info: {title: Extensions, version: "1"}
                  paths:
                    /a:
                      get:
                        operationId: a
                        x-brrtrouter-body-limit: 16777217
                        responses: {"200": {description: ok}}
                  """,
                  builder -> builder.mock(true)))
          .contains(
              "7:32: error[extension-value]: x-brrtrouter-body-limit asks for 16777217 bytes, more"
                  + " than the ceiling of 16777216",
              "fix: lower it, or raise body.ceiling_bytes in the configuration");
    }

    @Test
    void whose_servers_put_two_operations_at_one_place_is_refused() {
      assertThat(
              refusal(
                  """
                  openapi: 3.1.1
                  info: {title: Conflict, version: "1"}
                  servers: [{url: /v1}]
                  paths:
                    /a: {get: {operationId: one, responses: {"204": {description: ok}}}}
                    /v1/a:
                      servers: [{url: /}]
                      get: {operationId: two, responses: {"204": {description: ok}}}
                  """,
                  builder -> builder.mock(true)))
          .contains(
              "api.yaml:8:10: error[path-conflict]: GET /v1/a is also /a at api.yaml:5:13",
              "fix: give one of them another path or server");
    }

    @Test
    void whose_server_url_is_none_is_refused() {
      assertThat(
              refusal(
                  """
                  openapi: 3.1.1
                  info: {title: Url, version: "1"}
                  servers: [{url: "http://a b/"}]
                  paths:
                    /a: {get: {operationId: one, responses: {"204": {description: ok}}}}
                  """,
                  builder -> builder.mock(true)))
          .contains("is not a URL");
    }
  }

  @Nested
  class Answering_from_examples {
    @Test
    void is_named_in_what_a_start_says() {
      assertThat(said(DOCUMENT, b -> b.mock(true).handler("list_pets", NONE)))
          .contains("\n2 operations, 1 of them answered from examples: POST /pets\n");
    }

    @Test
    void is_named_up_to_ten_times() {
      StringBuilder paths = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        paths.append(
            "  /%1$d: {get: {operationId: op_%1$d, responses: {'204': {description: ok}}}}\n"
                .formatted(i));
      }
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      BrrtServer.builder()
          .document(
              TestServer.file(
                  "openapi: 3.1.1\ninfo: {title: Many, version: '1'}\npaths:\n" + paths))
          .mock(true)
          .handler("op_3", NONE)
          .config(TestServer.config())
          .output(new PrintStream(said, true, StandardCharsets.UTF_8))
          .start()
          .close();

      assertThat(said.toString(StandardCharsets.UTF_8))
          .contains(
              "\n12 operations, 11 of them answered from examples: op_0, op_1, op_2, op_4, op_5, op_6, op_7, op_8, op_9,"
                  + " op_10 and 1 more\n");
    }
  }

  @Nested
  class What_is_odd {
    private String banner(String document, ServerConfig config) {
      Path file = TestServer.file(document);
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      BrrtServer.builder()
          .document(file)
          .mock(true)
          .config(config)
          .port(0)
          .output(new PrintStream(said, true, StandardCharsets.UTF_8))
          .start()
          .close();
      return said.toString(StandardCharsets.UTF_8).replace(file.getParent() + "/", "");
    }

    @Test
    void about_the_environment_is_named() {
      ServerConfig config =
          ServerConfig.read(
              Optional.empty(), Map.of("BRRTR_PROT", "1", "BRRTR_HEALTH", "x"), Map.of());

      assertThat(banner(DOCUMENT, config))
          .contains(
              """
              2 operations, answered from examples
              nothing is secured: anybody may call every operation
              1 warning; run "brrt lint api.yaml" to see them
              environment variable BRRTR_HEALTH: warning[config-unknown-variable]: no setting has this variable; that of http.max_requests is BRRTR_HTTP_MAX_REQUESTS, for example; there are host, port, mock, watch, allow_breaking, http, body, form, json, requests, problems, responses, endpoints, metrics, shutdown, tls, cors, security_headers, security, rate_limit, concurrency, compression, tracing, log, static, document
              environment variable BRRTR_PROT: warning[config-unknown-variable]: no setting has this variable; did you mean BRRTR_PORT?
              """);
    }

    @Test
    void about_the_built_in_endpoints_is_named() {
      assertThat(
              banner(
                  """
                  openapi: 3.1.1
                  info: {title: Start, version: "7"}
                  paths:
                    /health: {post: {operationId: a, responses: {"204": {description: ok}}}}
                  """,
                  ServerConfig.defaults()))
          .contains(
              "api.yaml:4:19: warning[endpoint-replaced]: the document has a path /health, so the"
                  + " built-in endpoint health is not served; give endpoints.health another path,"
                  + " or off\n");
    }

    @Test
    void beyond_ten_are_counted() {
      Map<String, String> environment = new HashMap<>();
      for (int i = 0; i < 12; i++) {
        environment.put("BRRTR_UNKNOWN_" + i, "1");
      }
      assertThat(banner(DOCUMENT, ServerConfig.read(Optional.empty(), environment, Map.of())))
          .contains("BRRTR_UNKNOWN_0: warning", "\nand 2 more warnings\nListening");
    }
  }

  @Nested
  class A_setting_of_the_builder {
    @Test
    void goes_before_the_configuration_in_whatever_order() {
      try (BrrtServer server =
          BrrtServer.builder()
              .port(0)
              .host("localhost")
              .config(TestServer.config("port", "1", "host", "192.0.2.1"))
              .document(TestServer.file(DOCUMENT))
              .mock(true)
              .output(new PrintStream(new ByteArrayOutputStream()))
              .start()) {
        assertThat(server.url()).startsWith("http://localhost:");
      }
    }

    @Test
    void that_cannot_be_is_refused() {
      assertThatThrownBy(() ->
              BrrtServer.builder()
                  .document(TestServer.file(DOCUMENT))
                  .port(70_000)
                  .startInProcess())
          .hasMessage(
              "code: error[config-value]: port cannot be \"70000\"; it takes: integer from 0 to"
                  + " 65535");
    }
  }

  @Nested
  class An_undeclared_query_parameter {
    private static final String ROUTES =
        DOCUMENT.replace(
            "operationId: list_pets",
            "operationId: list_pets\n      parameters: [{name: limit, in: query, schema: {}}]");

    @Test
    void is_ignored_unless_queries_are_strict() {
      assertThat(TestServer.mocking(ROUTES).get("/pets?limt=1").status()).isEqualTo(204);
      TestServer strict =
          TestServer.of(
              ROUTES,
              builder ->
                  builder.mock(true).config(TestServer.config("requests.strict_query", "true")));
      strict.server().addRoute("GET", "/hello", NONE);

      assertThat(strict.get("/pets?limit=1").status()).isEqualTo(204);
      assertThat(TestServer.text(strict.get("/pets?limt=1")))
          .contains("\"in\":\"query\",\"name\":\"limt\"", "is not declared; declared are limit");
      assertThat(strict.ask("POST", "/pets?a=1", "").status()).isEqualTo(400);
      assertThat(strict.get("/hello?a=1").status()).isEqualTo(204);
    }
  }

  @Nested
  class An_address {

    @Test
    void that_is_taken_is_refused() throws IOException {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        BrrtServer.Builder builder =
            BrrtServer.builder()
                .document(TestServer.file(DOCUMENT))
                .mock(true)
                .output(new PrintStream(new ByteArrayOutputStream()))
                .config(TestServer.config("port", String.valueOf(taken.getLocalPort())));

        assertThatThrownBy(builder::start)
            .isInstanceOf(StartupException.class)
            .hasMessageStartingWith("cannot listen on 127.0.0.1:" + taken.getLocalPort());
      }
    }

    @Test
    void is_what_a_server_in_process_does_not_have() {
      TestServer server = TestServer.mocking(DOCUMENT);

      assertThatThrownBy(() -> server.server().port())
          .hasMessage("the server was started in process: it has no address");
      assertThat(server.get("/ready").status()).isEqualTo(200);
      server.server().close();
      assertThat(server.get("/ready").status()).isEqualTo(503);
    }
  }

  @Nested
  class An_application {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int launch(Map<String, String> environment, Path document, String... args) {
      Launch launch =
          new Launch(environment, new PrintStream(out, true), new PrintStream(err, true));
      int code = launch.run((builder, _) -> builder.mock(true), document, args);
      launch.server().ifPresent(BrrtServer::close);
      return code;
    }

    @Test
    void takes_its_address_from_arguments_before_the_environment() {
      Path document = TestServer.file(DOCUMENT);

      assertThat(launch(Map.of("BRRTR_PORT", "1"), document, "--port", "0", "--host=localhost"))
          .isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("Listening on http://localhost:");
    }

    @Test
    void finds_its_configuration_beside_the_document_or_where_it_is_told() throws IOException {
      Path document = TestServer.file(DOCUMENT);
      Path config = Files.writeString(document.resolveSibling("config.yaml"), "nonsense: 1\n");
      Path other = Files.writeString(document.resolveSibling("other.yaml"), "port: 0\n");
      config.toFile().deleteOnExit();
      other.toFile().deleteOnExit();

      assertThat(launch(Map.of(), document)).isEqualTo(1);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("config.yaml:1:1")
          .contains("nonsense");
      assertThat(launch(Map.of("BRRTR_CONFIG", other.toString()), document)).isZero();
      assertThat(launch(Map.of(), document, "--config", other.toString())).isZero();
    }

    @Test
    void says_in_plain_words_why_it_does_not_start() {
      assertThat(launch(Map.of(), TestServer.file("openapi: 3.1.1\n"))).isEqualTo(1);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("error[").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot=1", "8080", "--port", "--", "-port=1", "--config=", "--host="})
    void knows_wrong_usage(String argument) {
      assertThat(launch(Map.of(), Path.of("unused.yaml"), argument)).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .isEqualToNormalizingNewlines(
              "usage: [--port PORT] [--host HOST] [--config FILE] [--dev-security] [--verbose] [--help]\n");
    }

    @Test
    void explains_its_arguments() {
      assertThat(launch(Map.of(), Path.of("unused.yaml"), "--help")).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("--port PORT", "--host HOST", "--config FILE", "--verbose", "--help");
      assertThat(err.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shows_its_settings_and_where_they_come_from(boolean argument) {
      Path document = TestServer.file(DOCUMENT);
      int code =
          argument
              ? launch(Map.of("BRRTR_PORT", "0"), document, "--verbose")
              : launch(Map.of("BRRTR_PORT", "0", "BRRTR_VERBOSE", "true"), document);

      assertThat(code).isZero();
      assertThat(err.toString(StandardCharsets.UTF_8))
          .startsWith("Settings\n  host = 127.0.0.1 (default)\n  port = 0 (BRRTR_PORT)\n");
    }
  }
}
