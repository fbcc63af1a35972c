package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class UsageTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int execute(String... arguments) {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            false);
    return new Brrt(console).execute(arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "                       | no command given; run \"brrt --help\"",
        "rnu                    | unknown command \"rnu\"; did you mean run?",
        "xyz                    | unknown command \"xyz\"; run \"brrt --help\"",
        "trian                  | unknown command \"trian\"; run \"brrt --help\"",
        "--vresion              | unknown option --vresion; did you mean --version?",
        "-x                     | unknown option -x; run \"brrt --help\"",
        "run                    | PROJECT_DIR is missing; run \"brrt run --help\"",
        "run --prot 80 x        | unknown option --prot; did you mean --port?",
        "run x y                | one argument too many: \"y\"; run \"brrt run --help\"",
        "new shop               | --document is missing, as in \"brrt new shop --document openapi.yaml\"; run \"brrt new --help\"",
        "generate o.yaml -o     | --output needs a value; run \"brrt generate --help\"",
        "run x --port           | --port needs a value; run \"brrt run --help\"",
        "run x --port=65536     | invalid value for --port: \"65536\" is not a port number from 0 to 65535; run \"brrt run --help\"",
        "run x --port 1 --port 2 | --port should be specified only once; run \"brrt run --help\"",
        "serve                 | DOCUMENT is missing; run \"brrt serve --help\"",
        "serve x --mock --echo | --mock and --echo exclude each other; run \"brrt serve --help\"",
        "lint                  | DOCUMENT is missing; run \"brrt lint --help\"",
        "lint --format xml x   | invalid value for --format: \"xml\" is none of text, json, sarif, github; run \"brrt lint --help\"",
        "diff                  | OLD is missing; run \"brrt diff --help\"",
        "diff a.yaml           | NEW is missing; run \"brrt diff --help\"",
        "diff a b c            | one argument too many: \"c\"; run \"brrt diff --help\"",
        "diff --fail-on x a b  | invalid value for --fail-on: \"x\" is none of breaking, risky, compatible, never; run \"brrt diff --help\"",
        "lint --fial-on never x | unknown option --fial-on; did you mean --fail-on?",
        "help nope             | unknown command \"nope\"; run \"brrt --help\"",
        "help lnit             | unknown command \"lnit\"; did you mean lint?",
        "lnit                  | unknown command \"lnit\"; did you mean lint?",
        "completion fish        | invalid value for SHELL: \"fish\" is none of bash, zsh; run \"brrt completion --help\""
      })
  void wrong_usage_is_one_sentence_and_exit_code_2(String arguments, String sentence) {
    int status = arguments == null ? execute() : execute(arguments.split(" "));

    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("brrt: " + sentence + "\n");
    assertThat(out.size()).isZero();
    assertThat(status).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "routes",
        "lint",
        "lint x.yaml",
        "serve x.yaml --config",
        "run x --config"
      })
  void an_empty_argument_names_no_file(String command) throws IOException {
    Path document = Files.writeString(directory.resolve("x.yaml"), CommandBench.PETS);
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.replaceAll(word -> word.equals("x.yaml") ? document.toString() : word);
    arguments.add("");

    assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("brrt: a file name is missing\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "serve x.yaml --allow-dir",
        "lint x.yaml --allow-dir",
        "routes x.yaml --allow-dir"
      })
  void an_empty_argument_names_no_directory(String command) throws IOException {
    Path document = Files.writeString(directory.resolve("x.yaml"), CommandBench.PETS);
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.replaceAll(word -> word.equals("x.yaml") ? document.toString() : word);
    arguments.add("");

    assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("brrt: a directory name is missing\n");
    assertThat(out.size()).isZero();
  }

  @Test
  void an_empty_argument_is_no_host() throws IOException {
    Path document = Files.writeString(directory.resolve("x.yaml"), CommandBench.PETS);

    assertThat(execute("serve", document.toString(), "--host", "")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("brrt: --host needs a host name or an IP address\n");
  }

  @Test
  void an_argument_with_an_at_sign_is_not_replaced_by_what_a_file_holds() throws IOException {
    Path arguments = Files.writeString(directory.resolve("arguments"), "--version");

    assertThat(execute("@" + arguments)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("brrt: unknown command \"@" + arguments + "\"; run \"brrt --help\"\n");
    assertThat(out.size()).isZero();
  }

  @Test
  void every_command_explains_itself_with_examples() {
    for (String command :
        List.of("serve", "run", "lint", "routes", "completion", "help", "version")) {
      out.reset();
      assertThat(execute(command, "--help")).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .startsWith("Usage: brrt " + command + " ")
          .contains("\nOptions:\n")
          .contains("\nExamples:\n  brrt " + command + " ")
          .endsWith("\n");
    }
    assertThat(err.size()).isZero();
  }

  @Test
  void the_list_of_commands_has_a_whole_sentence_for_each() {
    Brrt brrt = new Brrt(new Console(System.out, System.err, Map.of(), false));
    brrt.commandLine()
        .getSubcommands()
        .forEach((name, command) ->
            assertThat(command.getCommandSpec().usageMessage().description()[0])
                .as(name)
                .endsWith("."));
  }

  @Test
  void the_command_line_page_has_every_command_and_option() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("brrt.root"), "docs", "command-line.md"));
    Brrt brrt = new Brrt(new Console(System.out, System.err, Map.of(), false));
    brrt.commandLine()
        .getSubcommands()
        .forEach((name, command) -> {
          CommandSpec spec = command.getCommandSpec();
          if (!spec.usageMessage().hidden()) {
            String section = section(page, "## brrt " + name + "\n");
            for (OptionSpec option : spec.options()) {
              assertThat(section).contains("`" + option.longestName());
            }
          }
        });
  }

  private static String section(String page, String heading) {
    int start = page.indexOf(heading);
    assertThat(start).as(heading).isNotNegative();
    int end = page.indexOf("\n## ", start + heading.length());
    return page.substring(start, end < 0 ? page.length() : end);
  }

  @Test
  void training_loads_what_other_commands_need_without_a_word() {
    assertThat(execute("train")).isZero();
    assertThat(out.size() + err.size()).isZero();
  }

  @Test
  void help_is_a_command_too() {
    assertThat(execute("--help")).isZero();
    String help = out.toString(StandardCharsets.UTF_8);
    out.reset();
    assertThat(execute("help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(help).startsWith("Usage: brrt ");
    out.reset();
    assertThat(execute("help", "lint")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: brrt lint ");
  }

  @Test
  void a_log_level_that_is_none_is_refused() {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("LOG_LEVEL", "loud"),
            false);

    assertThat(new Brrt(console).execute("--version")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("brrt: LOG_LEVEL is \"loud\", which is none of error, warn, info, debug\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "version"})
  void the_version_names_product_and_Java(String argument) {
    assertThat(execute(argument)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches("brrt \\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\(Java \\d+\\)\n");
  }
}
