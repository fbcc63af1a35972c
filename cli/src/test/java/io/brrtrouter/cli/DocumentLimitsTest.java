package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that a server takes by its configuration is one for every command with it. */
class DocumentLimitsTest {
  private static final String DEEP =
      CommandBench.PETS + "x-deep: " + "[".repeat(300) + "]".repeat(300) + "\n";

  /** As an application has it, which has settings of its own. */
  private static final String CONFIG = "shop: {name: here}\ndocument: {max_depth: 400}\n";

  @TempDir Path directory;
  private CommandBench bench;
  private String document;
  private String config;
  private int runs;

  @BeforeEach
  void prepare() throws IOException {
    bench = bench();
    document = bench.write("pets.yaml", DEEP);
    config = bench.write("config.yaml", CONFIG);
  }

  private CommandBench bench(String... variable) {
    Map<String, String> environment = new HashMap<>(Map.of("BRRT_REPOSITORY", "file:///it/is"));
    if (variable.length > 0) {
      environment.put(variable[0], variable[1]);
    }
    return new CommandBench(directory, environment);
  }

  private String[] command(String words) {
    return words
        .replace("DOCUMENT", document)
        .replace("DIR", directory.resolve("made" + runs++).toString())
        .split(" ");
  }

  private int execute(CommandBench on, String words, String... more) {
    return on.execute(
        Stream.concat(Stream.of(command(words)), Stream.of(more)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lint DOCUMENT",
        "routes DOCUMENT",
        "diff DOCUMENT DOCUMENT",
        "generate DOCUMENT -o DIR",
        "new DIR --document DOCUMENT"
      })
  void commands_read_them_where_the_server_does(String words) throws IOException {
    assertThat(execute(bench, words)).isEqualTo(1);
    assertThat(bench.out() + bench.err()).contains("nested deeper than 256 levels");

    assertThat(execute(bench, words, "--config", config)).isZero();
    assertThat(bench.out() + bench.err()).doesNotContain("error");

    CommandBench named = bench("BRRTR_CONFIG", config);
    assertThat(execute(named, words)).isZero();

    bench.write("config.yaml", "document: {max_depth: 0}\n");
    assertThat(execute(bench, words, "--config", config)).isEqualTo(1);
    assertThat(bench.err()).contains("config.yaml:1:23: error[config-value]", "from 1 to 1000");
  }

  @Test
  void variables_count_too() throws IOException {
    CommandBench with = bench("BRRTR_DOCUMENT_MAX_DEPTH", "400");

    assertThat(with.execute("lint", document)).isZero();
    assertThat(
            with.execute(
                "lint", document, "--config", bench.write("c.yaml", "document: {max_depth: 5}")))
        .isZero();
    assertThat(
            bench.execute(
                "lint", document, "--config", bench.write("c.yaml", "document: {max_depth: 5}")))
        .isEqualTo(1);
  }

  /** Which has a configuration anyway, the whole of which counts. */
  @Test
  void who_explains_a_server_reads_its_document() throws IOException {
    String whole = bench.write("whole.yaml", "document: {max_depth: 400}\n");
    String[] explain = {"explain", document, "list_pets", "--dev-security"};

    assertThat(bench.execute(explain)).isEqualTo(1);
    assertThat(
            bench.execute(
                Stream.concat(Stream.of(explain), Stream.of("--config", whole))
                    .toArray(String[]::new)))
        .isZero();
  }

  @Test
  void a_new_project_is_told_what_it_does_not_have() {
    execute(bench, "new DIR --document DOCUMENT", "--config", config);

    assertThat(bench.err())
        .contains(
            "limits of documents that the project does not have yet, for document in config.yaml"
                + " and for <documentLimits> in pom.xml: max_depth: 400\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                          | 1 | nested deeper than 256 levels
          <max_depth>400</max_depth>  | 0 | every operation has a handler
          <max_depth>none</max_depth> | 1 | documentLimits: max_depth is a number from 1 to 1000, not "none"
          <depth>400</depth>          | 1 | documentLimits: there is no limit of documents with the name depth
          """)
  void a_project_has_those_of_the_plugin(String limits, int status, String said)
      throws IOException {
    String sound = bench.write("sound.yaml", CommandBench.PETS);
    Path made = directory.resolve("made");
    bench.execute("new", made.toString(), "--document", sound);
    Files.writeString(made.resolve("sound.yaml"), DEEP);
    Path pom = made.resolve("pom.xml");
    Files.writeString(
        pom,
        Files.readString(pom)
            .replaceFirst(
                "<document>", "<documentLimits>" + limits + "</documentLimits>\n<document>"));
    bench.out();
    bench.err();

    assertThat(bench.execute("stubs", made.toString())).isEqualTo(status);
    assertThat(bench.out() + bench.err()).contains(said);
  }
}
