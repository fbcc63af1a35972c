package io.brrtrouter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Maven is a shell script here")
class RunCommandTest {
  private RunBench bench;

  @BeforeEach
  void prepare(@TempDir Path directory) throws IOException {
    bench = RunBench.in(directory);
  }

  @Nested
  class Builds {
    @Test
    void the_module_and_what_it_needs() throws IOException {
      assertThat(run()).isZero();

      assertThat(bench.err())
          .isEqualTo(
              """
              brrt: building examples/app and what it needs
                Library [1/2]
                App [2/2]
              brrt: built in N s
              brrt: starting examples/app
              """);
      assertThat(bench.mavenCalls())
          .containsExactly(
              bench.root
                  + " -B -Dstyle.color=never -Dquick -Dmaven.test.skip=true -pl examples/app -am package"
                  + " dependency:build-classpath -Dmdep.outputFile=target/brrt/dependencies"
                  + " -DincludeScope=runtime");
    }

    @Test
    void once() throws IOException {
      run();
      bench.err();

      assertThat(run()).isZero();
      assertThat(bench.err()).isEqualTo("brrt: starting examples/app\n");
      assertThat(bench.mavenCalls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "pom.xml",
          "library/pom.xml",
          "library/src/main/java/Library.java",
          "library/openapi.yaml",
          "examples/app/pom.xml",
          "examples/app/src/main/java"
        })
    void again_when_a_source_is_newer(String source) throws IOException {
      run();
      RunBench.age(bench.root.resolve(source), 1);
      run();

      assertThat(bench.mavenCalls()).hasSize(2);
    }

    @Test
    void again_when_a_jar_is_gone() throws IOException {
      run();
      Files.delete(bench.root.resolve("library/target/library-1.0.jar"));
      run();

      assertThat(bench.mavenCalls()).hasSize(2);
    }

    @Test
    void not_for_a_test() throws IOException {
      run();
      RunBench.age(bench.app.resolve("src/test/java/AppTest.java"), 1);
      run();

      assertThat(bench.mavenCalls()).hasSize(1);
    }

    @Test
    void and_says_why_it_could_not() throws IOException {
      bench.writeMaven(
          """
          [INFO] Building Library 1.0                  [1/2]
          [ERROR] /Library.java:[1,1] ';' expected -> [Help 1]
          [ERROR] /Library.java:[1,1] ';' expected
          [ERROR]\s
          [ERROR] Re-run Maven using the -X switch to enable full debug logging.
          [ERROR] [Help 1] http://cwiki.apache.org
          """,
          1);

      assertThat(run()).isEqualTo(1);
      assertThat(bench.err())
          .isEqualTo(
              """
              brrt: building examples/app and what it needs
                Library [1/2]
                /Library.java:[1,1] ';' expected
              brrt: the build failed; Maven's whole output is in %s
              """
                  .formatted(bench.app.resolve("target/brrt/build.log")));
    }

    @Test
    void and_leaves_the_lines_of_an_error_together() throws IOException {
      bench.writeMaven(
          """
          [ERROR] COMPILATION ERROR :\s
          [INFO] ----
          [ERROR] /A.java:[7,27] cannot find symbol
            symbol:   class Photo
            location: package shop
          [ERROR] /B.java:[8,3] cannot find symbol
            symbol:   class Photo
            location: package shop
          [INFO] 2 errors
          [ERROR] Failed to execute goal compile on project shop: Compilation failure:\s
          [ERROR] /A.java:[7,27] cannot find symbol
          [ERROR]   symbol:   class Photo
          [ERROR]   location: package shop
          [ERROR] /B.java:[8,3] cannot find symbol
          [ERROR]   symbol:   class Photo
          [ERROR]   location: package shop
          [ERROR] -> [Help 1]
          [ERROR]\s
          [ERROR] After correcting the problems, you can resume the build with the command
          [ERROR]   mvn <args> -rf :shop
          """,
          1);

      assertThat(run()).isEqualTo(1);
      assertThat(bench.err().replaceAll(" +\n", "\n"))
          .isEqualTo(
              """
              brrt: building examples/app and what it needs
                COMPILATION ERROR :
                /A.java:[7,27] cannot find symbol
                  symbol:   class Photo
                  location: package shop
                /B.java:[8,3] cannot find symbol
                  symbol:   class Photo
                  location: package shop
                Failed to execute goal compile on project shop: Compilation failure:
              brrt: the build failed; Maven's whole output is in %s
              """
                  .formatted(bench.app.resolve("target/brrt/build.log")));
    }

