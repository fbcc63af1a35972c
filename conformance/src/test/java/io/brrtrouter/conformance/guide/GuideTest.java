package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.BrrtClient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("The guides")
class GuideTest {
  private static final Path ROOT = Path.of(System.getProperty("brrt.root", ".."));
  private static final List<Path> SOURCES =
      List.of(
          ROOT.resolve("conformance/src/test/java/io/brrtrouter/conformance/guide"),
          ROOT.resolve("examples/petstore/src/test/java/io/brrtrouter/examples/petstore"));
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)\\n```", Pattern.DOTALL);

  @TempDir private static Path directory;

  private static Path document;
  private static BrrtServer server;

  @BeforeAll
  static void start() throws IOException {
    document = directory.resolve("todo.yaml");
    Files.writeString(document, blocks("docs/getting-started.md", "yaml").getFirst() + "\n");
    BrrtServer.Builder builder = BrrtServer.builder().document(document).output(quiet());
    new Todos().configure(builder);
    server = builder.startInProcess();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/getting-started.md", "docs/testing.md"})
  void showOnlyJavaThatIsCompiledHere(String page) throws IOException {
    String sources = squeezed(allSources());
    List<String> blocks = blocks(page, "java");
    assertThat(blocks).isNotEmpty();
    assertThat(blocks.stream().filter(block -> !sources.contains(squeezed(block)))).isEmpty();
  }

  @Test
  void startWithADocumentThatHasNoFinding() {
    Loaded loaded = OpenApiLoader.load(document, LoadOptions.defaults());
    assertThat(loaded.findings()).isEmpty();
    assertThat(Linter.lint(loaded)).isEmpty();
  }

  @Test
  void showTheProblemThatTheMockedDocumentAnswers() throws IOException {
    try (BrrtServer mocked =
            BrrtServer.builder().document(document).mock(true).output(quiet()).startInProcess();
        BrrtClient client = BrrtClient.inProcess(mocked)) {
      ObjectNode problem = (ObjectNode) client.get("/todos/0").send().expect(400).json();
      problem.put("requestId", "...");
      String shown = blocks("docs/getting-started.md", "json").getFirst();
      assertThat(problem).isEqualTo(new JsonMapper().readTree(shown));
      assertThat(client.get("/todos/1").send().expect(200).json().get("text").stringValue())
          .isEqualTo("Feed the cat");
      client.post("/todos").json("{\"text\": \"a\"}").send().expect(201);
    }
  }

  @Test
  void addsWhatItIsGiven() {
    try (BrrtClient client = BrrtClient.inProcess(server)) {
      JsonNode added =
          client.post("/todos").json("{\"text\": \"Feed the cat\"}").send().expect(201).json();
      assertThat(client.get("/todos/" + added.get("id")).send().expect(200).json())
          .isEqualTo(added);
      client.post("/todos").json("{\"text\": \"\"}").send().expect(400);
    }
  }

  @Test
  void testTheSameInProcessAndOverASocket() {
    ServerConfig strict =
        ServerConfig.read(Optional.empty(), Map.of(), Map.of("responses.check", "enforce"));
    BrrtServer.Builder builder =
        BrrtServer.builder().document(document).config(strict).output(quiet());
    new Todos().configure(builder);
    try (BrrtServer running = builder.start()) {
      BrrtClient quick = BrrtClient.inProcess(server);
      BrrtClient real = BrrtClient.at(URI.create(running.url()));
      for (BrrtClient client : List.of(quick, real)) {
        try (client) {
          client.get("/todos/7").send().expect(404);
          client.post("/todos").json("{\"text\": \"Water the plants\"}").send().expect(201).json();
          client.post("/todos").json("{\"text\": \"\"}").send().expect(400).problem();
        }
      }
    }
  }

  private static PrintStream quiet() {
    return new PrintStream(PrintStream.nullOutputStream());
  }

  private static List<String> blocks(String page, String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(ROOT.resolve(page)))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  private static String allSources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path directory : SOURCES) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
