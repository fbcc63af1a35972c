package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("docs/hot-reload.md")
@Timeout(120)
class HotReloadGuideTest {
  private static final String PAGE = "docs/hot-reload.md";

  private static final String BEFORE =
      """
      openapi: 3.1.1
      info: {title: Shop, version: "1"}
      paths:
        /goods:
          get:
            operationId: list_goods
            responses: {"200": {description: Ok., content: {text/plain: {example: all}}}}
      """;

  private static final String MORE =
      """
        /more:
          get:
            operationId: more
            responses: {"204": {description: Ok.}}
      """;

  private static final String ADDED =
      """
          post:
            operationId: add_good
            responses: {"204": {description: Ok.}}
      """;

  @TempDir private Path directory;
  private final Queue<String> said = new ConcurrentLinkedQueue<>();

  /** Other tests write to the same log; the lines of ours have our directory, or are alike. */
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          said.add("%-5s %s".formatted(event.getLevel(), shortened(event.getFormattedMessage())));
        }
      };

  private String shortened(String text) {
    return text.replace(directory + "/", "");
  }

  private BrrtServer start(String document, String config) throws Exception {
    Files.writeString(directory.resolve("openapi.yaml"), document);
    Path file = Files.writeString(directory.resolve("config.yaml"), config + "\n");
    return BrrtServer.builder()
        .document(directory.resolve("openapi.yaml"))
        .config(ServerConfig.read(Optional.of(file), Map.of(), Map.of("port", "0", "mock", "true")))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  private void change(String document) throws Exception {
    Files.writeString(directory.resolve("openapi.yaml"), document);
  }

  private static JsonNode await(BrrtServer server, Predicate<JsonNode> condition) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + "/ready"))
              .timeout(Duration.ofSeconds(30))
              .build();
      JsonNode ready;
      do {
        ready = JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
      } while (!condition.test(ready));
      return ready;
    }
  }

  private static boolean is(JsonNode ready, int generation) {
    return ready.at("/generation/number").intValue() == generation;
  }

  @Test
  void the_log_says_what_changed_for_clients() throws Exception {
    List<String> shown =
        Pages.blocks(PAGE, "text").stream()
            .filter(block -> block.startsWith("INFO  generation 2 serves"))
            .flatMap(String::lines)
            .toList();
    assertThat(shown).hasSize(3);
    Logger log =
        ((LoggerContext) LoggerFactory.getILoggerFactory())
            .getLogger("io.brrtrouter.server.reload");
    appender.start();
    log.addAppender(appender);
    try (BrrtServer server = start(BEFORE + MORE, "watch: true\nallow_breaking: true")) {
      change(BEFORE + ADDED);
      await(server, ready -> is(ready, 2));
      // Told after it serves.
      while (said.stream().noneMatch(shown.getLast()::equals)) {
        Thread.onSpinWait();
      }
      assertThat(said).containsSubsequence(shown);
    } finally {
      log.detachAppender(appender);
    }
  }

  @Test
  void ready_says_what_serves_and_what_is_not_taken() throws Exception {
    String block = Pages.blocks(PAGE, "json").getFirst();
    String yaml =
        Pages.blocks(PAGE, "yaml").stream().filter("watch: true"::equals).findFirst().orElseThrow();
    try (BrrtServer server = start(BEFORE, yaml)) {
      change(BEFORE + ADDED);
      await(server, ready -> is(ready, 2));
      change(BEFORE + ADDED.replace("add_good", "5"));
      JsonNode ready = await(server, answer -> answer.has("refused"));

      ObjectNode shown = (ObjectNode) JsonMapper.shared().readTree(block);
      ObjectNode told = (ObjectNode) JsonMapper.shared().readTree(shortened(ready.toString()));
      assertTimes(told, shown);
      assertThat(told).isEqualTo(shown);
    }
  }

  /** Each has its own. */
  private static void assertTimes(ObjectNode told, ObjectNode shown) {
    for (ObjectNode one : List.of(told, shown)) {
      for (Map.Entry<String, String> time :
          Map.of("generation", "since", "refused", "at").entrySet()) {
        JsonNode removed = ((ObjectNode) one.path(time.getKey())).remove(time.getValue());
        assertThatCode(() -> Instant.parse(removed.stringValue())).doesNotThrowAnyException();
      }
    }
  }
}
