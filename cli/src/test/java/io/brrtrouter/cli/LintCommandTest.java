package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LintCommandTest {
  @TempDir Path directory;
  private CommandBench bench;

  @BeforeEach
  void prepare() {
    bench = new CommandBench(directory, Map.of());
  }

  @Test
  void explains_findings_and_fails() throws IOException {
    assertThat(bench.execute("lint", bench.write("broken.yaml", CommandBench.BROKEN))).isEqualTo(1);
    assertThat(bench.out())
        .isEqualTo(
            """
            broken.yaml:4:3: error[path-parameter-undeclared]: parameter "petId" is in the path template but not declared
                4 |   /pets/{petId}:
                  |   ^
              fix: add {name: petId, in: path, required: true, schema: {type: string}} to "parameters"
            broken.yaml:6:20: warning[operation-id-casing]: operationId "getPet" is not in snake_case
                6 |       operationId: getPet
                  |                    ^
              fix: write "get_pet"
            1 error, 1 warning
            """);
    assertThat(bench.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "clean,   error,   0",
    "clean,   warning, 0",
    "warning, error,   0",
    "warning, warning, 1",
    "warning, never,   0",
    "broken,  error,   1",
    "broken,  WARNING, 1",
    "broken,  never,   0"
  })
  void fails_from_the_severity_asked_for(String document, String failOn, int status)
      throws IOException {
    String text =
        switch (document) {
          case "clean" -> CommandBench.PETS;
          case "warning" -> CommandBench.STYLELESS;
          default -> CommandBench.BROKEN;
        };
    assertThat(bench.execute("lint", bench.write("api.yaml", text), "--fail-on", failOn))
        .isEqualTo(status);
  }

  @Test
  void passes_over_the_warnings_of_a_rule_but_not_over_errors() throws IOException {
    String warning = bench.write("warning.yaml", CommandBench.STYLELESS);
    String broken = bench.write("broken.yaml", CommandBench.BROKEN);
    String[] rules = {"missing-operation-id", "operation-id-casing", "unused-component"};
    List<String> command = new ArrayList<>(List.of("lint", "--fail-on", "warning"));
    for (String rule : rules) {
      command.addAll(List.of("--ignore", rule));
    }
    command.add(warning);

    assertThat(bench.execute("lint", "--fail-on", "warning", warning)).isEqualTo(1);
    assertThat(bench.out()).contains("operation-id-casing");
    assertThat(bench.execute(command.toArray(String[]::new))).isZero();
    assertThat(bench.out()).isEqualTo("no findings\n");
    assertThat(bench.execute("lint", broken)).isEqualTo(1);
    String rule = bench.out().replaceAll("(?s)^.*?error\\[([a-z-]+)].*$", "$1");
    assertThat(bench.execute("lint", broken, "--ignore", rule)).isEqualTo(1);
    assertThat(bench.out()).contains("error[" + rule + "]");
  }

  @Test
  void refuses_to_pass_over_a_rule_that_is_none() throws IOException {
    String warning = bench.write("warning.yaml", CommandBench.STYLELESS);

    assertThat(bench.execute("lint", warning, "--ignore", "operation-id-case")).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: --ignore operation-id-case: there is no such rule; did you mean"
                + " operation-id-casing?\n");
  }

  @Test
  void repeats_nothing_that_a_terminal_obeys() throws IOException {
    String warning = bench.write("warning.yaml", CommandBench.STYLELESS);

    assertThat(bench.execute("lint", warning, "--ignore", "a\033[31m")).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo("brrt: --ignore a\ufffd[31m: there is no such rule; docs/lint.md lists them\n");
  }

  @Test
  void takes_several_documents() throws IOException {
    String broken = bench.write("broken.yaml", CommandBench.BROKEN);
    String warning = bench.write("warning.yaml", CommandBench.STYLELESS);

    assertThat(bench.execute("lint", broken, warning, broken)).isEqualTo(1);
    assertThat(bench.out())
        .contains("broken.yaml:4:3: ", "warning.yaml:6:20: ")
        .endsWith("1 error, 2 warnings\n");
  }

  @ParameterizedTest
  @CsvSource({"json, /findings/0/rule", "sarif, /runs/0/results/0/ruleId"})
  void writes_forms_for_programs(String format, String pointer) throws IOException {
    bench.execute("lint", "--format", format, bench.write("broken.yaml", CommandBench.BROKEN));

    JsonNode json = JsonMapper.builder().build().readTree(bench.out());
    assertThat(json.at(pointer).asString()).isEqualTo("path-parameter-undeclared");
  }

  @Test
  void writes_annotations_for_GitHub() throws IOException {
    bench.execute("lint", "--format=github", bench.write("api.yaml", CommandBench.STYLELESS));

    assertThat(bench.out())
        .isEqualTo(
            """
            ::warning file=api.yaml,line=6,col=20,title=operation-id-casing::operationId "getPets" is not in snake_case; write "get_pets"
            1 warning
            """);
  }

  @Test
  void says_which_file_is_not_there() {
    assertThat(bench.execute("lint", "no/such.yaml")).isEqualTo(1);
    assertThat(bench.err()).isEqualTo("brrt: there is no file no/such.yaml\n");
    assertThat(bench.out()).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege on Windows")
  void says_that_links_lead_in_a_circle() throws IOException {
    Path circle = directory.resolve("circle");
    Files.createSymbolicLink(circle, circle);

    assertThat(bench.execute("lint", circle.toString())).isEqualTo(1);
    assertThat(bench.execute("lint", circle + "/api.yaml")).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            """
            brrt: circle cannot be read: symbolic links on the way to it lead in a circle
            brrt: circle/api.yaml cannot be read: symbolic links on the way to it lead in a circle
            """);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
  void says_that_a_directory_may_not_be_entered() throws IOException {
    Path locked = Files.createDirectory(directory.resolve("locked"));
    Path file = Files.createFile(locked.resolve("api.yaml"));
    Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), file);
    Files.setPosixFilePermissions(locked, Set.of());
    try {
      assumeFalse(Files.isReadable(file), "a superuser may enter any directory");
      for (Path path : List.of(file, link)) {
        assertThat(bench.execute("lint", path.toString())).isEqualTo(1);
      }
      assertThat(bench.err())
          .isEqualTo(
              """
              brrt: locked/api.yaml cannot be read: a directory on the way to it may not be entered
              brrt: link.yaml cannot be read: a directory on the way to it may not be entered
              """);
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void says_that_a_directory_is_no_document() throws IOException {
    Files.createDirectory(directory.resolve("api"));

    assertThat(bench.execute("lint", directory + "/api")).isEqualTo(1);
    assertThat(bench.err()).isEqualTo("brrt: api is a directory; name a file in it\n");
  }

  @Test
  void reports_the_other_documents_beside_what_is_no_file() throws IOException {
    Files.createDirectory(directory.resolve("api"));
    String warning = bench.write("warning.yaml", CommandBench.STYLELESS);

    assertThat(
            bench.execute(
                "lint", "--fail-on=never", directory + "/api", warning, directory + "/gone.yaml"))
        .isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            """
            brrt: api is a directory; name a file in it
            brrt: there is no file gone.yaml
            """);
    assertThat(bench.out()).contains("warning.yaml:6:20: ").endsWith("\n1 warning\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lint", "serve", "routes"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no mkfifo")
  @Timeout(30)
  void does_not_wait_for_a_pipe(String command) throws Exception {
    String pipe = directory + "/pipe.yaml";
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

    assertThat(bench.execute(command, pipe)).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: pipe.yaml is a pipe, a socket or a device; save what it holds in a file and name"
                + " that\n");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no mkfifo")
  @Timeout(30)
  void a_reference_does_not_wait_for_a_pipe_either() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", directory + "/pipe.yaml").start().waitFor()).isZero();
    String document =
        bench.write(
            "api.yaml",
            """
            openapi: 3.1.1
            info: { title: Pets, version: 1.0.0 }
            paths: {}
            components: { schemas: { Pet: { $ref: pipe.yaml } } }
            """);

    assertThat(bench.execute("lint", document)).isEqualTo(1);
    assertThat(bench.out())
        .isEqualTo(
            """
            api.yaml:4:39: error[reference-unresolved]: "pipe.yaml" is not a file
                4 | components: { schemas: { Pet: { $ref: pipe.yaml } } }
                  |                                       ^
              fix: check the path
            1 error
            """);
  }

  @Test
  @Timeout(60)
  void a_bomb_of_aliases_is_one_finding() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "x"));
    }
    assertThat(bench.execute("lint", bench.write("bomb.yaml", bomb.toString()))).isEqualTo(1);
    assertThat(bench.out()).startsWith("bomb.yaml:").endsWith("\n1 error\n");
    assertThat(bench.err()).isEmpty();
  }

  @Test
  @Timeout(60)
  void a_file_that_is_too_large_is_one_finding_at_once() throws IOException {
    Path file = directory.resolve("large.yaml");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(3L << 30); // More than an array can have, so nobody may read it whole.
    }
    assertThat(bench.execute("lint", file.toString())).isEqualTo(1);
    assertThat(bench.out())
        .isEqualTo(
            """
            large.yaml: error[file-too-large]: the file is larger than 16,777,216 bytes
              fix: split it into several files
            1 error
            """);
  }

  @Test
  void finds_what_only_a_server_would_stumble_over() throws IOException {
    String document =
        bench.write(
            "api.yaml",
            """
            openapi: 3.1.1
            info: { title: Pets, version: 1.0.0 }
            servers: [ { url: /v1 } ]
            paths:
              /pets:
                get: { operationId: pets, responses: { 200: { description: fine } } }
              /v1/pets:
                servers: [ { url: / } ]
                get: { operationId: others, responses: { 200: { description: fine } } }
            """);

    assertThat(bench.execute("lint", document)).isEqualTo(1);
    assertThat(bench.out())
        .isEqualTo(
            """
            api.yaml:9:10: error[path-conflict]: GET /v1/pets is also /pets at api.yaml:6:10
                9 |     get: { operationId: others, responses: { 200: { description: fine } } }
                  |          ^
              fix: give one of them another path or server
            1 error
            """);
  }

  @Test
  void bytes_that_are_no_text_are_one_finding_without_the_bytes() throws IOException {
    Path file = directory.resolve("picture.yaml");
    Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', 26, 0, 0, 0, 13, (byte) 0xFF, 'R'});

    assertThat(bench.execute("lint", file.toString())).isEqualTo(1);
    assertThat(bench.out())
        .isEqualTo(
            """
            picture.yaml:1:1: error[invalid-utf-8]: the byte 0x89 is not UTF-8
              fix: save the file in UTF-8
            1 error
            """);
  }
}
