package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The project of the guide")
@Timeout(120)
class GuideProjectTest {
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>([^<$]+)</artifactId>\\s*<version>([^<$]+)</version>");

  @TempDir private static Path directory;
  private static GuideProject project;

  @BeforeAll
  static void write() throws IOException {
    project = GuideProject.in(directory);
  }

  @Test
  void hasEveryFileOfThePage() {
    assertThat(List.of("pom.xml", "todo/pom.xml", "todo/todo.yaml"))
        .allSatisfy(file -> assertThat(directory.resolve(file)).exists());
    assertThat(directory.resolve("todo/src/main/resources/logback.xml")).exists();
  }

  @Test
  void passesItsOwnTestAtBothSpeeds() throws Exception {
    Process tests = project.start(TestRun.class.getName(), "todo.TodosTest");
    try (BufferedReader output = tests.inputReader(StandardCharsets.UTF_8)) {
      List<String> said = output.lines().toList();
      assertThat(said).last().isEqualTo("passed 6");
    }
    assertThat(tests.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(tests.exitValue()).isZero();
  }

  @Test
  void runsAndAnswersAsThePageShows() throws Exception {
    Process running = project.start("todo.Todos", "--port", "0");
    try (BufferedReader output = running.inputReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      String url = lineAfter(output, "Listening on ");
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/todos"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"text\": \"Feed the cat\"}"))
              .build();
      String answer = client.send(request, BodyHandlers.ofString()).body();
      assertThat(Pages.blocks(GuideProject.PAGE, "console"))
          .anySatisfy(block -> assertThat(block).contains("/todos\n" + answer));
      running.destroy();
      assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(running.exitValue()).isZero();
    } finally {
      running.destroyForcibly();
    }
  }

  @Test
  void namesTheVersionsThisRepositoryIsBuiltWith() throws IOException {
    String ours = Files.readString(Pages.ROOT.resolve("pom.xml"));
    List<MatchResult> named =
        VERSION.matcher(Files.readString(directory.resolve("todo/pom.xml"))).results().toList();

    assertThat(named).hasSizeGreaterThan(6);
    for (MatchResult each : named) {
      String artifact = each.group(1);
      if (!artifact.equals("todo")) {
        assertThat(versions(ours, artifact)).as(artifact).contains(each.group(2));
      }
    }
    assertThat(Files.readString(directory.resolve("todo/pom.xml")))
        .contains("<brrtrouter.version>" + version(ours) + "</brrtrouter.version>");
  }

  private static String version(String pom) {
    return VERSION.matcher(pom).results().findFirst().orElseThrow().group(2);
  }

  /** The version of an artifact in the root pom, as written or by its property. */
  private static List<String> versions(String pom, String artifact) {
    String group = artifact.replaceFirst("-(classic|jupiter|core)$", "");
    return Pattern.compile(
            "<artifactId>%s</artifactId>\\s*<version>([^<$]+)<|<%s\\.version>([^<]+)<"
                .formatted(Pattern.quote(artifact), group.equals("junit") ? "junit" : group))
        .matcher(pom)
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .toList();
  }

  private static String lineAfter(BufferedReader output, String beginning) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
      all.append(line).append('\n');
    }
    throw new AssertionError("the program ended and said:\n" + all);
  }
}