    @Test
    void but_not_without_Maven() throws IOException {
      Files.delete(bench.home.resolve("bin/mvn"));

      assertThat(run()).isEqualTo(1);
      assertThat(bench.err())
          .endsWith(
              "brrt: the project has to be built first and there is no mvn on the PATH; install Apache Maven 3.8 or"
                  + " newer (\"brew install maven\" or \"apt install maven\")\n");
    }

    private int run() {
      return bench.execute("run", bench.app.toString(), "--host", "exit-0");
    }
  }

  @Nested
  class A_build_of_its_own {
    private Path shop;

    @BeforeEach
    void prepare() throws IOException {
      shop = bench.writeAlone();
    }

    @Test
    void is_built_once_where_it_stands() throws IOException {
      assertThat(run()).isZero();
      assertThat(bench.err())
          .isEqualTo("brrt: building shop\nbrrt: built in N s\nbrrt: starting shop\n");
      assertThat(run()).isZero();

      assertThat(bench.mavenCalls())
          .containsExactly(
              shop
                  + " -B -Dstyle.color=never -Dquick -Dmaven.test.skip=true package"
                  + " dependency:build-classpath -Dmdep.outputFile=target/brrt/dependencies"
                  + " -DincludeScope=runtime");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"openapi.yaml", "shared/pet.json", "pom.xml", "src/main/java/Shop.java"})
    void is_built_again_when_a_source_or_document_is_newer(String source) throws IOException {
      run();
      RunBench.age(shop.resolve(source), 1);
      run();

      assertThat(bench.mavenCalls()).hasSize(2);
    }

    @Test
    void is_built_again_where_it_was_copied_to() throws Exception {
      run();
      Path copy = shop.resolveSibling("copy");
      assertThat(new ProcessBuilder("cp", "-a", shop.toString(), copy.toString()).start().waitFor())
          .isZero();

      assertThat(bench.execute("run", copy.toString(), "--host", "exit-0")).isZero();

      assertThat(bench.mavenCalls()).hasSize(2);
      assertThat(bench.mavenCalls().getLast()).startsWith(copy + " ");
      assertThat(Files.readAllLines(copy.resolve("target/brrt/classpath")))
          .containsExactly(copy.resolve("target/shop.jar").toString());
    }

    @Test
    void is_built_again_when_an_older_document_is_put_back_or_a_source_is_gone()
        throws IOException {
      run();
      RunBench.age(shop.resolve("openapi.yaml"), -7200);
      run();
      assertThat(bench.mavenCalls()).hasSize(2);

      Files.delete(shop.resolve("src/main/java/Shop.java"));
      run();
      assertThat(bench.mavenCalls()).hasSize(3);
      run();
      assertThat(bench.mavenCalls()).hasSize(3);
    }

