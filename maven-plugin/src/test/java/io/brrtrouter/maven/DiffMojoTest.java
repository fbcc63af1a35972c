package io.brrtrouter.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal without Maven around it; the JVM of the tests is the JDK that it forks. */
class DiffMojoTest {
  private static final String PETS =
      """
      openapi: 3.1.1
      info: { title: Pets, version: 1.0.0 }
      paths:
        /pets:
          get:
            operationId: list_pets
            parameters: [ { name: limit, in: query, schema: { type: integer, maximum: 100 } } ]
            responses: { "204": { description: none } }
          delete:
            operationId: delete_pets
            responses: { "204": { description: none } }
      """;

  private static final String REMOVAL =
      """
        delete:
          operationId: delete_pets
          responses: { "204": { description: none } }
      """
          .indent(2);

  @TempDir Path directory;
  private final List<String> said = new ArrayList<>();
  private final DiffMojo mojo = new DiffMojo(new GoalBench.Toolchains(List.of()));

  @BeforeEach
  void prepare() throws IOException {
    mojo.setLog(new GoalBench.Listening(said));
    mojo.environment = Map.of();
    mojo.old = Files.writeString(directory.resolve("old.yaml"), PETS).toFile();
    mojo.document = directory.resolve("new.yaml").toFile();
    mojo.failOn = "breaking";
    mojo.format = "text";
    mojo.version = "1.2.3";
    mojo.workDirectory = directory.resolve("work").toFile();
    mojo.session = GoalBench.session();
    mojo.execution = new MojoExecution(new Plugin(), "diff", "compatible");
    mojo.pluginArtifacts = GoalBench.artifacts();
  }

  private void now(String what, String replacement) throws IOException {
    assertThat(PETS).contains(what);
    Files.writeString(directory.resolve("new.yaml"), PETS.replace(what, replacement));
  }

  /** {@return what the goal said, but for reasons of the debug level} */
  private List<String> told() {
    return said.stream()
        .filter(line -> !line.startsWith("debug"))
        .map(line -> line.replace(directory + "/", ""))
        .toList();
  }

  @Test
  void what_breaks_clients_fails_the_build() throws Exception {
    now(REMOVAL, "");

    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "%1$s/new.yaml differs from %1$s/old.yaml: 1 breaking change".formatted(directory));
    assertThat(told())
        .containsExactly(
            "error old.yaml:10:7: breaking[operation-removed]: DELETE /pets: the operation was removed",
            "error    10 |       operationId: delete_pets",
            "error       |       ^",
            "error   after: not there; the path item is at new.yaml:5:5",
            "error   why: Requests to it are answered with 404 or 405",
            "info 1 breaking change");
  }

  @Test
  void what_may_break_clients_is_a_warning_and_fails_where_that_is_asked_for() throws Exception {
    now("list_pets", "find_pets");
    mojo.execute();
    assertThat(told())
        .first()
        .asString()
        .startsWith("warning new.yaml:6:7: risky[operation-id-changed]: ");

    mojo.failOn = "RISKY";
    assertThatThrownBy(mojo::execute).isInstanceOf(MojoFailureException.class);
    mojo.ignore = List.of("operation-id-changed");
    said.clear();
    mojo.execute();
    assertThat(told()).containsExactly("info no changes");
  }

  @Test
  void changes_are_written_to_a_file() throws Exception {
    now("maximum: 100", "maximum: 50");
    mojo.failOn = "never";
    for (String format : List.of("text", "json", "sarif", "github")) {
      mojo.format = format;
      mojo.outputFile = directory.resolve("reports/diff." + format).toFile();
      said.clear();
      mojo.execute();
      assertThat(told()).containsExactly("info reports/diff." + format + ": 1 breaking change");
      assertThat(mojo.outputFile).content().contains("request-maximum-lowered");
    }
    assertThat(directory.resolve("reports/diff.sarif")).content().contains("\"1.2.3\"");
  }

  @Test
  void what_is_wrong_is_said_in_a_sentence() throws Exception {
    assertThatThrownBy(mojo::execute)
        .hasMessage("document: there is no file " + directory + "/new.yaml");
    now("list_pets", "find_pets");
    mojo.format = "xml";
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("format: \"xml\" is none of text, json, sarif, github");
    mojo.format = "text";
    mojo.failOn = "always";
    assertThatThrownBy(mojo::execute)
        .hasMessage("failOn: \"always\" is none of breaking, risky, compatible, never");
    mojo.failOn = "never";
    mojo.ignore = List.of("operation-id-change");
    assertThatThrownBy(mojo::execute)
        .hasMessage(
            "ignore operation-id-change: there is no such rule; did you mean operation-id-changed?");
  }

  @Test
  void a_document_with_errors_is_not_compared() throws Exception {
    now("/pets:", "/pets/{id}:");

    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(directory + "/new.yaml cannot be compared; correct the errors above");
    assertThat(told())
        .anyMatch(line -> line.startsWith("error new.yaml:4:3: error[path-parameter-undeclared]"));
  }

  @Test
  void limits_and_directories_count() throws Exception {
    now("list_pets", "find_pets");
    mojo.documentLimits = Map.of("max_depth", "2");
    assertThatThrownBy(mojo::execute).hasMessageEndingWith("correct the errors above");
    mojo.documentLimits = null;
    mojo.allowDirectories = List.of(directory.resolve("nowhere").toFile());
    assertThatThrownBy(mojo::execute)
        .hasMessage("allowDirectories: there is no directory " + directory + "/nowhere");
  }

  @Test
  void a_skipped_comparison_says_so() throws Exception {
    mojo.skip = true;
    mojo.execute();
    assertThat(said).containsExactly("info comparing is skipped");
  }
}
