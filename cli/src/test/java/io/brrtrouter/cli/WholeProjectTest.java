package io.brrtrouter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.testing.BrrtClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a document to a server that answers, by the Maven that runs this build, with a local
 * repository that is empty. Of others it finds what this build has found already.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Maven is a shell script here")
@Timeout(300)
class WholeProjectTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: { title: Pets, version: 1.0.0 }
      paths:
        /pets/{id}:
          get:
            operationId: get_pet
            parameters: [ { $ref: shared/id.yaml } ]
            responses:
              200:
                description: one
                content:
                  application/json:
                    schema: { type: object, required: [name], properties: { name: { type: string } } }
                    example: { name: Rex }
      """;

  @TempDir Path directory;
  private Path shop;

  @BeforeEach
  void make() throws Exception {
    directory = directory.toRealPath();
    shop = directory.resolve("my shop");
    Path code =
        Path.of(SchemaResource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeThat(code).as("modules are packed only by \"mvn verify\"").isRegularFile();
    Files.createDirectories(directory.resolve("shared"));
    Files.writeString(
        directory.resolve("shared/id.yaml"),
        "{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }\n");
    CommandBench bench = new CommandBench(directory, Map.of());
    String document = bench.write("pets.yaml", DOCUMENT);
    assertThat(bench.execute("new", shop.toString(), "--document", document))
        .as(bench.err())
        .isZero();
    writeMaven();
  }

  /** A Maven that touches nothing of the user's, and asks the network last. */
  private void writeMaven() throws IOException {
    Path downloaded = Path.of(System.getProperty("brrt.maven.repository"));
    String repositories =
        """
        <id>downloaded</id><url>%s</url>
        <snapshots><enabled>false</enabled></snapshots>
        """
            .formatted(downloaded.toUri());
    Path settings = directory.resolve("settings.xml");
    Files.writeString(
        settings,
        """
        <settings>
          <profiles>
            <profile>
              <id>downloaded</id>
              <repositories><repository>%1$s</repository></repositories>
              <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>downloaded</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(repositories));
    Path program = directory.resolve("bin/mvn");
    Programs.write(
        Map.of(
            program,
            """
            exec '%s/bin/mvn' -ntp -gs '%s' -s '%s' -Dmaven.repo.local='%s' "$@"
            """
                .formatted(
                    System.getProperty("maven.home"),
                    settings,
                    userSettings(),
                    directory.resolve("local"))));
  }

  /** The user's settings with their mirrors, but none of what is on this disk. */
  private Path userSettings() throws IOException {
    Path own = Path.of(System.getProperty("user.home"), ".m2/settings.xml");
    String text = Files.exists(own) ? Files.readString(own) : "<settings/>";
    return Files.writeString(
        directory.resolve("user.xml"),
        text.replace("<mirrorOf>*</mirrorOf>", "<mirrorOf>*,!downloaded,!brrtrouter</mirrorOf>"));
  }

  private Process start(List<String> command, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(shop.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(BRRT|MAVEN|M2|JDK_).*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_SKIP_RC", "true");
    builder.environment().put("MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    builder
        .environment()
        .merge("PATH", directory.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    return builder.redirectError(log.toFile()).start();
  }

  @Test
  void builds_passes_its_tests_answers_and_stops() throws Exception {
    Process maven =
        start(
            List.of(
                directory.resolve("bin/mvn").toString(), "-B", "-Dstyle.color=never", "package"),
            directory.resolve("mvn.err"));
    List<String> output = new ArrayList<>();
    try (BufferedReader lines = maven.inputReader(UTF_8)) {
      lines.lines().forEach(output::add);
    }
    assertThat(maven.waitFor()).as(String.join("\n", output)).isZero();
    assertThat(output).anyMatch(line -> line.contains("Tests run: 1, Failures: 0, Errors: 0"));
    assertThat(shop.resolve("target/lib")).isDirectoryContaining("glob:**/brrtrouter-server-*.jar");

    assertThat(directory.resolve("local/io/brrtrouter/brrtrouter-server")).isDirectory();

    answersAndStops(List.of("java", "-jar", "target/my-shop.jar", "--port", "0"));
    answersAndStops(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.brrtrouter.cli.Main",
            "run",
            shop.toString(),
            "--port",
            "0"));
    assertThat(shop.resolve("target/brrt/stamp")).exists();
  }

  private void answersAndStops(List<String> command) throws Exception {
    List<String> java = new ArrayList<>(command);
    if (java.getFirst().equals("java")) {
      java.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }
    Path log = directory.resolve("err.txt");
    Process server = start(java, log);
    try (BufferedReader lines = server.inputReader(UTF_8)) {
      String prefix = "Listening on ";
      String url =
          lines
              .lines()
              .filter(line -> line.startsWith(prefix))
              .findFirst()
              .orElseThrow(() -> new AssertionError(read(log)))
              .substring(prefix.length());
      try (BrrtClient client = BrrtClient.at(URI.create(url))) {
        assertThat(client.get("/pets/7").send().expect(200).text()).isEqualTo("{\"name\":\"Rex\"}");
        client.get("/pets/0").send().expect(400);
      }
      server.destroy();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).as(read(log)).isZero();
    } finally {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
