package io.brrtrouter.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The pet store in a process of its own, with its files in a directory where they may change. */
final class ScrapedShop implements AutoCloseable {
  private static final String LISTENING = "Listening on ";
  private static final String ORIGIN = "https://shop.example";
  private static final Map<String, String> CLERK =
      Map.of("X-API-Key", "clerk-example-key-change-me", "Content-Type", "application/json");
  private static final Map<String, String> NOBODY = Map.of("Content-Type", "application/json");

  private final Path directory;
  private final Process process;
  private final URI url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int edits;

  /** Starts it; it listens when this returns. */
  ScrapedShop(Path directory) throws IOException {
    this.directory = directory;
    Path example = Deploy.ROOT.resolve("examples/petstore");
    for (String each : List.of("openapi.yaml", "config.yaml", "adoption", "shared", "site")) {
      copy(example.resolve(each), directory.resolve(each));
    }
    // A bulkhead, which no operation of the shop has by itself.
    Path document = directory.resolve("openapi.yaml");
    String text = Files.readString(document);
    String place = "operationId: get_sales\n";
    assertThat(text).contains(place);
    Files.writeString(
        document, text.replace(place, place + "      x-brrtrouter-max-in-flight: 5\n"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.brrtrouter.examples.petstore.PetStore",
                "--port=0")
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(each -> each.startsWith("BRRT"));
    builder
        .environment()
        .putAll(
            Map.of(
                "BRRTR_DATABASE_URL", "jdbc:h2:mem:scraped",
                "BRRTR_WATCH", "true",
                "BRRTR_METRICS_FLIGHT_RECORDING", "true",
                "BRRTR_CORS_ORIGINS", ORIGIN,
                "BRRTR_RATE_LIMIT_ENABLED", "true",
                "BRRTR_RATE_LIMIT_REQUESTS", "100"));
    process = builder.start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = said.readLine();
    }
    assertThat(line).as("the shop listens").isNotNull();
    url = URI.create(line.substring(LISTENING.length()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  /** {@return host and port} */
  String address() {
    return url.getAuthority();
  }

  /** {@return the status of a request} */
  int ask(String method, String path, Map<String, String> fields, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    fields.forEach(request::setHeader);
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  /** Opens a feed and a conversation, which stay open. */
  void open() throws IOException, InterruptedException {
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(url.resolve("/adoptions/feed")).build(),
                    BodyHandlers.ofInputStream())
                .statusCode())
        .isEqualTo(200);
    WebSocket chat =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://" + address() + "/chat/dogs?name=ada"),
                new WebSocket.Listener() {})
            .join();
    chat.sendText("{\"text\": \"Hello\"}", true).join();
  }

  /** Asks for what goes well, and for all that is refused. */
  void round() throws IOException, InterruptedException {
    assertThat(ask("GET", "/pets?limit=2", Map.of(), "")).isIn(200, 429);
    ask("GET", "/pets/1001", Map.of(), "");
    ask("GET", "/search?q=dog", Map.of(), "");
    ask("GET", "/sales", CLERK, "");
    ask("GET", "/statistics", CLERK, "");
    ask("GET", "/events?last=2", Map.of("Accept", "application/jsonl"), "");
    ask("GET", "/download/price-list", Map.of(), "");
    ask(
        "POST",
        "/pets",
        CLERK,
        "{\"species\":\"dog\",\"name\":\"Waldi\",\"breed\":\"Dachshund\",\"price\":300}");
    ask(
        "POST",
        "/users",
        NOBODY,
        "{\"name\":\"u%s\",\"full_name\":\"A Guest\",\"password\":\"correct horse\"}"
            .formatted(UUID.randomUUID().toString().substring(0, 8)));
    // Violations, credentials that are missing, wrong and not enough, nothing there, another
    // method.
    assertThat(ask("GET", "/pets?limit=none&status=asleep", Map.of(), "")).isIn(400, 429);
    ask("POST", "/pets", CLERK, "{\"species\":\"dog\",\"price\":\"cheap\"}");
    ask("DELETE", "/pets/1004", Map.of(), "");
    ask("DELETE", "/pets/1004", Map.of("X-API-Key", "nobody-has-this-key"), "");
    ask("GET", "/users?limit=1", CLERK, "");
    ask("GET", "/nowhere", Map.of(), "");
    ask("GET", "/pets/4711", Map.of(), "");
    ask("PATCH", "/orders", NOBODY, "{}");
    // A page of another origin.
    assertThat(ask("GET", "/pets/1002", Map.of("Origin", "https://elsewhere.example"), ""))
        .isIn(403, 429);
  }

  /** More than one client may ask for. */
  void hurry() throws IOException, InterruptedException {
    boolean refused = false;
    for (int each = 0; each < 150; each++) {
      refused |= ask("GET", "/labels/.red=250.green=240.blue=20", Map.of(), "") == 429;
    }
    assertThat(refused).as("one client is refused").isTrue();
  }

  /** Changes the document, which the shop takes by itself. */
  void edit() {
    try {
      Path document = directory.resolve("openapi.yaml");
      String text = Files.readString(document);
      Path next = directory.resolve("next.yaml");
      Files.writeString(
          next, text.replaceFirst("(?m)^      summary: .*$", "      summary: Edit " + ++edits));
      Files.move(
          next, document, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
