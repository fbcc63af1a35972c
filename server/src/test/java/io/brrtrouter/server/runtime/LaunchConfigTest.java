package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            builder -> builder.handler("a", _ -> HttpResponse.of(200)).standalone(false),
            document,
            args);
    launch.server().ifPresent(BrrtServer::close);
    return code;
  }

  private String wrong(String name) throws IOException {
    return Files.writeString(project.resolve(name), "ports: 1\n").toString();
  }

  private String error() {
    return err.toString(StandardCharsets.UTF_8).replace(project + "/", "");
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
