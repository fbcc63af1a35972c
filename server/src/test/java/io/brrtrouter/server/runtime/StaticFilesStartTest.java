package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.brrtrouter.server.site.StaticFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start says of static files. */
class StaticFilesStartTest {
  @TempDir private Path directory;
  private Path web;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    web = Files.createDirectories(directory.resolve("web"));
    Files.writeString(directory.resolve("file"), "");
    config = directory.resolve("config.yaml");
  }

  private static String document(String... paths) {
    StringBuilder document =
        new StringBuilder(
            """
            openapi: 3.1.1
            info: {title: Files, version: "1"}
            paths:
            """);
    for (String path : paths) {
      document.append("  ").append(path).append(": {get: {parameters: [");
      int open = path.indexOf('{');
      if (open >= 0) {
        document.append(
            "{name: %s, in: path, required: true, schema: {type: string}}"
                .formatted(path.substring(open + 1, path.indexOf('}'))));
      }
      document.append("], responses: {\"204\": {description: It.}}}}\n");
    }
    return document.toString();
  }

  private BrrtServer.Builder builder(String document, String settings) throws IOException {
    Files.writeString(config, settings);
    return BrrtServer.builder()
        .document(TestServer.file(document))
        .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
        .mock(true);
  }

  private String refusal(BrrtServer.Builder builder) {
    String[] message = new String[1];
    assertThatThrownBy(builder::startInProcess)
        .isInstanceOf(StartupException.class)
        .satisfies(refused -> message[0] = refused.getMessage());
    return message[0].replace(directory.toString(), "DIR");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none | there is no directory DIR/none
          file | DIR/file is not a directory
          """)
  void a_directory_has_to_be_one(String name, String sentence) throws IOException {
    String refusal =
        refusal(
            builder(
                document("/pets"),
                """
                static:
                  web:
                    prefix: /app
                    directory: %s
                """
                    .formatted(directory.resolve(name))));

    assertThat(refusal)
        .isEqualTo(
            """
            DIR/config.yaml:4:16: error[static-files]: static.web: %s
              fix: name a directory that this process may read
            1 error\
            """
                .formatted(sentence));
  }

  @Test
  void a_directory_has_to_be_readable() throws IOException {
    Files.setPosixFilePermissions(web, PosixFilePermissions.fromString("-wx------"));
    assumeThat(Files.isReadable(web)).as("whoever may read everything").isFalse();

    assertThat(StaticFiles.at("/app", web).mistakes())
        .containsExactly("the directory " + web + " may not be read");
  }

  @Test
  void a_fallback_has_to_be_there_and_inside() throws IOException {
    Files.createSymbolicLink(web.resolve("out.html"), directory.resolve("file"));
    Files.createDirectories(web.resolve("sub"));

    for (String name : new String[] {"none.html", "out.html", "sub"}) {
      assertThat(StaticFiles.at("/app", web).withFallback(name).mistakes())
          .containsExactly("there is no file " + name + " in the directory " + web);
    }
  }

  @Test
  void both_settings_have_to_be_there() throws IOException {
    assertThat(
            refusal(
                builder(
                    document("/pets"),
                    """
                    static:
                      one: {prefix: /app}
                      two:
                        index: a.html
                    """)))
        .isEqualTo(
            """
            DIR/config.yaml:2:3: error[static-files]: static.one.directory is not set
              fix: set both prefix and directory
            DIR/config.yaml:3:3: error[static-files]: static.two.prefix is not set
              fix: set both prefix and directory
            DIR/config.yaml:3:3: error[static-files]: static.two.directory is not set
              fix: set both prefix and directory
            3 errors\
            """);
  }

  @ParameterizedTest
  @CsvSource({"app", "/app/", "//app", "/a/../b", "/{x}", "/a b"})
  void a_malformed_prefix_is_a_mistake_of_the_configuration(String prefix) throws IOException {
    Files.writeString(
        config,
        """
        static:
          web:
            prefix: "%s"
        """
            .formatted(prefix));

    assertThatThrownBy(() -> ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("static.web.prefix cannot be \"" + prefix + "\"")
        .hasMessageContaining("it takes: /, or a path such as /app");
  }

  @Test
  void equal_prefixes_are_refused_whoever_gives_them() throws IOException {
    String refusal =
        refusal(
            builder(
                    document("/pets"),
                    """
                    static:
                      one: {prefix: /app, directory: %s}
                      two: {prefix: /app, directory: %s}
                    """
                        .formatted(web, web))
                .files(StaticFiles.at("/app", web)));

    assertThat(refusal)
        .contains("static.one and static.two have the same prefix /app")
        .contains("static.one and files(\"/app\") have the same prefix /app")
        .contains("give each one of its own");
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /app       | /app
          /app       | /app/
          /app       | /app/x
          /app       | /app/{x}
          /app       | /app/x/y
          /app       | /{x}
          /app       | /{x}/y
          /app       | /a{x}
          /app       | /%61pp/x
          /app/sub   | /app/{x}
          /app/sub   | /{x}/sub/y
          /          | /
          /          | /{x}
          /          | /{x}/y
          /          | /a{x}
          """)
  void an_operation_that_could_answer_in_place_of_files_is_refused(String prefix, String path)
      throws IOException {
    assertThat(refusal(builder(document(path), "").files(StaticFiles.at(prefix, web))))
        .isEqualTo(
            """
            code: error[static-files]: files("%s") has the prefix %s, and the operation GET %s answers in place of files there
              fix: give the files a prefix that no path of the document begins like
            1 error\
            """
                .formatted(prefix, prefix, path));
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /app       | /pets
          /app       | /apps
          /app       | /appx/y
          /app       | /x/app
          /app       | /b{x}
          /app/sub   | /app
          /app/sub   | /app/other
          /app/sub   | /{x}
          /          | /pets
          /          | /pets/{x}
          """)
  void others_are_not(String prefix, String path) throws IOException {
    builder(document(path), "").files(StaticFiles.at(prefix, web)).startInProcess().close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /health            | health is at /health
          /docs              | docs is at /docs
          /docs/guide        | docs is at /docs
          /internal          | metrics is at /internal/metrics
          """)
  void a_built_in_endpoint_that_has_a_path_of_files_is_refused(String prefix, String sentence)
      throws IOException {
    String name = sentence.substring(0, sentence.indexOf(' '));

    assertThat(
            refusal(
                builder(document("/pets"), "endpoints: {metrics: /internal/metrics}")
                    .files(StaticFiles.at(prefix, web))))
        .isEqualTo(
            """
            code: error[static-files]: files("%s") has the prefix %s, and the built-in endpoint %s
              fix: give one of them another path, or set endpoints.%s to off
            1 error\
            """
                .formatted(prefix, prefix, sentence, name));
  }

  @Test
  void a_start_says_what_anybody_may_get() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    builder(document("/pets"), "port: 0")
        .files(StaticFiles.at("/app", web))
        .output(new PrintStream(said, true, StandardCharsets.UTF_8))
        .start()
        .close();

    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("\nanybody may get the files below /app, from " + web + "\n");
  }
}
