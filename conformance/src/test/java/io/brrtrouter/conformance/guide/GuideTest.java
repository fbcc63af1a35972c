package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.BrrtClient;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("The guides")
class GuideTest {
  private static final List<Path> SOURCES =
      List.of(
          Pages.ROOT.resolve("conformance/src/test/java/io/brrtrouter/conformance/guide"),
          Pages.ROOT.resolve("examples/petstore/src/test/java/io/brrtrouter/examples/petstore"),
          Pages.ROOT.resolve("codegen/src/test/resources/talking"),
          Pages.ROOT.resolve("server/src/test/java/com/example/tickets"));

  @TempDir private static Path directory;

  private static Path document;
  private static BrrtApplication todos;
  private static BrrtServer server;

  @BeforeAll
  static void start() throws Exception {
    GuideProject project = GuideProject.in(directory);
    document = project.document();
    todos = project.application();
    BrrtServer.Builder builder = BrrtServer.builder().document(document).output(quiet());
    todos.configure(builder, Resources.of(ServerConfig.defaults()));
    server = builder.startInProcess();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/cors.md",
        "docs/handlers.md",
        "docs/security.md",
        "docs/streams.md",
        "docs/testing.md",
        "docs/webhooks.md",
        "docs/websocket.md"
      })
  void showOnlyJavaThatIsCompiledHere(String page) throws IOException {
    String sources = squeezed(allSources());
    List<String> blocks = Pages.blocks(page, "java").stream().filter(Pages::isCode).toList();
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
      String shown = Pages.blocks("docs/getting-started.md", "json").getFirst();
      assertThat(problem).isEqualTo(new JsonMapper().readTree(shown));
      assertThat(client.get("/todos/1").send().expect(200).json().get("text").stringValue())
          .isEqualTo("Feed the cat");
      client.post("/todos").json("{\"text\": \"a\"}").send().expect(201);
    }
  }

  @Test
  void testTheSameInProcessAndOverASocket() {
    ServerConfig strict =
        ServerConfig.defaults().with("responses.check", "enforce").with("port", "0");
    BrrtServer.Builder builder =
        BrrtServer.builder().document(document).config(strict).output(quiet());
    todos.configure(builder, Resources.of(ServerConfig.defaults()));
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
