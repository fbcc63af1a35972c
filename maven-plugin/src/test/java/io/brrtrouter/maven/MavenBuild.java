package io.brrtrouter.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Maven as another process, on a project of one document in two files. Nothing comes from the
 * network and nothing goes to the user's local repository: what is in there is read like a remote
 * one.
 *
 * @param project the directory of the project
 * @param home the directory that builds share
 */
record MavenBuild(Path project, Path home) {
  /** There are no checksums, and nobody sends anything that could be damaged on the way. */
  private static final String POLICIES =
      "<releases><enabled>false</enabled></releases>"
          + "<snapshots><checksumPolicy>ignore</checksumPolicy></snapshots>";

  /** What a build came to. */
  record Result(boolean succeeded, List<String> output) {}

  /** Prepares what builds share: a repository with the plugin, and a local one. */
  static void prepare(Path home) throws IOException {
    FileRepository ours = FileRepository.in(home.resolve("repository"));
    Path known = Path.of(System.getProperty("brrt.maven.repository"));
    Files.writeString(
        home.resolve("settings.xml"),
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors>
            <mirror><id>known</id><mirrorOf>central</mirrorOf><url>%s</url></mirror>
          </mirrors>
          <profiles>
            <profile>
              <id>ours</id>
              <repositories>
                <repository><id>ours</id><url>%3$s</url>%4$s</repository>
              </repositories>
              <pluginRepositories>
                <pluginRepository><id>ours</id><url>%3$s</url>%4$s</pluginRepository>
              </pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>ours</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(home.resolve("local"), known.toUri(), ours.directory().toUri(), POLICIES));
  }

  /** Writes the project. */
  static MavenBuild of(Path project, Path home) throws IOException {
    MavenBuild build = new MavenBuild(project, home);
    // In place of the user's own.
    build.write("toolchains.xml", "<toolchains/>\n");
    build.write(
        "pom.xml",
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>shop</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>25</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencies>
            <dependency>
              <groupId>io.brrtrouter</groupId>
              <artifactId>brrtrouter-schema</artifactId>
              <version>%1$s</version>
            </dependency>
            <dependency>
              <groupId>org.jspecify</groupId>
              <artifactId>jspecify</artifactId>
              <version>%2$s</version>
            </dependency>
          </dependencies>
          <build>
            <plugins>
              <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-resources-plugin</artifactId>
                <version>%3$s</version>
              </plugin>
              <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-compiler-plugin</artifactId>
                <version>%4$s</version>
              </plugin>
              %5$s
            </plugins>
          </build>
        </project>
        """
            .formatted(
                FileRepository.VERSION,
                FileRepository.property("jspecify.version"),
                FileRepository.plugin("maven-resources-plugin"),
                FileRepository.plugin("maven-compiler-plugin"),
                plugin()));
    build.write(
        "src/main/api/shop.yaml",
        """
        openapi: 3.1.0
        info: { title: Shop, version: '1' }
        paths: {}
        components:
          schemas:
            Owner: { type: object, properties: { name: { type: string } } }
            Pet: { $ref: 'models/pet.yaml' }
        """);
    build.write(
        "src/main/api/models/pet.yaml", "type: object\nproperties:\n  name: { type: string }\n");
    return build;
  }

  /** {@return what the page tells to write, with parts for which a server is not needed} */
  private static String plugin() throws IOException {
    String page = Files.readString(FileRepository.ROOT.resolve("docs/maven-plugin.md"));
    return page.replaceFirst("(?s)^.*?```xml\n(.*?)\n```.*$", "$1")
        .replace(
            "</configuration>",
            "<parts><part>models</part><part>codecs</part></parts></configuration>");
  }

  void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  Path generated() {
    return project.resolve("target/generated-sources/brrtrouter/com/example/shop");
  }

  /**
   * Builds to the end.
   *
   * @param java the JDK that Maven runs on
   * @param environment further environment variables
   * @param arguments goals and options
   */
  Result run(Path java, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
    command.addAll(List.of("-B", "-ntp", "-Dstyle.color=never"));
    command.addAll(List.of("-s", home.resolve("settings.xml").toString()));
    command.addAll(List.of("-t", project.resolve("toolchains.xml").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(BRRT|MAVEN|M2|JAVA|JDK).*"));
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().put("MAVEN_SKIP_RC", "true");
    builder.environment().put("MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<String> output;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      output = lines.lines().toList();
      assertThat(process.waitFor()).isBetween(0, 1);
    } finally {
      process.destroy();
    }
    return new Result(process.exitValue() == 0, output);
  }
}
