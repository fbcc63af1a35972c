package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Headless Chromium, driven by the DevTools protocol. Several pages may be open at once. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Path profile;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final WebSocket socket;

  Browser(String... options) throws Exception {
    profile = Files.createTempDirectory("petstore-browser");
    process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            String.valueOf(program()),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--no-first-run",
                            "--window-size=1200,1100",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile),
                        Stream.concat(Stream.of(options), Stream.of("about:blank")))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      socket =
          http.newWebSocketBuilder()
              .buildAsync(tools(), new Answers())
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception failure) {
      end();
      throw failure;
    }
  }

  /** Skips the test where there is no browser. */
  static void require() {
    assumeTrue(program() != null, "no browser: install the package chromium");
  }

  private static @Nullable Path program() {
    String places = System.getenv().getOrDefault("PATH", "");
    return Stream.of(places.split(File.pathSeparator))
        .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** Chromium writes port and path of its protocol to a file, once it listens. */
  private URI tools() throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() == 2) {
        return URI.create("ws://127.0.0.1:" + lines.getFirst() + lines.getLast());
      }
      assertThat(Instant.now()).as("Chromium starts").isBefore(end);
      assertThat(process.isAlive()).as("Chromium runs").isTrue();
      Thread.sleep(20);
    }
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        JsonNode answer = new JsonMapper().readTree(message.toString());
        message.setLength(0);
        Optional.ofNullable(asked.remove(answer.path("id").asInt(-1)))
            .ifPresent(waiting -> waiting.complete(answer));
      }
      from.request(1);
      return null;
    }
  }

  private JsonNode ask(String session, String method, Map<String, ?> parameters) throws Exception {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> waiting = new CompletableFuture<>();
    asked.put(number, waiting);
    ObjectNode request =
        new JsonMapper().createObjectNode().put("id", number).put("method", method);
    request.set("params", new JsonMapper().valueToTree(parameters));
    if (!session.isEmpty()) {
      request.put("sessionId", session);
    }
    socket.sendText(request.toString(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    JsonNode answer = waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(answer.has("error")).as("%s gives %s", method, answer).isFalse();
    return answer.path("result");
  }

  Page open(URI url) throws Exception {
    JsonNode target = ask("", "Target.createTarget", Map.of("url", url.toString()));
    JsonNode session =
        ask(
            "",
            "Target.attachToTarget",
            Map.of("targetId", target.path("targetId").asString(), "flatten", true));
    return new Page(target.path("targetId").asString(), session.path("sessionId").asString());
  }

  /** A page. One that stays open keeps a connection, of which there are six over HTTP/1.1. */
  final class Page implements AutoCloseable {
    private final String target;
    private final String session;

    private Page(String target, String session) {
      this.target = target;
      this.session = session;
    }

    /** {@return the value of an expression, which may be a promise} */
    JsonNode value(String expression) throws Exception {
      JsonNode result =
          ask(
              session,
              "Runtime.evaluate",
              Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
      assertThat(result.has("exceptionDetails")).as("%s gives %s", expression, result).isFalse();
      return result.path("result").path("value");
    }

    String text(String expression) throws Exception {
      return value(expression).asString();
    }

    /** Waits until an expression is true. */
    void await(String expression) throws Exception {
      Instant end = Instant.now().plus(PATIENCE);
      while (!value("Boolean(" + expression + ")").asBoolean()) {
        assertThat(Instant.now()).as(() -> expression + " in " + shown()).isBefore(end);
        Thread.sleep(20);
      }
    }

    private String shown() {
      try {
        return text("document.body.innerText");
      } catch (Exception failure) {
        return failure.toString();
      }
    }

    /** Fills a field in. */
    void fill(String id, String text) throws Exception {
      value("document.getElementById('%s').value = '%s'".formatted(id, text));
    }

    /** Chooses files as somebody would. */
    void choose(String selector, Path file) throws Exception {
      int root = ask(session, "DOM.getDocument", Map.of()).at("/root/nodeId").asInt();
      int node =
          ask(session, "DOM.querySelector", Map.of("nodeId", root, "selector", selector))
              .path("nodeId")
              .asInt();
      ask(
          session,
          "DOM.setFileInputFiles",
          Map.of("nodeId", node, "files", List.of(file.toAbsolutePath().toString())));
    }

    /** Sends a form as its button does: what is not valid is not sent. */
    void submit(String form) throws Exception {
      value("document.getElementById('%s').requestSubmit()".formatted(form));
    }

    @Override
    public void close() {
      try {
        ask("", "Target.closeTarget", Map.of("targetId", target));
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }

    /** {@return a picture of the page, PNG} */
    byte[] picture() throws Exception {
      return Base64.getDecoder()
          .decode(
              ask(session, "Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                  .path("data")
                  .asString());
    }
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    end();
  }

  private void end() throws IOException {
    http.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    // What of the profile a dying browser still writes stays behind.
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