    @Test
    void is_built_again_when_a_document_elsewhere_that_its_pom_names_is_newer() throws IOException {
      LauncherBench.write(
          shop.resolve("pom.xml"),
          """
          <project><build><plugins><plugin>
            <artifactId>brrtrouter-maven-plugin</artifactId>
            <configuration>
              <shared><shared><document>../models/openapi.yaml</document><package>m</package></shared></shared>
              <allowDirectories><directory>../more</directory></allowDirectories>
            </configuration>
          </plugin></plugins></build></project>
          """);
      RunBench.age(shop.resolve("pom.xml"), -3600);
      for (String file : List.of("models/pet.yaml", "more/a/b.json")) {
        LauncherBench.write(shop.resolveSibling(file), "");
        RunBench.age(shop.resolveSibling(file), -3600);
      }
      run();
      run();
      assertThat(bench.mavenCalls()).hasSize(1);

      RunBench.age(shop.resolveSibling("models/pet.yaml"), 1);
      run();
      assertThat(bench.mavenCalls()).hasSize(2);
      RunBench.age(shop.resolveSibling("models/pet.yaml"), -1);
      RunBench.age(shop.resolveSibling("more/a/b.json"), 1);
      run();
      assertThat(bench.mavenCalls()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.yaml", "data/table.db", ".idea/x.json"})
    void is_not_built_again_for_anything_else(String other) throws IOException {
      run();
      RunBench.age(shop.resolve(other), 1);
      run();

      assertThat(bench.mavenCalls()).hasSize(1);
    }

    private int run() {
      return bench.execute("run", shop.toString(), "--host", "exit-0");
    }
  }

  @Nested
  class Forks {
    @Test
    void with_options_as_environment_and_gives_the_exit_code() throws IOException {
      Path config = Files.writeString(bench.home.resolve("my.yaml"), "");

      int status =
          bench.execute(
              "run",
              bench.app.toString(),
              "--host=exit-42",
              "--port=0",
              "--verbose",
              "--config=" + config.getParent().resolve("./my.yaml"));

      assertThat(status).isEqualTo(42);
      assertThat(bench.appSaid())
          .containsExactly(
              "arguments []",
              "port 0",
              "host exit-42",
              "config " + bench.home + "/my.yaml",
              "verbose true",
              "typed in " + Path.of("").toAbsolutePath(),
              "command "
                  + List.of(
                      "-XX:MaxRAMPercentage=50",
                      "-XX:+UseG1GC",
                      "-XX:+UseCompactObjectHeaders",
                      "-XX:+ExitOnOutOfMemoryError",
                      "--enable-native-access=ALL-UNNAMED",
                      "--sun-misc-unsafe-memory-access=allow",
                      "-cp",
                      bench.app
                          + "/target/app-1.0.jar:"
                          + bench.root
                          + "/library/target/library-1.0.jar",
                      "io.brrtrouter.cli.RunnableApp"));
    }

    @Test
    void and_not_at_all_once_it_was_told_to_stop() throws Exception {
      ForkedJvm jvm =
          new ForkedJvm(
              bench.home,
              new ProjectBuild.Runnable("io.brrtrouter.cli.RunnableApp", List.of()),
              Map.of());

      assertThat(jvm.stop()).isEqualTo(143);
      assertThat(jvm.run()).isEqualTo(143);
      assertThat(bench.home.resolve("app.txt")).doesNotExist();
    }

    @Test
    void and_passes_signals_on() throws Exception {
      Process brrt = start();
      try (BufferedReader output = brrt.inputReader(UTF_8)) {
        assertThat(output.lines().filter("ready"::equals).findFirst()).contains("ready");
        brrt.destroy();
        assertThat(brrt.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(brrt.exitValue()).isEqualTo(5);
        assertThat(bench.appSaid()).containsExactly("stopped");
      } finally {
        brrt.descendants().forEach(ProcessHandle::destroyForcibly);
        brrt.destroyForcibly();
      }
    }

    private Process start() throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Dbrrt.stack=262144",
              "-cp",
              System.getProperty("java.class.path"),
              "io.brrtrouter.cli.Main",
              "run",
              bench.app.toString());
      builder
          .environment()
          .merge(
              "PATH",
              bench.home.resolve("bin").toString(),
              (path, bin) -> bin + File.pathSeparator + path);
      builder.environment().remove("BRRTR_HOST");
      return builder.redirectError(bench.home.resolve("err.txt").toFile()).start();
    }
  }

  @Nested
  class Refuses {
    @Test
    void a_directory_that_is_not_there() {
      refuses("no/such", "there is no directory no/such");
    }

    @Test
    void a_file() {
      Path file = bench.app.resolve("pom.xml");
      refuses(file.toString(), file + " is a file; name the directory of a project");
    }

    @Test
    void a_directory_without_pom() {
      Path directory = bench.app.resolve("src");
      refuses(
          directory.toString(),
          directory + " has no pom.xml; name the directory of a Maven project");
    }

    @Test
    void a_pom_that_is_no_XML() throws IOException {
      bench.write("examples/app/pom.xml", "<project>");
      refuses(
          bench.app.toString(),
          bench.app.resolve("pom.xml")
              + " is not well-formed XML: XML document structures must start and end within the same entity.");
    }

    @Test
    void a_pom_that_only_holds_modules() throws IOException {
      bench.write("examples/app/pom.xml", "<project><packaging> pom </packaging></project>");
      refuses(
          bench.app.toString(),
          bench.app
              + " only holds other modules (packaging pom); name the directory of one of them");
    }

    @Test
    void a_configuration_that_is_not_there() {
      assertThat(bench.execute("run", bench.app.toString(), "--config", "no/such.yaml"))
          .isEqualTo(1);
      assertThat(bench.err()).isEqualTo("brrt: there is no file no/such.yaml\n");
    }

    @Test
    void a_module_without_main_class() throws IOException {
      bench.writeJar("app.jar", null);

      assertThat(bench.execute("run", bench.app.toString())).isEqualTo(1);
      assertThat(bench.err())
          .endsWith(
              "brrt: no jar in "
                  + bench.app.resolve("target")
                  + " names a Main-Class; configure one in the maven-jar-plugin (archive, manifest, mainClass)\n");
    }

    private void refuses(String directory, String reason) {
      assertThat(bench.execute("run", directory)).isEqualTo(1);
      assertThat(bench.err()).isEqualTo("brrt: " + reason + "\n");
    }
  }
}
