package io.brrtrouter.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a server logs at TRACE, and what docs/logging.md says of it: compared both ways. */
@Timeout(180)
class TouchpointsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: {title: t, version: "1"}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          broken: {type: apiKey, in: header, name: X-Broken}
      paths:
        /pets:
          post:
            operationId: addPet
            requestBody:
              required: true
              content:
                application/json:
                  schema: {type: object, required: [name], properties: {name: {type: string}}}
            responses: {"204": {description: ok}}
        /fails:
          get: {operationId: fails, responses: {"204": {description: ok}}}
        /late:
          get:
            operationId: late
            x-brrtrouter-deadline-ms: 50
            responses: {"204": {description: ok}}
        /wrong:
          get: {operationId: wrong, responses: {"204": {description: ok}}}
        /secured:
          get: {operationId: secured, security: [{key: []}], responses: {"204": {description: ok}}}
        /unsure:
          get: {operationId: unsure, security: [{broken: []}], responses: {"204": {description: ok}}}
      """;

  /** Not what others log: the tests of a module share their loggers. */
  private static final Map<String, Set<String>> SEEN = new TreeMap<>();

  private static final Logger OURS = (Logger) LoggerFactory.getLogger("io.brrtrouter");
  private static final AppenderBase<ILoggingEvent> LISTENER =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          see(line);
        }
      };

  @TempDir private static Path directory;

  private static void see(ILoggingEvent line) {
    if (line.getKeyValuePairs() == null) {
      return;
    }
    Set<String> fields = new TreeSet<>();
    String event = "";
    for (var pair : line.getKeyValuePairs()) {
      if (pair.key.equals("event")) {
        event = String.valueOf(pair.value);
      } else if (!Set.of("request_id", "trace_id", "span_id").contains(pair.key)) {
        fields.add(pair.key);
      }
    }
    if (!event.isEmpty()) {
      String logger = line.getLoggerName().substring("io.brrtrouter.server.".length());
      synchronized (SEEN) {
        SEEN.computeIfAbsent(event, _ -> new TreeSet<>())
            .add(logger + " " + line.getLevel() + " " + fields);
        SEEN.notifyAll();
      }
    }
  }

  private static void await(String event, Predicate<Set<String>> told) throws InterruptedException {
    synchronized (SEEN) {
      while (!told.test(SEEN.getOrDefault(event, Set.of()))) {
        SEEN.wait(100);
      }
    }
  }

  /** Waits for one more, though there have been others. */
  private static void awaitAnew(String event, Action action) throws Exception {
    synchronized (SEEN) {
      SEEN.remove(event);
    }
    action.run();
    await(event, told -> !told.isEmpty());
  }

  private interface Action {
    void run() throws Exception;
  }

  @BeforeAll
  static void drives_a_server() throws Exception {
    LISTENER.setContext(OURS.getLoggerContext());
    LISTENER.start();
    OURS.setLevel(Level.TRACE);
    OURS.setAdditive(false);
    OURS.addAppender(LISTENER);
    Path document = Files.writeString(directory.resolve("api.yaml"), DOCUMENT);
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"), "port: 0\nwatch: true\nresponses: {check: log}\n");
    CountDownLatch released = new CountDownLatch(1);
    try (BrrtServer server =
            BrrtServer.builder()
                .document(document)
                .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
                .output(new PrintStream(OutputStream.nullOutputStream()))
                .filter((exchange, next) -> next.proceed(exchange))
                .security("key", (_, _) -> Verification.NEEDS_THREAD)
                .security(
                    "broken",
                    (_, _) -> {
                      throw new IOException("of a test");
                    })
                .handler("addPet", _ -> HttpResponse.of(204))
                .handler("secured", _ -> HttpResponse.of(204))
                .handler("unsure", _ -> HttpResponse.of(204))
                .handler("wrong", _ -> HttpResponse.of(202))
                .handler(
                    "fails",
                    _ -> {
                      throw new IllegalStateException("of a test");
                    })
                .handler(
                    "late",
                    _ -> {
                      boolean waits = true;
                      while (waits) {
                        try {
                          released.await();
                          waits = false;
                        } catch (InterruptedException _) {
                          waits = true; // it does not listen
                        }
                      }
                      throw new IllegalStateException("late");
                    })
                .start();
        HttpClient client = HttpClient.newHttpClient()) {
      int port = server.port();
      assertThat(ask(client, port, "POST", "/pets?page=1", "{\"name\":\"a\"}")).isEqualTo(204);
      assertThat(ask(client, port, "POST", "/pets", "{}")).isEqualTo(400);
      assertThat(ask(client, port, "GET", "/nowhere", "")).isEqualTo(404);
      assertThat(ask(client, port, "GET", "/pets", "")).isEqualTo(405);
      assertThat(ask(client, port, "GET", "/health", "")).isEqualTo(200);
      assertThat(ask(client, port, "GET", "/fails", "")).isEqualTo(500);
      assertThat(ask(client, port, "GET", "/wrong", "")).isEqualTo(202);
      assertThat(ask(client, port, "GET", "/secured", "")).isEqualTo(401);
      assertThat(ask(client, port, "GET", "/unsure", "")).isEqualTo(500);
      assertThat(ask(client, port, "GET", "/late", "")).isEqualTo(504);
      released.countDown();
      await("handler.failed_late", told -> !told.isEmpty());
      awaitAnew("reload.refused", () -> change(document, "openapi: 3.1.0\n"));
      awaitAnew("reload.unchanged", () -> change(document, DOCUMENT));
      awaitAnew(
          "reload.published", () -> change(document, DOCUMENT.replace("title: t", "title: u")));
      awaitAnew(
          "reload.breaking",
          () -> change(document, DOCUMENT.replace("required: [name]", "required: [name, age]")));
    }
  }

  @AfterAll
  static void leaves() {
    OURS.detachAppender(LISTENER);
    OURS.setAdditive(true);
    OURS.setLevel(null);
  }

  private static int ask(HttpClient client, int port, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Cookie", "a=1; b=2")
            .header("X-Broken", "x")
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static void change(Path file, String text) throws IOException {
    Path fresh = Files.writeString(directory.resolve("fresh"), text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Rows of the table: logger, level and fields by event. */
  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> rows = new TreeMap<>();
    for (String line :
        Files.readAllLines(Path.of(System.getProperty("brrt.root"), "docs/logging.md"))) {
      List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
      if (cells.size() > 4
          && cells.get(1).matches("`[a-z]+\\.[a-z_]+`")
          && cells.get(3).matches("[A-Z]+")) {
        Set<String> fields = new TreeSet<>();
        Arrays.stream(cells.get(4).split(","))
            .map(String::strip)
            .filter(field -> field.startsWith("`"))
            .forEach(field -> fields.add(field.replace("`", "")));
        rows.put(
            cells.get(1).replace("`", ""),
            Set.of(cells.get(2).replace("`", "") + " " + cells.get(3) + " " + fields));
      }
    }
    return rows;
  }

  @Test
  void the_table_is_what_a_server_logs() throws IOException {
    Map<String, Set<String>> seen;
    synchronized (SEEN) {
      seen = new TreeMap<>(SEEN);
    }
    assertThat(documented()).hasSizeGreaterThan(30).isEqualTo(seen);
  }

  @Test
  void every_touchpoint_of_the_original_has_its_place() throws IOException {
    String page = Files.readString(Path.of(System.getProperty("brrt.root"), "docs/logging.md"));
    List<String> all = new java.util.ArrayList<>();
    Map.of("R", 8, "RT", 6, "S", 12, "V", 8, "D", 7, "H", 4, "HR", 4)
        .forEach((name, count) -> {
          for (int i = 1; i <= count; i++) {
            all.add(name + i);
          }
        });

    assertThat(all).hasSize(49);
    assertThat(all)
        .filteredOn(each -> !page.matches("(?s).*\\b" + each + "\\b.*"))
        .containsExactly("S10");
    assertThat(page).contains("S9 to S11");
  }
}
