package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.brrtrouter.server.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LaunchConfigTest {
  @TempDir Path project;
  private Path document;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void write_a_project() throws IOException {
    document =
        Files.writeString(
            project.resolve("openapi.yaml"),
            """
            openapi: 3.1.0
            info: {title: T, version: "1"}
            paths:
              /a:
                get:
                  operationId: a
                  responses: {"200": {description: Fine.}}
            """);
  }

  private int launch(Map<String, String> environment, String... args) {
    Launch launch = new Launch(environment, new PrintStream(out), new PrintStream(err));
    int code =
        launch.run(
            (builder, _) -> builder.handler("a", _ -> HttpResponse.of(200)).standalone(false),
            document,
            args);
    launch.server().ifPresent(BrrtServer::close);
    return code;
  }

  private String wrong(String name) throws IOException {
    return Files.writeString(project.resolve(name), "ports: 1\n").toString();
  }

  /** With something for lint to find. */
  private void writeOddDocument() throws IOException {
    String fine = Files.readString(document);
    Files.writeString(
        document, fine.replace("operationId: a", "operationId: getA\n      x-handler: a"));
  }

  private String error() {
    return err.toString(StandardCharsets.UTF_8).replace(project + "/", "");
  }

  /** An application with a setting, and with something that says when it is closed. */
  private record Shop(List<String> said, boolean fails) implements BrrtApplication {
    @Override
    public List<DeclaredSetting> settings() {
      return List.of(
          DeclaredSetting.text(
              "database.url", "jdbc:h2:mem:a;PASSWORD=b", "Where the goods are kept."),
          DeclaredSetting.text("database.password", "", "Opens the database.").asSecret());
    }

    @Override
    public void configure(BrrtServer.Builder builder, Resources resources) {
      resources.get(
          "database",
          AutoCloseable.class,
          () -> {
            said.add("opened " + resources.setting("database.url"));
            return () -> said.add("closed");
          });
      builder.standalone(false);
      if (fails) {
        String setting = resources.describe("database.url").toString();
        throw new StartupException(setting + " does not answer", new IOException());
      }
      builder.handler("a", _ -> HttpResponse.of(200));
    }
  }

  private int launch(BrrtApplication application, Map<String, String> variables, String... args) {
    Launch launch = new Launch(variables, new PrintStream(out), new PrintStream(err));
    int code = launch.run(application, document, args);
    launch.server().ifPresent(BrrtServer::close);
    return code;
  }

  @Test
  void settings_of_the_application_are_read_and_shown() throws IOException {
    Files.writeString(project.resolve("config.yaml"), "port: 0\ndatabase: {url: 'jdbc:x'}\n");
    List<String> said = new ArrayList<>();
    Map<String, String> variables = Map.of("BRRTR_DATABASE_PASSWORD", "hunter2");
    assertThat(launch(new Shop(said, false), variables, "--verbose")).isZero();
    assertThat(said).containsExactly("opened jdbc:x", "closed");
    assertThat(error())
        .endsWith(
            """
              database.url = jdbc:x (config.yaml:2:17)
              database.password = ****** (BRRTR_DATABASE_PASSWORD)
            """);
  }

  @Test
  void a_secret_of_the_application_in_the_file_itself_is_said_at_the_start() throws IOException {
    Files.writeString(project.resolve("config.yaml"), "port: 0\ndatabase: {password: 'hunter2'}\n");
    assertThat(launch(new Shop(new ArrayList<>(), false), Map.of())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "config.yaml:2:22: warning[security-plain-secret]: database.password stands in the"
                + " configuration file itself")
        .doesNotContain("hunter2");
  }

  @Test
  void an_application_that_cannot_start_says_why_and_leaves_nothing_open() {
    List<String> said = new ArrayList<>();
    assertThat(launch(new Shop(said, true), Map.of(), "--port=0")).isEqualTo(1);
    assertThat(said).containsExactly("opened jdbc:h2:mem:a;PASSWORD=b", "closed");
    assertThat(error())
        .isEqualTo("database.url = jdbc:h2:mem:a;PASSWORD=****** (default) does not answer\n");
  }

  @Test
  void help_lists_settings_of_the_application() {
    assertThat(launch(new Shop(List.of(), false), Map.of(), "--help")).isZero();
    String help = out.toString(StandardCharsets.UTF_8);
    assertThat(help)
        .startsWith(
            """
            Options:
              --port PORT      port to listen on; 0 takes a free one
              --host HOST      address to listen on; 0.0.0.0 for all
              --config FILE    configuration file; config.yaml beside the document unless given
              --dev-security   accept credentials for development, on this machine only
              --verbose        show every setting in force and where it comes from
              --help           show this help
            Settings of this project, with their environment variables:
              database.url (BRRTR_DATABASE_URL)
                  Where the goods are kept.
                  text; default jdbc:h2:mem:a;PASSWORD=******
              database.password (BRRTR_DATABASE_PASSWORD)
                  Opens the database.
                  text
            Settings of the server, with their environment variables:
              host (BRRTR_HOST): \
            """)
        .contains("\n  port (BRRTR_PORT): integer from 0 to 65535; default 8080\n")
        .contains("\n  mock (BRRTR_MOCK): true or false; default false\n")
        .doesNotContain("docs/", "`");
    assertThat(help.lines().filter(line -> line.contains("(BRRTR_")))
        .hasSize(2 + ConfigKeys.ALL.size());
  }

  @Test
  void help_says_what_a_declared_setting_takes() {
    BrrtApplication printing =
        new BrrtApplication() {
          @Override
          public List<DeclaredSetting> settings() {
            return List.of(
                DeclaredSetting.integer("printer.threads", 1, 4, 2, "Threads that print."));
          }

          @Override
          public void configure(BrrtServer.Builder builder, Resources resources) {}
        };
    assertThat(launch(printing, Map.of(), "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            """
              printer.threads (BRRTR_PRINTER_THREADS)
                  Threads that print.
                  integer from 1 to 4; default 2
            """);
  }

  @Test
  void a_setting_that_is_one_of_the_server_is_refused() {
    BrrtApplication wrong =
        new BrrtApplication() {
          @Override
          public List<DeclaredSetting> settings() {
            return List.of(DeclaredSetting.text("port", "", "Nothing."));
          }

          @Override
          public void configure(BrrtServer.Builder builder, Resources resources) {}
        };
    assertThat(launch(wrong, Map.of())).isEqualTo(1);
    assertThat(error())
        .isEqualTo(
            "settings of the application: error[config-declaration]: port is a setting of the"
                + " server; give it another name\n");
  }

  /** An application whose settings are what its author made of them. */
  private record Declaring(Supplier<List<DeclaredSetting>> declared) implements BrrtApplication {
    @Override
    public List<DeclaredSetting> settings() {
      return declared.get();
    }

    @Override
    public void configure(BrrtServer.Builder builder, Resources resources) {}
  }

  /** Where many declare their settings. */
  private static final class Constants {
    static final DeclaredSetting SETTING = DeclaredSetting.text("Shop", "", "Nothing.");

    private Constants() {}
  }

  static Stream<Arguments> wrong_declarations() {
    return Stream.of(
        arguments(declaring(() -> null), "settings() answered null; List.of() is none"),
        arguments(
            declaring(() -> Arrays.asList((DeclaredSetting) null)),
            "settings() answered a list with null in it; List.of() is none"),
        arguments(
            declaring(() -> List.of(DeclaredSetting.text("a b", "", "Nothing."))),
            "\"a b\" is no name of a setting; write it like database.url"),
        arguments(
            declaring(() -> List.of(Constants.SETTING)),
            "\"Shop\" is no name of a setting; write it like database.url"),
        arguments(
            declaring(() -> List.of(DeclaredSetting.integer("a", 1, 2, 3, "Nothing."))),
            "the default of a is not what it takes: integer from 1 to 2; give it another default"));
  }

  private static BrrtApplication declaring(Supplier<List<DeclaredSetting>> declared) {
    return new Declaring(declared);
  }

  @ParameterizedTest
  @MethodSource("wrong_declarations")
  void settings_that_cannot_be_declared_are_refused_in_a_sentence(
      BrrtApplication application, String message) {
    assertThat(launch(application, Map.of(), "--port=0")).isEqualTo(1);
    assertThat(error())
        .isEqualTo("settings of the application: error[config-declaration]: " + message + "\n");
  }

  @Test
  void help_refuses_them_too() {
    assertThat(launch(declaring(() -> null), Map.of(), "--help")).isEqualTo(1);
    assertThat(error())
        .isEqualTo(
            "settings of the application: error[config-declaration]: settings() answered null;"
                + " List.of() is none\n");
  }

  @ParameterizedTest
  @CsvSource({
    "., openapi.yaml",
    ".., {}/openapi.yaml",
    "src/main, ../../openapi.yaml",
  })
  void the_command_that_lists_findings_works_from_where_it_is_read(String from, String file)
      throws IOException {
    writeOddDocument();
    String here = project.resolve(from).normalize().toString();
    assertThat(launch(Map.of("BRRTR_TYPED_IN", here), "--port", "0")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "; run \"brrt lint %s\" to see them\n"
                .formatted(file.replace("{}", project.getFileName().toString())));
    assertThat(error()).isEmpty();
  }

  @Test
  void a_directory_in_which_commands_are_typed_may_be_relative() throws IOException {
    writeOddDocument();
    assertThat(launch(Map.of("BRRTR_TYPED_IN", "here"), "--port", "0")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "; run \"brrt lint %s\" to see them\n"
                .formatted(Path.of("here").toAbsolutePath().relativize(document)));
  }

  /** As on another drive: an archive has a root of its own. */
  @Test
  void a_file_under_another_root_is_named_in_full() throws IOException {
    Path archive = project.resolve("archive.zip");
    try (FileSystem drive = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      assertThat(Banner.typed(Path.of("/a/openapi.yaml"), drive.getPath("/a")))
          .isEqualTo("/a/openapi.yaml");
    }
  }

  @Test
  void the_command_that_lists_findings_has_the_directories_and_quotes_for_a_shell()
      throws IOException {
    writeOddDocument();
    Path models = Files.createDirectories(project.resolveSibling(project.getFileName() + " ann's"));
    BrrtApplication application =
        (builder, _) ->
            builder
                .allowDirectories(List.of(models))
                .handler("a", _ -> HttpResponse.of(200))
                .standalone(false);
    assertThat(launch(application, Map.of(), "--port", "0")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "; run \"brrt lint %s --allow-dir '%s'\" to see them\n"
                .formatted(document, models.toString().replace("'", "'\\''")));
  }

  @Test
  void without_a_file_the_defaults_serve() {
    assertThat(launch(Map.of(), "--port", "0")).isZero();
    assertThat(error()).isEmpty();
  }

  @Test
  void the_file_beside_the_document_is_read() throws IOException {
    wrong("config.yaml");
    assertThat(launch(Map.of(), "--port", "0")).isEqualTo(1);
    assertThat(error()).startsWith("config.yaml:1:1: error[config-unknown-key]");
  }

  @Test
  void the_file_in_the_variable_goes_before_it() throws IOException {
    wrong("config.yaml");
    assertThat(launch(Map.of("BRRTR_CONFIG", wrong("variable.yaml")), "--port", "0")).isEqualTo(1);
    assertThat(error()).startsWith("variable.yaml:1:1: error");
  }

  @Test
  void an_empty_variable_is_none() throws IOException {
    wrong("config.yaml");
    assertThat(launch(Map.of("BRRTR_CONFIG", ""), "--port", "0")).isEqualTo(1);
    assertThat(error()).startsWith("config.yaml:1:1: error");
  }

  @Test
  void the_file_on_the_command_line_goes_before_both() throws IOException {
    wrong("config.yaml");
    String flag = wrong("flag.yaml");
    assertThat(launch(Map.of("BRRTR_CONFIG", wrong("variable.yaml")), "--config=" + flag))
        .isEqualTo(1);
    assertThat(error()).startsWith("flag.yaml:1:1: error");
  }
}
