package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.runtime.WatchedServer.texts;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Files that change while a server runs that watches them. */
class ReloadTest {
  private static final String LOG = "io.brrtrouter.server.reload";

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Shop, version: "1"}
      paths:
        /goods:
          get:
            operationId: list_goods
            responses: {"200": {description: ok, content: {text/plain: {example: all}}}}
          post:
            operationId: add_good
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {price: {type: integer, minimum: 10}}}}}}
            responses: {"204": {description: ok}}
      """;

  private static final String MORE =
      """
        /more:
          get:
            operationId: more
            responses: {"200": {description: ok, content: {text/plain: {example: more}}}}
      """;

  private static final String KEY =
      """
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      """;

  private static final String LENIENT = "allow_breaking: true\n";

  @TempDir Path directory;

  @BeforeEach
  void writes_a_document() {
    change("api.yaml", DOCUMENT);
  }

  private void change(String file, String text) {
    WatchedServer.write(directory.resolve(file), text);
  }

  private WatchedServer server() {
    return WatchedServer.of(directory);
  }

  @Nested
  class A_changed_document {

    @Test
    void serves_a_path_more() throws Exception {
      try (CapturedLog log = new CapturedLog(LOG);
          WatchedServer server = server()) {
        assertThat(server.get("/more").statusCode()).isEqualTo(404);

        JsonNode ready = server.change("api.yaml", DOCUMENT + MORE).awaitGeneration(2);

        assertThat(server.get("/more").body()).isEqualTo("more");
        assertThat(server.get("/goods").body()).isEqualTo("all");
        assertThat(ready.path("status").stringValue()).isEqualTo("ready");
        assertThat(ready.at("/generation/changes").stringValue()).isEqualTo("1 compatible change");
        String change =
            directory.resolve("api.yaml") + ":14:7: compatible[operation-added]: GET /more";
        assertThat(texts(ready.at("/generation/details")))
            .singleElement()
            .asString()
            .startsWith(change);
        assertThat(ready.has("refused")).isFalse();
        assertThat(ready.path("generation").has("warnings")).isFalse();
        assertThat(log.next("generation 2 serves: 1 compatible change").getLevel())
            .isEqualTo(Level.INFO);
        assertThat(log.next(change).getLevel()).isEqualTo(Level.INFO);
      }
    }

    @Test
    void is_shown_with_what_is_odd_about_it() throws Exception {
      change("config.yaml", "endpoints: {metrics: /numbers}\n");
      try (CapturedLog log = new CapturedLog(LOG);
          WatchedServer server = server()) {
        JsonNode ready =
            server
                .change("api.yaml", DOCUMENT + MORE.replace("/more", "/numbers"))
                .awaitGeneration(2);

        String warning = directory.resolve("api.yaml") + ":14:7: warning[endpoint-replaced]";
        assertThat(texts(ready.at("/generation/warnings")))
            .singleElement()
            .asString()
            .startsWith(warning);
        assertThat(log.next(warning).getLevel()).isEqualTo(Level.WARN);
      }
    }

    @Test
    void serves_a_path_less_where_that_is_allowed() {
      change("api.yaml", DOCUMENT + MORE);
      change("config.yaml", LENIENT);
      try (WatchedServer server = server()) {
        server.change("api.yaml", DOCUMENT).awaitGeneration(2);

        assertThat(server.get("/more").statusCode()).isEqualTo(404);
        // Once the last answer of the generation before is complete.
        server.awaitMetrics(text -> !text.contains("operation=\"more\""));
      }
    }

    @Test
    void takes_what_its_schemas_take() {
      try (WatchedServer server = server()) {
        assertThat(server.post("/goods", "{\"price\": 5}").statusCode()).isEqualTo(400);

        server.change("api.yaml", DOCUMENT.replace("10", "5")).awaitGeneration(2);

        assertThat(server.post("/goods", "{\"price\": 5}").statusCode()).isEqualTo(204);
        assertThat(server.post("/goods", "{\"price\": 4}").statusCode()).isEqualTo(400);
      }
    }

    @Test
    void asks_for_credentials() {
      change("config.yaml", LENIENT + "security: {development: true}\n");
      try (WatchedServer server = server()) {
        server
            .change(
                "api.yaml",
                DOCUMENT.replace(
                        "operationId: list_goods",
                        "operationId: list_goods\n      security: [{key: []}]")
                    + KEY)
            .awaitGeneration(2);

        assertThat(server.get("/goods").statusCode()).isEqualTo(401);
        assertThat(server.get("/goods", "X-Key", "development-only").statusCode()).isEqualTo(200);
      }
    }

    @Test
    void lets_other_pages_in() {
      change("config.yaml", "cors: {origins: [\"https://a.example\"]}\n");
      try (WatchedServer server = server()) {
        assertThat(server.get("/goods", "Origin", "https://a.example").headers().map())
            .containsEntry("access-control-allow-origin", List.of("https://a.example"));

        server
            .change(
                "api.yaml",
                DOCUMENT.replace(
                    "operationId: list_goods",
                    "operationId: list_goods\n      x-cors: {allowCredentials: true}"))
            .awaitGeneration(2);

        assertThat(server.get("/goods", "Origin", "https://a.example").headers().map())
            .containsEntry("access-control-allow-credentials", List.of("true"));
      }
    }

    @Test
    void is_compiled_while_the_one_before_answers() throws Exception {
      AtomicBoolean reloading = new AtomicBoolean();
      AtomicBoolean stop = new AtomicBoolean();
      try (WatchedServer server = WatchedServer.unwatched(directory);
          ExecutorService client = Executors.newSingleThreadExecutor()) {
        Future<Integer> meanwhile =
            client.submit(() -> {
              int answers = 0;
              while (!stop.get()) {
                boolean began = reloading.get();
                assertThat(server.get("/goods").body()).isEqualTo("all");
                answers += began && reloading.get() ? 1 : 0;
              }
              return answers;
            });
        StringBuilder large = new StringBuilder(DOCUMENT);
        for (int i = 0; i < 1_000; i++) {
          large.append(MORE.replace("more", "more" + i));
        }
        change("api.yaml", large.toString());
        reloading.set(true);
        ReloadOutcome outcome = server.server().reload();
        reloading.set(false);
        stop.set(true);

        assertThat(outcome).isInstanceOf(ReloadOutcome.Published.class);
        assertThat(meanwhile.get()).as("answers while it was compiled").isPositive();
        assertThat(server.get("/more999").body()).isEqualTo("more999");
      }
    }

    @Test
    void is_the_one_that_is_shown() {
      try (WatchedServer server = server()) {
        assertThat(server.get("/openapi.json").body()).contains("\"Shop\"");

        server.change("api.yaml", DOCUMENT.replace("Shop", "Store")).awaitGeneration(2);

        assertThat(server.get("/openapi.json").body()).contains("\"Store\"");
        assertThat(server.get("/openapi.yaml").body()).contains("title: Store");
        assertThat(server.get("/docs/openapi.json").body()).contains("\"Store\"");
        assertThat(server.get("/docs").body()).contains("Store");
      }
    }
  }

  @Nested
  class A_document_with_errors {
    private static final String BROKEN = "openapi: 3.1.1\npaths: {/x: [\n";

    @Test
    void is_not_taken_and_the_log_says_why_and_where() throws Exception {
      try (CapturedLog log = new CapturedLog(LOG);
          WatchedServer server = server()) {
        JsonNode refused =
            server
                .change("api.yaml", DOCUMENT.replace("operationId: add_good", "operationId: 5"))
                .awaitRefusal();

        String place = directory.resolve("api.yaml") + ":9:20: error";
        assertThat(texts(refused.path("findings")))
            .hasSize(1)
            .allSatisfy(each -> assertThat(each).startsWith(place));
        ILoggingEvent line = log.next(place);
        assertThat(line.getThrowableProxy()).isNull();
        assertThat(server.get("/goods").body()).isEqualTo("all");
        assertThat(server.generation()).isEqualTo(1);
      }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
      "file-too-large, the file is larger than",
      "nesting-too-deep, values are nested deeper than",
      "too-many-aliases, more than",
      "too-many-nodes, more than",
    })
    void is_not_taken_where_it_is_beyond_a_limit(String rule, String message) throws Exception {
      Path next = directory.resolve("next");
      Files.writeString(next, DOCUMENT + MORE + beyond(rule));
      try (WatchedServer server = server()) {
        Files.move(next, directory.resolve("api.yaml"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(texts(server.awaitRefusal().path("findings")))
            .singleElement()
            .asString()
            .contains("api.yaml", "error[" + rule + "]", message);
        assertThat(server.get("/goods").body()).isEqualTo("all");
        assertThat(server.get("/more").statusCode()).isEqualTo(404);
        assertThat(server.generation()).isEqualTo(1);
      }
    }

    private static String beyond(String rule) {
      DocumentLimits limits = LoadOptions.defaults().limits();
      return switch (rule) {
        case "file-too-large" -> "#" + "x".repeat(limits.bytes());
        case "nesting-too-deep" ->
            "x-deep: " + "[".repeat(limits.depth()) + "]".repeat(limits.depth());
        case "too-many-aliases" ->
            "x-one: &one 1\nx-all: [" + "*one, ".repeat(limits.aliases() + 1) + "]";
        case "too-many-nodes" -> bomb();
        default -> throw new AssertionError(rule);
      };
    }

    /** A value of a million, in a few lines. */
    private static String bomb() {
      StringBuilder lines = new StringBuilder("x-0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
      for (int i = 1; i <= 6; i++) {
        String alias = "*x" + (i - 1) + ", ";
        lines.append("x-" + i + ": &x" + i + " [" + alias.repeat(10) + "]\n");
      }
      return lines.toString();
    }

    @Test
    void is_taken_once_it_is_repaired() {
      try (WatchedServer server = server()) {
        server.change("api.yaml", BROKEN).awaitRefusal();
        assertThat(server.get("/goods").body()).isEqualTo("all");

        JsonNode ready = server.change("api.yaml", DOCUMENT + MORE).awaitGeneration(2);

        assertThat(ready.has("refused")).isFalse();
        assertThat(server.get("/more").body()).isEqualTo("more");
      }
    }

    @Test
    void is_forgotten_when_it_is_changed_back() {
      try (WatchedServer server = server()) {
        server.change("api.yaml", BROKEN).awaitRefusal();

        JsonNode ready =
            server.change("api.yaml", DOCUMENT).await(answer -> !answer.has("refused"));

        assertThat(ready.at("/generation/number").longValue()).isEqualTo(1);
      }
    }

    @Test
    void leaves_no_trace_in_metrics() {
      try (WatchedServer server = server()) {
        String unverified =
            MORE.replace("operationId: more", "operationId: more\n      security: [{key: []}]")
                + KEY;
        JsonNode refused = server.change("api.yaml", DOCUMENT + unverified).awaitRefusal();

        assertThat(texts(refused.path("findings")).toString())
            .contains("error[security-without-provider]");
        assertThat(server.get("/metrics").body())
            .contains("operation=\"list_goods\"")
            .doesNotContain("operation=\"more\"");
      }
    }
  }

  @Nested
  class A_breaking_change {
    private final String removed = DOCUMENT.replaceFirst("(?s)    post:.*", "");

    @Test
    void is_not_taken() {
      try (WatchedServer server = server()) {
        JsonNode refused = server.change("api.yaml", removed).awaitRefusal();

        assertThat(refused.path("changes").stringValue()).isEqualTo("1 breaking change");
        assertThat(texts(refused.path("breaking")))
            .hasSize(1)
            .allSatisfy(each -> assertThat(each).contains("breaking[", "POST /goods"));
        assertThat(server.post("/goods", "{}").statusCode()).isEqualTo(204);
      }
    }

    @Test
    void is_named_in_the_log_with_what_else_changed_in_numbers() throws Exception {
      try (CapturedLog log = new CapturedLog(LOG);
          WatchedServer server = server()) {
        server.change("api.yaml", removed + MORE).awaitRefusal();

        ILoggingEvent line = log.next("1 breaking, 1 compatible change"); // Others log here too.
        assertThat(line.getLevel()).isEqualTo(Level.ERROR);
        assertThat(line.getFormattedMessage())
            .contains("would break clients and is not taken", "to take it, set allow_breaking");
        assertThat(log.next("breaking[operation-removed]: POST /goods").getLevel())
            .isEqualTo(Level.WARN);
      }
    }

    @Test
    void is_taken_once_the_configuration_allows_it() {
      try (WatchedServer server = server()) {
        server.change("api.yaml", removed).awaitRefusal();

        server.change("config.yaml", LENIENT).awaitGeneration(2);

        assertThat(server.post("/goods", "{}").statusCode()).isEqualTo(405);
      }
    }
  }

  @Nested
  class A_changed_configuration {

    @Test
    void decides_which_documents_are_too_large() {
      String deep = "x-deep: " + "[".repeat(300) + "]".repeat(300) + "\n";
      try (WatchedServer server = server()) {
        server.change("api.yaml", DOCUMENT + MORE + deep).awaitRefusal();
        server.change("config.yaml", "document: {max_depth: 400}\n").awaitGeneration(2);
        assertThat(server.get("/more").body()).isEqualTo("more");

        JsonNode refused =
            server.change("config.yaml", "document: {max_file_bytes: 9}\n").awaitRefusal();
        assertThat(texts(refused.path("findings")))
            .singleElement()
            .asString()
            .contains("error[file-too-large]", "larger than 9 bytes");
      }
    }

    @Test
    void is_taken_and_named() throws Exception {
      try (CapturedLog log = new CapturedLog(LOG);
          WatchedServer server = server()) {
        assertThat(server.get("/goods?x=1").statusCode()).isEqualTo(200);

        server.change("config.yaml", "requests: {strict_query: true}\n").awaitGeneration(2);

        assertThat(server.get("/goods?x=1").statusCode()).isEqualTo(400);
        assertThat(log.next("taken: requests.strict_query").getFormattedMessage())
            .isEqualTo(
                "generation 2 serves: no changes of the document; taken: requests.strict_query");
      }
    }

    @Test
    void warns_of_what_only_a_start_takes_and_keeps_it_as_it_was() throws Exception {
      try (CapturedLog log = new CapturedLog(LOG);
          WatchedServer server = server()) {
        int port = server.server().port();
        server
            .change("config.yaml", "host: 0.0.0.0\nhttp: {max_connections: 7}\n")
            .awaitGeneration(2);

        Path file = directory.resolve("config.yaml");
        assertThat(log.next(file + ":2:").getFormattedMessage())
            .isEqualTo(
                file
                    + ":2:25: warning[restart-needed]: http.max_connections has changed from 16384 to"
                    + " 7, which only a start takes; restart the server");
        assertThat(log.next(file + ":1:").getFormattedMessage()).contains("host has changed from");
        assertThat(server.server().port()).isEqualTo(port);
      }
    }

    @Test
    void with_errors_is_not_taken_and_not_told_to_everybody() throws Exception {
      try (CapturedLog log = new CapturedLog(LOG);
          WatchedServer server = server()) {
        JsonNode refused = server.change("config.yaml", "requests: {strict: 1}\n").awaitRefusal();

        assertThat(refused.path("configurationErrors").intValue()).isEqualTo(1);
        assertThat(refused.toString()).doesNotContain("strict");
        assertThat(log.next(directory.resolve("config.yaml") + ":1:12").getFormattedMessage())
            .contains("error[config-unknown-key]");
        assertThat(server.get("/goods").statusCode()).isEqualTo(200);
      }
    }

    @Test
    void resets_nobodys_bucket() {
      change("config.yaml", "rate_limit: {enabled: true, requests: 3, window_secs: 3600}\n");
      try (WatchedServer server = server()) {
        server.get("/goods");
        server.get("/goods");

        server.change("api.yaml", DOCUMENT + MORE).awaitGeneration(2);

        assertThat(server.get("/goods").statusCode()).isEqualTo(200);
        assertThat(server.get("/goods").statusCode()).isEqualTo(429);
        assertThat(server.get("/more").statusCode()).isEqualTo(200);
      }
    }
  }

  @Nested
  class Files_that_a_document_refers_to {
    private static final String REFERRING =
        """
        openapi: 3.1.1
        info: {title: Shop, version: "1"}
        paths:
          /goods: {$ref: "parts/goods.yaml"}
        """;

    private static String part(String text) {
      return """
      get:
        operationId: list_goods
        responses: {"200": {description: ok, content: {text/plain: {example: %s}}}}
      """
          .formatted(text);
    }

    @BeforeEach
    void writes_both() throws IOException {
      Files.createDirectory(directory.resolve("parts"));
      change("api.yaml", REFERRING);
      change("parts/goods.yaml", part("first"));
    }

    @Test
    void are_taken_when_they_change() {
      try (WatchedServer server = server()) {
        assertThat(server.get("/goods").body()).isEqualTo("first");

        server.change("parts/goods.yaml", part("second")).awaitGeneration(2);

        assertThat(server.get("/goods").body()).isEqualTo("second");
        assertThat(server.get("/openapi.json").body()).contains("second");
      }
    }

    @Test
    void are_waited_for_where_they_are_missing() {
      try (WatchedServer server = server()) {
        JsonNode refused =
            server.change("api.yaml", REFERRING.replace("goods.yaml", "new.yaml")).awaitRefusal();
        assertThat(texts(refused.path("findings")).toString()).contains("there is no file");

        server.change("parts/new.yaml", part("third")).awaitGeneration(2);

        assertThat(server.get("/goods").body()).isEqualTo("third");
      }
    }
  }

  @Nested
  class Handlers {
    private static HttpResponse says(String text) {
      return HttpResponse.text(200, text);
    }

    @Test
    void go_on_answering() {
      try (WatchedServer server =
          WatchedServer.of(directory, b -> b.handler("list_goods", _ -> says("handler")))) {
        server.change("api.yaml", DOCUMENT + MORE).awaitGeneration(2);

        assertThat(server.get("/goods").body()).isEqualTo("handler");
        assertThat(server.get("/more").body()).isEqualTo("more");
      }
    }

    @Test
    void are_wanted_for_new_operations_as_at_start() {
      try (WatchedServer server =
          WatchedServer.of(
              directory,
              builder ->
                  builder
                      .mock(false)
                      .handler("list_goods", _ -> says("handler"))
                      .handler("add_good", _ -> HttpResponse.of(204)))) {
        JsonNode refused = server.change("api.yaml", DOCUMENT + MORE).awaitRefusal();

        assertThat(texts(refused.path("findings")).toString())
            .contains("error[handler-missing]: operation \"more\" has no handler");
        assertThat(server.get("/goods").body()).isEqualTo("handler");
      }
    }

    @Test
    void that_no_operation_has_are_refused_as_at_start() {
      change("config.yaml", LENIENT);
      try (WatchedServer server =
          WatchedServer.of(directory, b -> b.handler("list_goods", _ -> says("handler")))) {
        JsonNode refused =
            server.change("api.yaml", DOCUMENT.replace("list_goods", "list_all")).awaitRefusal();

        assertThat(texts(refused.path("findings")).toString()).contains("error[handler-unknown]");
        assertThat(server.get("/goods").body()).isEqualTo("handler");
      }
    }

    @Test
    void routes_and_documents_that_code_has_added_stay() throws IOException {
      Path second = directory.resolve("second.yaml");
      change("second.yaml", "openapi: 3.1.1\ninfo: {title: B, version: '1'}\npaths:\n" + MORE);
      try (WatchedServer server = server()) {
        server.server().addRoute("GET", "/extra", _ -> says("extra"));
        server.server().registerFrom(second, Map.of("more", _ -> says("more")));
        server.server().replaceHandler("list_goods", _ -> says("replaced"));
        server.server().replaceHandler("GET /extra", _ -> says("extra too"));
        assertThat(server.generation()).isEqualTo(5);

        server.change("api.yaml", DOCUMENT.replace("10", "5")).awaitGeneration(6);

        assertThat(server.get("/extra").body()).isEqualTo("extra too");
        assertThat(server.get("/more").body()).isEqualTo("more");
        assertThat(server.get("/goods").body()).isEqualTo("replaced");
        assertThat(server.post("/goods", "{\"price\": 5}").statusCode()).isEqualTo(204);
      }
    }

    @Test
    void a_document_that_code_has_added_is_taken_when_it_changes() throws Exception {
      Path second = directory.resolve("second.yaml");
      String added = "openapi: 3.1.1\ninfo: {title: B, version: '1'}\npaths:\n" + MORE;
      change("second.yaml", added);
      change("config.yaml", "endpoints: {reloads: /reloads}\n");
      try (WatchedServer server = server()) {
        server.server().registerFrom(second, Map.of("more", _ -> says("more")));
        assertThat(server.generation()).isEqualTo(2);

        JsonNode refused =
            server.change("second.yaml", added.replace("/more", "/some")).awaitRefusal();
        assertThat(texts(refused.path("breaking")).toString()).contains("GET /more");
        assertThat(server.get("/more").body()).isEqualTo("more");

        server.change("second.yaml", added + MORE.replace("more", "most")).awaitGeneration(3);
        assertThat(server.get("/most").body()).isEqualTo("most");
        assertThat(server.get("/more").body()).isEqualTo("more");
        // The other document is not read again for what it did not do.
        assertThat(server.get("/reloads").body())
            .contains("\"refused\"")
            .doesNotContain("\"restored\"");
      }
    }
  }

  @Nested
  class A_config_map {

    /** What the kubelet does with the files of one: a new directory, and a link that moves. */
    private void exchange(String version, Map<String, String> files) throws IOException {
      Path directory = Files.createDirectory(ReloadTest.this.directory.resolve(version));
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(directory.resolve(file.getKey()), file.getValue());
      }
      Path link =
          Files.createSymbolicLink(
              ReloadTest.this.directory.resolve("..data_tmp"), Path.of(version));
      Files.move(
          link,
          ReloadTest.this.directory.resolve("..data"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, String> files(String text, String origin) {
      return Map.of(
          "api.yaml",
          """
          openapi: 3.1.1
          info: {title: Shop, version: "1"}
          paths:
            /goods: {$ref: "goods.yaml"}
          """,
          "goods.yaml",
          """
          get:
            operationId: list_goods
            responses: {"200": {description: ok, content: {text/plain: {example: %s}}}}
          """
              .formatted(text),
          "config.yaml",
          "cors: {origins: [\"https://" + origin + ".example\"]}\n");
    }

    @Test
    void is_exchanged_as_a_whole() throws IOException {
      Files.delete(directory.resolve("api.yaml"));
      exchange("..1", files("first", "a"));
      for (String name : List.of("api.yaml", "goods.yaml", "config.yaml")) {
        Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
      }
      try (WatchedServer server = server()) {
        assertThat(server.get("/goods").body()).isEqualTo("first");

        exchange("..2", files("second", "b"));
        server.awaitGeneration(2);

        assertThat(server.get("/goods").body()).isEqualTo("second");
        assertThat(server.get("/goods", "Origin", "https://b.example").headers().map())
            .containsEntry("access-control-allow-origin", List.of("https://b.example"));
        assertThat(server.get("/goods", "Origin", "https://a.example").headers().map())
            .doesNotContainKey("access-control-allow-origin");
      }
    }
  }
}
