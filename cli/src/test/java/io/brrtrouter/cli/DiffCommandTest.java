package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DiffCommandTest {
  @TempDir Path directory;
  private CommandBench bench;
  private String old;

  @BeforeEach
  void prepare() throws IOException {
    bench = new CommandBench(directory, Map.of());
    old = bench.write("old.yaml", CommandBench.PETS);
  }

  private String changed(String what, String replacement) throws IOException {
    assertThat(CommandBench.PETS).contains(what);
    return bench.write("new.yaml", CommandBench.PETS.replace(what, replacement));
  }

  @Test
  void explains_changes_and_fails() throws IOException {
    String now =
        bench.write(
            "new.yaml",
            CommandBench.PETS
                .replace("maximum: 100", "maximum: 50")
                .replace("operationId: list_pets", "operationId: find_pets")
                .replace("Lists pets.", "Finds pets."));

    assertThat(bench.execute("diff", old, now)).isEqualTo(1);
    assertThat(bench.out())
        .isEqualTo(
            """
            new.yaml:9:7: risky[operation-id-changed]: GET /pets: operationId changed from list_pets to find_pets
                9 |       operationId: find_pets
                  |       ^
              before: old.yaml:9:7
              why: The requests are the same, but handlers, and methods of generated clients, are named by it
            new.yaml:13:72: breaking[request-maximum-lowered]: GET /pets, query parameter limit: maximum changed from 100 to 50
               13 |       parameters: [ { name: limit, in: query, schema: { type: integer, maximum: 50 } } ]
                  |                                                                        ^
              before: old.yaml:13:72
              why: Requests with values beyond it are refused
            new.yaml:9:7: compatible[documentation-changed]: GET /pets: summary changed
                9 |       operationId: find_pets
                  |       ^
              before: old.yaml:9:7
            1 breaking, 1 risky, 1 compatible changes
            """);
    assertThat(bench.err()).isEmpty();
  }

  @Test
  void says_that_nothing_changed() {
    assertThat(bench.execute("diff", old, old)).isZero();
    assertThat(bench.out()).isEqualTo("no changes\n");
  }

  @ParameterizedTest
  @CsvSource({
    "maximum: 100, maximum: 50, breaking, 1",
    "maximum: 100, maximum: 50, NEVER, 0",
    "list_pets, find_pets, breaking, 0",
    "list_pets, find_pets, risky, 1",
    "Lists pets., Finds pets., risky, 0",
    "Lists pets., Finds pets., compatible, 1"
  })
  void fails_from_the_impact_asked_for(String what, String replacement, String failOn, int status)
      throws IOException {
    assertThat(bench.execute("diff", "--fail-on", failOn, old, changed(what, replacement)))
        .isEqualTo(status);
  }

  @Test
  void passes_over_the_changes_of_a_rule() throws IOException {
    String now = changed("maximum: 100", "maximum: 50");

    assertThat(bench.execute("diff", "--ignore", "request-maximum-lowered", old, now)).isZero();
    assertThat(bench.out()).isEqualTo("no changes\n");
  }

  @Test
  void refuses_to_pass_over_a_rule_that_is_none() {
    assertThat(bench.execute("diff", "--ignore", "request-maximum-lower", old, old)).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: --ignore request-maximum-lower: there is no such rule; did you mean"
                + " request-maximum-lowered?\n");
    assertThat(bench.execute("diff", "--ignore", "x", old, old)).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo("brrt: --ignore x: there is no such rule; docs/diff-rules.md lists them\n");
  }

  @ParameterizedTest
  @CsvSource({
    "json, /changes/0/rule",
    "sarif, /runs/0/results/0/ruleId",
    "sarif, /runs/0/tool/driver/rules/0/id"
  })
  void writes_forms_for_programs(String format, String pointer) throws IOException {
    bench.execute("diff", "--format", format, old, changed("maximum: 100", "maximum: 50"));

    JsonNode json = JsonMapper.builder().build().readTree(bench.out());
    assertThat(json.at(pointer).asString()).isEqualTo("request-maximum-lowered");
  }

  @Test
  void writes_annotations_for_GitHub() throws IOException {
    bench.execute("diff", "--format=github", old, changed("maximum: 100", "maximum: 50"));

    assertThat(bench.out())
        .isEqualTo(
            """
            ::error file=new.yaml,line=13,col=72,title=request-maximum-lowered::GET /pets, query parameter limit: maximum changed from 100 to 50; Requests with values beyond it are refused
            1 breaking change
            """);
  }

  @Test
  void says_which_file_is_not_there() {
    assertThat(bench.execute("diff", old, "no/such.yaml")).isEqualTo(1);
    assertThat(bench.err()).isEqualTo("brrt: there is no file no/such.yaml\n");
    assertThat(bench.execute("diff", "no/such.yaml", old)).isEqualTo(1);
    assertThat(bench.err()).isEqualTo("brrt: there is no file no/such.yaml\n");
    assertThat(bench.out()).isEmpty();
  }

  @Test
  void says_which_documents_have_errors() throws IOException {
    String broken = bench.write("broken.yaml", CommandBench.BROKEN);

    assertThat(bench.execute("diff", broken, broken)).isEqualTo(1);
    String message =
        """
        broken.yaml:4:3: error[path-parameter-undeclared]: parameter "petId" is in the path template but not declared
            4 |   /pets/{petId}:
              |   ^
          fix: add {name: petId, in: path, required: true, schema: {type: string}} to "parameters"
        1 error
        brrt: broken.yaml cannot be compared; correct the errors above
        """;
    assertThat(bench.err()).isEqualTo(message + message);
    assertThat(bench.execute("diff", old, broken)).isEqualTo(1);
    assertThat(bench.err()).isEqualTo(message);
    assertThat(bench.out()).isEmpty();
  }

  @Test
  void compares_OpenAPI_3_0_with_3_1() throws IOException {
    String before =
        bench.write(
            "old.yaml",
            """
            openapi: 3.0.4
            info: { title: Pets, version: 1.0.0 }
            paths:
              /pets:
                get:
                  operationId: list_pets
                  parameters:
                    - { name: a, in: query, schema: { type: string, nullable: true } }
                    - { name: b, in: query, schema: { type: number, minimum: 0, exclusiveMinimum: true } }
                  responses: { "200": { description: fine } }
            """);
    String after =
        bench.write(
            "new.yaml",
            """
            openapi: 3.1.1
            info: { title: Pets, version: 1.0.0 }
            paths:
              /pets:
                get:
                  operationId: list_pets
                  parameters:
                    - { name: a, in: query, schema: { type: [string, "null"] } }
                    - { name: b, in: query, schema: { type: number, exclusiveMinimum: 0 } }
                  responses: { "200": { description: fine } }
            """);

    assertThat(bench.execute("diff", before, after)).isZero();
    assertThat(bench.out())
        .isEqualTo(
            """
            new.yaml:1:1: compatible[openapi-version-changed]: document: openapi changed from 3.0.4 to 3.1.1
                1 | openapi: 3.1.1
                  | ^
              before: old.yaml:1:1
            1 compatible change
            """);
  }

  @Test
  void reads_references_from_directories_that_are_allowed() throws IOException {
    Files.createDirectories(directory.resolve("shared"));
    Files.createDirectories(directory.resolve("api"));
    Files.writeString(directory.resolve("shared/name.yaml"), "type: string\n");
    String document =
        bench.write(
            "api/a.yaml",
            """
            openapi: 3.1.1
            info: { title: Pets, version: 1.0.0 }
            paths: {}
            components: { schemas: { Name: { $ref: ../shared/name.yaml } } }
            """);

    assertThat(bench.execute("diff", document, document)).isEqualTo(1);
    assertThat(bench.err()).contains("error[reference-forbidden]");
    assertThat(bench.execute("diff", "--allow-dir", directory + "/shared", document, document))
        .isZero();
  }

  @Test
  void does_what_the_guide_shows() throws IOException {
    String guide = Files.readString(Path.of(System.getProperty("brrt.root"), "docs", "diff.md"));
    List<String> documents = blocks(guide, "yaml");
    String before = bench.write("before.yaml", documents.get(0));
    String after = bench.write("after.yaml", documents.get(1));

    assertThat(bench.execute("diff", before, after)).isEqualTo(1);
    assertThat(bench.out()).isEqualTo(blocks(guide, "text").getFirst());
  }

  private static List<String> blocks(String page, String language) {
    Matcher block = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(page);
    return block.results().map(each -> each.group(1)).toList();
  }
}
