package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Code that is exchanged in a process while its server runs. */
@Timeout(120)
class LiveTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Live, version: "1"}
      paths:
        /say:
          get:
            operationId: say
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /gone:
          get:
            operationId: gone
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      """;

  @TempDir Path directory;
  private Path document;

  @BeforeEach
  void write() throws IOException {
    directory = directory.toRealPath();
    document = Files.writeString(directory.resolve("api.yaml"), DOCUMENT);
  }

  /** Code that says a word, and whether earlier code is gone from memory. */
  private static String code(String word) {
    return code(word, "");
  }

  private static String code(String word, String statement) {
    return """
    import io.brrtrouter.server.http.HttpResponse;
    import io.brrtrouter.server.runtime.*;
    import java.lang.ref.WeakReference;
    import java.nio.file.Path;

    public class Main implements BrrtApplication {

      public static void main(String[] args) {
        BrrtApplication.run(new Main(), Path.of("api.yaml"), args);
      }

      @Override
      public void configure(BrrtServer.Builder builder, Resources resources) {
        System.getProperties().put("loader.WORD", new WeakReference<>(Main.class.getClassLoader()));
        var opened =
            resources.get(
                "opened", java.io.StringReader.class, () -> new java.io.StringReader("WORD"));
        STATEMENT
        builder.handler("say", request -> {
          ClassLoader context = Thread.currentThread().getContextClassLoader();
          String source = new String(context.getResourceAsStream("Main.java").readAllBytes());
          return HttpResponse.text(
              200,
              "WORD " + ProcessHandle.current().pid() + " " + source.contains("\\"WORD \\"")
                  + " " + System.identityHashCode(opened));
        });
        builder.handler("gone", request -> {
          System.gc();
          var earlier = (WeakReference<?>) System.getProperties().get("loader.first");
          return HttpResponse.text(200, String.valueOf(earlier.get() == null));
        });
      }
    }
    """
        .replace("WORD", word)
        .replace("STATEMENT", statement);
  }

  private static void replace(Path file, String text) throws IOException {
    Path other = Files.writeString(file.resolveSibling("new"), text);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void answers_in_the_same_process_with_the_same_resources_and_loses_no_request() throws Exception {
    try (LiveCode live = new LiveCode(directory, code("first"))) {
      String before = live.get("/say");
      assertThat(before).startsWith("200 first " + live.process().pid() + " true ");

      live.take(code("second"));
      List<String> answers = live.until("/say", answer -> answer.contains("second"));

      assertThat(answers.getLast()).isEqualTo(before.replace("first", "second"));
      assertThat(answers.subList(0, answers.size() - 1)).allMatch(before::equals);
      live.until("/gone", "200 true"::equals);
    }
  }

  @Test
  void that_cannot_be_started_is_not_taken() throws Exception {
    try (LiveCode live = new LiveCode(directory, code("first"))) {
      String before = live.get("/say");

      live.take(code("throws", "if (true) throw new IllegalStateException(\"no luck\");"));
      live.line("IllegalStateException: no luck");
      live.line("the changed code failed and is not taken; what served before goes on");
      live.until(
          "/ready",
          ready ->
              ready.matches(
                      "(?s).*\"refused\".*\"Main\\.java:\\d+:1: error\\[not-started]: the changed code fails"
                          + " with java\\.lang\\.IllegalStateException; see the log for more\".*")
                  && !ready.contains("no luck"));
      live.take(code("refuses", "if (true) throw new StartupException(\"no table\", null);"));
      live.line("no table");
      live.until(
          "/ready",
          ready ->
              ready.contains("\"code: error[not-started]: no table; what served before goes on\""));
      live.take(code("unknown", "builder.handler(\"nobody\", request -> null);"));
      live.line("the changed files have errors and are not taken");
      live.line("nobody");
      assertThat(live.get("/say")).isEqualTo(before);

      live.take(code("second"));
      assertThat(live.until("/say", answer -> !answer.equals(before)).getLast())
          .startsWith("200 second");
      live.until("/ready", ready -> !ready.contains("refused"));
    }
  }

  @Test
  void comes_with_the_document_it_was_generated_from() throws Exception {
    Files.writeString(directory.resolve("config.yaml"), "http: {max_requests: 7}\n");
    try (LiveCode live = new LiveCode(directory, code("first"))) {
      live.get("/say");
      live.leave(document);
      replace(document, DOCUMENT.replace("/say:", "/tell:"));
      // The configuration is taken, and the document is not.
      replace(directory.resolve("config.yaml"), "problems: {base: https://example.com/problems}\n");
      live.until("/nowhere", answer -> answer.contains("https://example.com/problems"));
      assertThat(live.get("/say")).startsWith("200 first");
      assertThat(live.get("/tell")).startsWith("404 ");

      live.take(code("second"), document);
      live.until("/tell", answer -> answer.startsWith("200 second"));
      assertThat(live.get("/say")).startsWith("404 ");
      live.line("breaking[operation-removed]: GET /say: the operation was removed");
    }
  }

  @Test
  void leaves_to_the_server_what_nothing_is_generated_from() throws Exception {
    try (LiveCode live = new LiveCode(directory, code("first"))) {
      live.get("/say");
      replace(document, DOCUMENT.replace("/say:", "/tell:"));
      live.until("/tell", answer -> answer.startsWith("200 first"));
      live.line("breaking[operation-removed]: GET /say: the operation was removed");
    }
  }

  @Test
  void ends_with_who_exchanges_it() throws Exception {
    try (LiveCode live = new LiveCode(directory, code("first"))) {
      live.get("/say");
      live.process().getOutputStream().close();
      assertThat(live.exit()).isZero();
    }
  }

  @Test
  void ends_by_SIGTERM() throws Exception {
    try (LiveCode live = new LiveCode(directory, code("first"))) {
      live.get("/say");
      live.take(code("second"));
      live.until("/say", answer -> answer.contains("second"));
      live.process().toHandle().destroy();
      assertThat(live.exit()).isZero();
    }
  }

  @Test
  void that_cannot_be_started_at_first_ends_the_process() throws Exception {
    String code = code("first", "if (true) throw new StartupException(\"no table\", null);");
    try (LiveCode live = new LiveCode(directory, code)) {
      assertThat(live.exit()).isEqualTo(1);
      assertThat(live.hasSaid("no table")).isTrue();
    }
  }
}
