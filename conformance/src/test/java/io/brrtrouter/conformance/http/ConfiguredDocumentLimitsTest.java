package io.brrtrouter.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.brrtrouter.openapi.DocumentLimit;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ConfigException;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.StartupException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Limits of documents are where their settings put them: lower, and higher than where they are in a
 * server that nobody has configured.
 */
class ConfiguredDocumentLimitsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Limits, version: "1"}
      paths:
        /get:
          get:
            operationId: get
            responses: {"200": {description: ok}}
      """;

  @TempDir Path directory;

  private BrrtServer server(String document, String... setting) throws IOException {
    ServerConfig config = ServerConfig.defaults().with("port", "0").with("mock", "true");
    for (int i = 0; i < setting.length; i += 2) {
      config = config.with(setting[i], setting[i + 1]);
    }
    return BrrtServer.builder()
        .document(Files.writeString(directory.resolve("api.yaml"), document))
        .config(config)
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  private static String deep(int levels) {
    return DOCUMENT + "x-deep: " + "[".repeat(levels) + "]".repeat(levels) + "\n";
  }

  private static String aliases(int count) {
    return DOCUMENT + "x-one: &one 1\nx-all: [" + "*one, ".repeat(count) + "]\n";
  }

  private static String values(int count) {
    return DOCUMENT + "x-all: [" + "1, ".repeat(count) + "]\n";
  }

  /** A setting with a low value and the rule of the finding, for a document that is usual. */
  static Stream<Arguments> low() {
    return Stream.of(
        row("document.max_file_bytes", "100", DOCUMENT, "file-too-large"),
        row("document.max_depth", "9", deep(9), "nesting-too-deep"),
        row("document.max_aliases", "2", aliases(3), "too-many-aliases"),
        row("document.max_values", "30", values(30), "too-many-nodes"));
  }

  /** A setting with a high value and the rule of the finding without it. */
  static Stream<Arguments> high() {
    return Stream.of(
        row(
            "document.max_file_bytes",
            "17 MiB",
            DOCUMENT + ("#" + "x".repeat(1 << 10) + "\n").repeat(1 << 14),
            "file-too-large"),
        row("document.max_depth", "400", deep(399), "nesting-too-deep"),
        row("document.max_aliases", "1001", aliases(1_001), "too-many-aliases"),
        row("document.max_values", "1100000", values(1_000_001), "too-many-nodes"));
  }

  private static Arguments row(String setting, String value, String document, String rule) {
    return argumentSet(setting, setting, value, document, rule);
  }

  @ParameterizedTest
  @MethodSource("low")
  void a_lower_one_refuses_what_is_usual(String setting, String value, String document, String rule)
      throws IOException {
    server(document).close();
    assertThatThrownBy(() -> server(document, setting, value))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("error[" + rule + "]");
  }

  @ParameterizedTest
  @MethodSource("high")
  void a_higher_one_takes_what_is_not(String setting, String value, String document, String rule)
      throws IOException {
    assertThatThrownBy(() -> server(document))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("error[" + rule + "]");
    server(document, setting, value).close();
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "1001, 1000"})
  void files_are_counted(int files, int tooFew) throws IOException {
    StringBuilder document = new StringBuilder(DOCUMENT + "components:\n  schemas:\n");
    for (int i : IntStream.range(1, files).toArray()) {
      Files.writeString(directory.resolve(i + ".yaml"), "type: string\n");
      document.append("    S%d: {$ref: %d.yaml}\n".formatted(i, i));
    }
    String whole = document.toString();

    assertThatThrownBy(() -> server(whole, "document.max_files", String.valueOf(tooFew)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("more than " + tooFew + " files");
    server(whole, "document.max_files", String.valueOf(files)).close();
  }

  /** What is read recursively needs stack, so nobody may ask for more than there is. */
  @Test
  void the_deepest_document_that_may_be_asked_for_is_served() throws IOException {
    int most = DocumentLimit.MAX_DEPTH.most();
    String schema = "{type: object, properties: {a: ".repeat((most - 8) / 2);
    String whole =
        DOCUMENT
            + "components: {schemas: {Deep: "
            + schema
            + "{type: string}"
            + "}}".repeat((most - 8) / 2)
            + "}}\n";

    assertThatThrownBy(() -> server(whole)).hasMessageContaining("nesting-too-deep");
    server(whole, "document.max_depth", String.valueOf(most)).close();
  }

  /** For who reads documents without a server. */
  @Test
  void they_are_read_from_a_configuration_with_whatever_else() throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"),
            "shop: {name: here}\nport: none\ndocument: {max_depth: 300, max_file_bytes: 1 MiB}\n");
    Map<String, String> environment = Map.of("BRRTR_DOCUMENT_MAX_FILES", "7");

    LoadOptions options = ServerConfig.loadOptions(Optional.of(config), environment);

    assertThat(options.limits().depth()).isEqualTo(300);
    assertThat(options.limits().bytes()).isEqualTo(1 << 20);
    assertThat(options.limits().aliases()).isEqualTo(1_000);
    assertThat(options.files()).isEqualTo(7);
    assertThat(options.roots()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          document: {max_depth: 0}        | document.max_depth cannot be 0
          document: {max_dept: 5}         | there is no setting document.max_dept
          document: 5                     | document is a section, not a number
          document: {max_depth: 5         | config.yaml
          """)
  void mistakes_about_them_are_told(String text, String mistake) throws IOException {
    Path config = Files.writeString(directory.resolve("config.yaml"), text + "\nport: none\n");

    assertThatThrownBy(() -> ServerConfig.loadOptions(Optional.of(config), Map.of()))
        .isInstanceOfSatisfying(
            ConfigException.class,
            wrong ->
                assertThat(wrong.findings())
                    .singleElement()
                    .extracting(Finding::toString)
                    .asString()
                    .contains(mistake));
  }

  /** A setting that comes to be needs a test. */
  @Test
  void each_setting_of_a_limit_is_tested() {
    List<String> settings =
        ServerConfig.reference().stream()
            .map(ConfigKey::name)
            .filter(name -> name.startsWith("document."))
            .toList();
    assertThat(settings)
        .containsExactly(
            "document.max_file_bytes",
            "document.max_depth",
            "document.max_aliases",
            "document.max_values",
            "document.max_files");
  }
}
