package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on a socket that watches the files of a directory, and short ways to ask it. */
final class WatchedServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;
  private final BrrtServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private WatchedServer(Path directory, BrrtServer server) {
    this.directory = directory;
    this.server = server;
  }

  /**
   * {@return a server of {@code api.yaml} and {@code config.yaml} that mocks what has no handler}
   */
  static WatchedServer of(Path directory) {
    return of(directory, builder -> {});
  }

  /** {@return the same, whose files are taken when somebody says so} */
  static WatchedServer unwatched(Path directory) {
    return new WatchedServer(directory, builder(directory).startUnwatched());
  }

  /** {@return the same with handlers and what else code gives} */
  static WatchedServer of(Path directory, Consumer<BrrtServer.Builder> configure) {
    BrrtServer.Builder builder = builder(directory);
    configure.accept(builder);
    return new WatchedServer(directory, builder.start());
  }

  private static BrrtServer.Builder builder(Path directory) {
    Path file = directory.resolve("config.yaml");
    if (!Files.exists(file)) {
      write(file, "");
    }
    return BrrtServer.builder()
        .document(directory.resolve("api.yaml"))
        .config(
            ServerConfig.read(Optional.of(file), Map.of(), Map.of("port", "0", "watch", "true")))
        .mock(true)
        .output(new PrintStream(OutputStream.nullOutputStream()));
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Changes a file of the directory. */
  WatchedServer change(String file, String text) {
    write(directory.resolve(file), text);
    return this;
  }

  BrrtServer server() {
    return server;
  }

  /** {@return the answer} */
  HttpResponse<String> ask(String method, String target, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + target))
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  HttpResponse<String> get(String target, String... headers) {
    return ask("GET", target, "", headers);
  }

  HttpResponse<String> post(String target, String json) {
    return ask("POST", target, json, "Content-Type", "application/json");
  }

  /** {@return what {@code /ready} says} */
  JsonNode ready() {
    return JsonMapper.shared().readTree(get("/ready").body());
  }

  long generation() {
    return ready().path("generation").path("number").longValue();
  }

  /** Waits until another generation serves; {@return what {@code /ready} says then} */
  JsonNode awaitGeneration(long number) {
    return await(ready -> ready.path("generation").path("number").longValue() == number);
  }

  /** Waits until changed files are refused; {@return why} */
  JsonNode awaitRefusal() {
    return await(ready -> ready.has("refused")).path("refused");
  }

  /** Waits for what {@code /ready} says. */
  JsonNode await(Predicate<JsonNode> condition) {
    return await(this::ready, condition);
  }

  /** Waits for what {@code /metrics} says. */
  void awaitMetrics(Predicate<String> condition) {
    await(() -> get("/metrics").body(), condition);
  }

  private static <T> T await(Supplier<T> question, Predicate<T> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    T answer = question.get();
    while (!condition.test(answer)) {
      assertThat(System.nanoTime()).as("waiting in vain: %s", answer).isLessThan(end);
      answer = question.get();
    }
    return answer;
  }

  /** {@return the texts of an array} */
  static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::stringValue).toList();
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
