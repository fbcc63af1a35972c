package io.brrtrouter.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.brrtrouter.maven.MavenBuild.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds by the Maven that runs this one. */
@DisplayName("A project that uses the plugin")
@Timeout(300)
class MavenBuildTest {
  private static final Path JDK_25 = Path.of(System.getProperty("java.home"));
  private static final Map<String, String> FORKING = Map.of("BRRT_JAVA_HOME", JDK_25.toString());

  /** With it, whoever forks fails. */
  private static final Map<String, String> NOT_FORKING = Map.of("BRRT_JAVA_HOME", "/nowhere");

  /** Nobody looks at the times of generated files but this test. */
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

  @TempDir private static Path home;
  @TempDir Path project;

  @BeforeAll
  static void prepare() throws IOException {
    MavenBuild.prepare(home);
  }

  private static void assertSuccess(Result result) {
    assertThat(result.succeeded()).as(String.join("\n", result.output())).isTrue();
  }

  /** A JDK that Maven runs on and the generator does not. */
  private static Path jdkOf17() throws IOException {
    Path running = Path.of(System.getProperty("brrt.maven.java"));
    try (Stream<Path> installed =
        Files.isDirectory(Path.of("/usr/lib/jvm"))
            ? Files.list(Path.of("/usr/lib/jvm"))
            : Stream.<Path>empty()) {
      for (Path each : Stream.concat(Stream.of(running), installed.sorted()).toList()) {
        Path release = each.resolve("release");
        if (Files.isExecutable(each.resolve("bin/java"))
            && Files.isReadable(release)
            && Files.readString(release).matches("(?s).*JAVA_VERSION=\"(17|21)[.\"].*")) {
          return each;
        }
      }
    }
    return abort("no JDK 17 or 21 is installed");
  }

  private static Map<String, FileTime> times(Path directory) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(directory.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @Test
  void tells_what_a_change_breaks_when_Maven_runs_on_an_old_Java() throws Exception {
    MavenBuild build = MavenBuild.of(project, home);
    build.write(
        "released.yaml",
        """
        openapi: 3.1.0
        info: { title: Shop, version: '1' }
        paths:
          /pets: { get: { operationId: list_pets, responses: { '204': { description: none } } } }
        """);

    Result result =
        build.run(
            jdkOf17(),
            FORKING,
            "io.brrtrouter:brrtrouter-maven-plugin:" + FileRepository.VERSION + ":diff",
            "-Dbrrtrouter.old=released.yaml",
            "-Dbrrtrouter.document=src/main/api/shop.yaml");

    assertThat(result.succeeded()).isFalse();
    assertThat(result.output())
        .anyMatch(line -> line.matches("\\[ERROR] .*breaking\\[operation-removed]: GET /pets.*"))
        .anyMatch(line -> line.matches("\\[ERROR] .*not there; the paths object is at .*"))
        .anyMatch(line -> line.contains("differs from") && line.contains("1 breaking change"));
  }

  @Test
  void generates_only_what_has_changed_when_Maven_runs_on_an_old_Java() throws Exception {
    Path java = jdkOf17();
    MavenBuild build = MavenBuild.of(project, home);
    Result first = build.run(java, FORKING, "generate-sources");
    assertSuccess(first);
    assertThat(first.output())
        .anyMatch(
            line -> line.matches("\\[INFO] .*: 6 created, 0 replaced, 0 deleted, 0 unchanged"));
    for (String file : times(build.generated()).keySet()) {
      Files.setLastModifiedTime(build.generated().resolve(file), LONG_AGO);
    }

    assertSuccess(build.run(java, NOT_FORKING, "generate-sources"));
    assertThat(times(build.generated()))
        .hasSize(6)
        .allSatisfy((file, time) -> assertThat(time).isEqualTo(LONG_AGO));

    build.write(
        "src/main/api/models/pet.yaml", "type: object\nproperties:\n  age: { type: integer }\n");
    Result failed = build.run(java, NOT_FORKING, "generate-sources");
    assertThat(failed.succeeded()).isFalse();
    assertThat(failed.output())
        .anyMatch(
            line -> line.contains("BRRT_JAVA_HOME is /nowhere, which is not a JDK 25 or newer"));

    assertSuccess(build.run(java, FORKING, "generate-sources"));
    assertThat(times(build.generated()))
        .allSatisfy((file, time) ->
            assertThat(time.equals(LONG_AGO)).as(file).isEqualTo(!file.contains("Pet")));
  }

  @Test
  void says_what_is_wrong_and_compiles_when_it_is_right() throws Exception {
    MavenBuild build = MavenBuild.of(project, home);
    build.write(
        "src/main/api/models/pet.yaml", "type: object\nproperties:\n  name: { type: sting }\n");
    Result broken = build.run(JDK_25, Map.of(), "compile");
    assertThat(broken.succeeded()).isFalse();
    assertThat(broken.output())
        .anyMatch(line ->
            line.startsWith(
                "[ERROR] " + project.resolve("src/main/api/models/pet.yaml") + ":3:17: error["))
        .contains("[ERROR]     3 |   name: { type: sting }")
        .anyMatch(line -> line.contains("shop.yaml; correct the errors above"));

    build.write(
        "src/main/api/models/pet.yaml", "type: object\nproperties:\n  name: { type: string }\n");
    assertSuccess(build.run(JDK_25, Map.of(), "compile"));
    assertThat(project.resolve("target/classes/com/example/shop/codec/PetCodec.class")).exists();
  }

  @Test
  void the_JDK_of_a_toolchain_is_preferred() throws Exception {
    MavenBuild build = MavenBuild.of(project, home);
    build.write(
        "toolchains.xml",
        """
        <toolchains>
          <toolchain>
            <type>jdk</type>
            <provides><version>25</version></provides>
            <configuration><jdkHome>%s</jdkHome></configuration>
          </toolchain>
        </toolchains>
        """
            .formatted(JDK_25));

    assertSuccess(build.run(jdkOf17(), NOT_FORKING, "generate-sources"));
  }

  @Test
  void parameters_may_come_from_the_command_line() throws Exception {
    MavenBuild build = MavenBuild.of(project, home);
    build.write("types/size.yaml", "type: string\nenum: [small, large]\n");
    build.write("src/main/api/models/pet.yaml", "$ref: ../../../../types/size.yaml\n");
    String[] arguments = {
      "generate-sources",
      "-Dbrrtrouter.allowDirectories=types,src",
      "-Dbrrtrouter.unknownEnums=keep",
      "-Dbrrtrouter.outputDirectory=generated"
    };

    assertSuccess(build.run(JDK_25, Map.of(), arguments));
    assertThat(project.resolve("generated/com/example/shop/model/Pet.java"))
        .content()
        .contains("sealed interface Pet");
  }
}
