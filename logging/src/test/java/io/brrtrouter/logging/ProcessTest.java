package io.brrtrouter.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in a process of its own, and what it logs there. */
@Timeout(180)
class ProcessTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: {title: t, version: "1"}
      paths:
        /orders/{id}:
          get:
            operationId: order
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            responses: {"204": {description: ok}}
      """;

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();
  private Path document;
  private Process process;
  private BufferedReader said;
  private int port;

  @BeforeEach
  void writes_a_document() throws IOException {
    document = Files.writeString(directory.resolve("api.yaml"), DOCUMENT);
  }

  @AfterEach
  void ends() {
    started.forEach(Process::destroyForcibly);
    client.close();
  }

  private void start(Map<String, String> environment, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                LoggedServer.class.getName(),
                document.toString()));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(
            name -> name.startsWith("LOG") || name.startsWith("BRRTR") || name.startsWith("OTEL"));
    builder.environment().putAll(environment);
    process = builder.start();
    started.add(process);
    said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    while (line != null && !line.startsWith("port ")) {
      line = said.readLine();
    }
    assertThat(line).as(() -> "the server starts").isNotNull();
    port = Integer.parseInt(line.substring("port ".length()));
  }

  private int ask(String path, String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("X-Request-ID", id)
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private void say(char letter) throws IOException {
    process.getOutputStream().write(letter);
    process.getOutputStream().flush();
  }

  private String log() throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static List<JsonNode> parsed(String log) {
    JsonMapper json = new JsonMapper();
    return log.lines().map(json::readTree).toList();
  }

  @Test
  void every_line_is_json_and_tells_its_request_and_the_last_is_there() throws Exception {
    start(Map.of("OTEL_SERVICE_NAME", "shop"));
    assertThat(ask("/orders/7", "one")).isEqualTo(204);
    assertThat(ask("/orders/13?token=Zq8xW3vKp0LmT7", "two")).isEqualTo(500);
    say('q');
    String log = log();

    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(log).doesNotContain("Zq8xW3vKp0LmT7");
    List<JsonNode> lines = parsed(log);
    assertThat(lines).allMatch(line -> line.path("service").asString().equals("shop"));
    assertThat(lines.stream().map(line -> line.path("message").asString()))
        .contains(
            "ordering 7",
            "GET /orders/7 204",
            "ordering 13",
            "request two: GET /orders/{id} failed",
            "GET /orders/13 500",
            "the last line");
    assertThat(lines)
        .filteredOn(line -> line.path("message").asString().matches("ordering 7|GET /orders/7.*"))
        .hasSize(2)
        .allMatch(line -> line.path("request_id").asString().equals("one"))
        .allMatch(line -> line.path("operation").asString().equals("order"));
    assertThat(lines)
        .filteredOn(line -> line.has("exception"))
        .singleElement()
        .matches(line -> line.path("request_id").asString().equals("two"))
        .matches(line -> line.path("exception").asString().contains("password=***"));
  }

  /** The pipe takes 64 KiB, the queue some more. */
  @Test
  void a_log_that_nobody_reads_stops_no_request_and_no_end() throws Exception {
    start(Map.of("LOG_QUEUE", "512"));
    for (int i = 0; i < 10; i++) {
      say('l');
    }
    for (int i = 0; i < 50; i++) {
      assertThat(ask("/orders/" + (i % 2 == 0 ? "7" : "13"), "r" + i)).isIn(204, 500);
    }
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    assertThat(client.send(metrics, BodyHandlers.ofString()).body())
        .containsPattern("brrtrouter_log_lines_dropped_total\\{level=\"info\"[^}]*} [1-9]");
    process.toHandle().destroy(); // which leaves the streams open

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void what_was_dropped_is_told_once_somebody_reads() throws Exception {
    start(Map.of("LOG_QUEUE", "64"));
    for (int i = 0; i < 5; i++) {
      say('l');
    }
    assertThat(ask("/orders/7", "one")).isEqualTo(204);
    say('q');
    String log = log();

    assertThat(parsed(log))
        .anyMatch(line ->
            line.path("message").asString().startsWith("lines of the log were dropped")
                && line.path("dropped_info").asInt() > 0);
  }

  @Test
  void sigterm_ends_with_everything_written() throws Exception {
    start(Map.of("LOG_FORMAT", "console"));
    assertThat(ask("/orders/7", "one")).isEqualTo(204);
    process.toHandle().destroy(); // which leaves the streams open
    String log = log();

    assertThat(process.waitFor()).isZero();
    assertThat(log)
        .containsPattern("INFO  GET /orders/7 204 request_id=one operation=order")
        .containsPattern("INFO  Orders - ordering 7 request_id=one operation=order\n");
  }

  @Test
  void levels_change_with_the_file() throws Exception {
    Path config = directory.resolve("config.yaml");
    Files.writeString(config, "watch: true\n");
    start(Map.of(), config.toString());
    assertThat(ask("/orders/7", "before")).isEqualTo(204);
    change(
        config, "watch: true\nlog:\n  levels:\n    shop: debug\n    io.brrtrouter.access: off\n");
    BufferedReader log =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    List<String> before = until(log, "generation 2");
    assertThat(before).noneMatch(line -> line.contains("in detail"));
    assertThat(ask("/orders/7", "during")).isEqualTo(204);
    until(log, "in detail");
    change(config, "watch: true\n");
    assertThat(until(log, "generation 3")).noneMatch(line -> line.contains("GET /orders/7"));
    assertThat(ask("/orders/7", "after")).isEqualTo(204);
    assertThat(until(log, "GET /orders/7")).noneMatch(line -> line.contains("in detail"));
  }

  private void change(Path file, String text) throws IOException {
    Path fresh = Files.writeString(directory.resolve("fresh"), text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<String> until(BufferedReader log, String text) throws IOException {
    List<String> lines = new ArrayList<>();
    String line = log.readLine();
    while (line != null && !line.contains(text)) {
      lines.add(line);
      line = log.readLine();
    }
    assertThat(line).as("a line with %s after %s", text, lines).isNotNull();
    return lines;
  }

  @Test
  void loki_gets_the_same_lines() throws Exception {
    List<String> bodies = new CopyOnWriteArrayList<>();
    Map<String, String> fields = new HashMap<>();
    HttpServer loki = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    loki.createContext(
        "/loki/api/v1/push",
        exchange -> {
          fields.put("type", exchange.getRequestHeaders().getFirst("Content-Type"));
          fields.put("auth", exchange.getRequestHeaders().getFirst("Authorization"));
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    loki.start();
    try {
      start(
          Map.of(
              "LOKI_URL",
              "http://me:pw@127.0.0.1:" + loki.getAddress().getPort(),
              "OTEL_SERVICE_NAME",
              "shop"));
      assertThat(ask("/orders/7", "one")).isEqualTo(204);
      say('q');
      log();
      assertThat(process.waitFor()).isEqualTo(3);
    } finally {
      loki.stop(0);
    }

    assertThat(fields).containsEntry("auth", "Basic bWU6cHc=");
    JsonNode stream = new JsonMapper().readTree(bodies.getFirst()).path("streams").path(0);
    assertThat(stream.path("stream").toString())
        .contains("\"service_name\":\"shop\"", "\"level\":\"INFO\"");
    List<String> lines = new ArrayList<>();
    for (String body : bodies) {
      for (JsonNode each : new JsonMapper().readTree(body).path("streams")) {
        each.path("values").forEach(value -> lines.add(value.path(1).asString()));
      }
    }
    assertThat(parsed(String.join("\n", lines)))
        .anyMatch(line ->
            line.path("message").asString().equals("ordering 7")
                && line.path("request_id").asString().equals("one"));
  }
}
