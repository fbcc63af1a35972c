package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.cli.LauncherBench.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
  private static final String NO_JDK =
      "brrt: no JDK 25 or newer found; install one (Eclipse Temurin from https://adoptium.net, \"brew install openjdk\""
          + " or your distribution's openjdk-25-jdk), or set BRRT_JAVA_HOME to the directory of yours\n";

  private LauncherBench bench;

  @BeforeEach
  void prepare(@TempDir Path directory) throws IOException {
    bench = LauncherBench.in(directory);
  }

  @Nested
  class Finds_a_JDK {
    @Test
    void from_BRRT_JAVA_HOME_before_any_other() throws Exception {
      bench.environment.put("BRRT_JAVA_HOME", bench.writeJdk("mine", "26.0.1").toString());
      bench.environment.put("JAVA_HOME", bench.writeJdk("java home", "25.0.3").toString());
      bench.writeJdk("jdks/usual", "25.0.3");

      assertThat(java()).isEqualTo(bench.home + "/mine/bin/java");
    }

    @Test
    void from_JAVA_HOME_before_the_PATH() throws Exception {
      bench.environment.put("JAVA_HOME", bench.writeJdk("java home", "25").toString());
      putOnPath(bench.writeJdk("on path", "25.0.3"));

      assertThat(java()).isEqualTo(bench.home + "/java home/bin/java");
    }

    @Test
    void from_the_PATH_through_links_when_JAVA_HOME_is_too_old() throws Exception {
      bench.environment.put("JAVA_HOME", bench.writeJdk("old", "17.0.15").toString());
      putOnPath(bench.writeJdk("on path", "25.0.3"));
      bench.writeJdk("jdks/usual", "25.0.3");

      assertThat(java()).isEqualTo(bench.home + "/on path/bin/java");
    }

    @Test
    void in_the_usual_places_the_oldest_that_will_do() throws Exception {
      bench.writeJdk("jdks/a", "27-ea");
      bench.writeJdk("jdks/b", "25.0.3");
      bench.writeJdk("jdks/c", "26");
      bench.writeJdk("jdks/d", "24.0.2");
      bench.writeJdk("jdks/e", "1.8.0_402");

      assertThat(java()).isEqualTo(bench.home + "/jdks/b/bin/java");
    }

    @Test
    void in_a_macOS_bundle() throws Exception {
      bench.writeJdk("jdks/temurin-25.jdk/Contents/Home", "25.0.3");

      assertThat(java()).isEqualTo(bench.home + "/jdks/temurin-25.jdk/Contents/Home/bin/java");
    }

    @Test
    void that_has_no_release_file() throws Exception {
      Files.delete(bench.writeJdk("jdks/plain", "25.0.3").resolve("release"));

      assertThat(java()).isEqualTo(bench.home + "/jdks/plain/bin/java");
    }

    @Test
    void but_not_one_without_a_compiler() throws Exception {
      Files.delete(bench.writeJdk("jdks/jre", "25.0.3").resolve("bin/javac"));

      assertThat(bench.run("--version")).isEqualTo(new Outcome(1, "", NO_JDK));
    }

    @Test
    void or_says_what_to_install() throws Exception {
      bench.writeJdk("jdks/old", "17.0.15");

      assertThat(bench.run("--version")).isEqualTo(new Outcome(1, "", NO_JDK));
    }

    @Test
    void and_refuses_a_BRRT_JAVA_HOME_that_is_too_old_rather_than_guess() throws Exception {
      bench.environment.put("BRRT_JAVA_HOME", bench.writeJdk("old", "17.0.15").toString());
      bench.writeJdk("jdks/usual", "25.0.3");

      assertThat(bench.run("--version"))
          .isEqualTo(
              new Outcome(
                  1,
                  "",
                  "brrt: BRRT_JAVA_HOME is "
                      + bench.home
                      + "/old, which is not a JDK 25 or newer but 17\n"));
    }

    private String java() throws Exception {
      Outcome outcome = bench.run("--version");
      assertThat(outcome.status()).as(outcome.err()).isZero();
      return outcome.javaArguments().getFirst();
    }

    private void putOnPath(Path jdk) throws IOException {
      Path alternative = bench.home.resolve("alternatives/java");
      Files.createDirectories(alternative.getParent());
      Files.createSymbolicLink(alternative, jdk.resolve("bin/java"));
      Files.createSymbolicLink(bench.bin.resolve("java"), Path.of("../alternatives/java"));
    }
  }

  @Nested
  class Builds {
    @BeforeEach
    void installJdk() throws IOException {
      bench.writeJdk("jdks/25", "25.0.3");
    }

    @Test
    void once_and_says_what_it_does_on_standard_error() throws Exception {
      Outcome first = bench.run("--version");
      Outcome second = bench.run("--version");

      assertThat(first.err().replaceAll("in \\d+ s", "in N s"))
          .isEqualTo(
              """
              brrt: building the command line; the first time Maven also downloads what it needs
                BRRTRouter Schema [1/2]
                BRRTRouter CLI [2/2]
                preparing a quick start
              brrt: built in N s
              """);
      assertThat(second).isEqualTo(new Outcome(0, first.out(), ""));
      assertThat(bench.mavenCalls())
          .containsExactly(
              bench.checkout
                  + " "
                  + bench.home
                  + "/jdks/25 -B -Dstyle.color=never -Dquick -Dmaven.test.skip=true -pl cli,testing,processor,maven-plugin,bom -am package"
                  + " dependency:build-classpath -Dmdep.outputFile=target/brrt/dependencies"
                  + " -DincludeScope=runtime");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "pom.xml",
          "bom/pom.xml",
          "cli/pom.xml",
          "schema/pom.xml",
          "schema/src/main/java/Schema.java",
          "testing/src/main/java/Testing.java",
          "processor/src/main/java/Processor.java"
        })
    void again_when_a_source_is_newer(String source) throws Exception {
      bench.run("--version");
      LauncherBench.age(bench.checkout.resolve(source), 1);
      bench.run("--version");

      assertThat(bench.mavenCalls()).hasSize(2);
    }

    @Test
    void again_when_a_source_was_deleted() throws Exception {
      bench.run("--version");
      Files.delete(bench.checkout.resolve("schema/src/main/java/Schema.java"));
      bench.run("--version");

      assertThat(bench.mavenCalls()).hasSize(2);
    }

    @Test
    void again_when_a_jar_of_the_class_path_is_gone() throws Exception {
      bench.run("--version");
      Files.delete(bench.home.resolve("some library.jar"));
      bench.run("--version");

      assertThat(bench.mavenCalls()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "schema/src/test/java/SchemaTest.java",
          "benchmarks/src/main/java/Benchmark.java"
        })
    void not_for_what_the_command_does_not_need(String source) throws Exception {
      bench.run("--version");
      LauncherBench.age(bench.checkout.resolve(source), 1);
      bench.run("--version");

      assertThat(bench.mavenCalls()).hasSize(1);
    }

    @Test
    void and_counts_downloads_while_they_last() throws Exception {
      bench.writeMaven("Downloaded from central: https://repo.example/a.jar\n".repeat(250), 0);

      assertThat(bench.run("--version").err())
          .contains(
              "  100 files downloaded\n  200 files downloaded\n  preparing a quick start\nbrrt: built in ");
    }

    @Test
    void and_shows_the_lines_that_matter_when_it_fails() throws Exception {
      bench.writeMaven(
          """
          [INFO] Building BRRTRouter Schema 0.1.0-SNAPSHOT                  [1/2]
          [ERROR] COMPILATION ERROR :\s
          [ERROR] /src/Schema.java:[3,5] ';' expected
          [INFO] 1 error
          [ERROR] Failed to execute goal compile on project brrtrouter-schema: Compilation failure
          [ERROR] /src/Schema.java:[3,5] ';' expected
          [ERROR]\s
          [ERROR] -> [Help 1]
          [ERROR]\s
          [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
          [ERROR] Re-run Maven using the -X switch to enable full debug logging.
          [ERROR] For more information about the errors and possible solutions, please read:
          [ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/MojoFailureException
          [ERROR] After correcting the problems, you can resume the build with the command
          [ERROR]   mvn <args> -rf :brrtrouter-schema
          """,
          1);

      Outcome failed = bench.run("--version");

      assertThat(failed)
          .isEqualTo(
              new Outcome(
                  1,
                  "",
                  """
                  brrt: building the command line; the first time Maven also downloads what it needs
                    BRRTRouter Schema [1/2]
                    COMPILATION ERROR :\s
                    /src/Schema.java:[3,5] ';' expected
                    Failed to execute goal compile on project brrtrouter-schema: Compilation failure
                  brrt: the build failed; Maven's whole output is in %s/cli/target/brrt/build.log
                  """
                      .formatted(bench.checkout)));
      assertThat(bench.run("--version").status()).as("tries again").isEqualTo(1);
      assertThat(bench.mavenCalls()).hasSize(2);
    }

    @Test
    void unless_there_is_no_Maven() throws Exception {
      Files.delete(bench.bin.resolve("mvn"));

      assertThat(bench.run("--version"))
          .isEqualTo(
              new Outcome(
                  1,
                  "",
                  "brrt: the command line has to be built first and there is no mvn on the PATH; install Apache"
                      + " Maven 3.8 or newer (\"brew install maven\" or \"apt install maven\")\n"));
    }

    @Test
    void although_a_build_was_killed_before_it_signed_its_lock() throws Exception {
      Files.createDirectories(bench.checkout.resolve("cli/target/brrt/lock"));

      assertThat(bench.run("--version").status()).isZero();
      assertThat(bench.mavenCalls()).hasSize(1);
      assertThat(bench.checkout.resolve("cli/target/brrt/lock")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cli/target", "cli/target/brrt/lock"})
    void unless_it_cannot_write_there(String obstacle) throws Exception {
      LauncherBench.write(bench.checkout.resolve(obstacle), "");

      Outcome outcome = bench.run("--version");
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.err())
          .startsWith("brrt: cannot build in " + bench.checkout + ": ")
          .contains("mkdir: ");
      assertThat(outcome.err().lines()).hasSize(1);
    }

    @Test
    void although_a_build_before_it_was_killed() throws Exception {
      LauncherBench.write(bench.checkout.resolve("cli/target/brrt/lock/pid"), "99999999\n");

      assertThat(bench.run("--version").status()).isZero();
      assertThat(bench.checkout.resolve("cli/target/brrt/lock")).doesNotExist();
    }
  }

  @Nested
  class Becomes_java {
    @BeforeEach
    void installJdk() throws IOException {
      bench.writeJdk("jdks/25", "25.0.3");
    }

    @Test
    void with_every_argument_as_it_was_and_java_s_exit_code() throws Exception {
      bench.environment.put("JAVA_STATUS", "7");

      Outcome outcome = bench.run("lint", "a b.yaml", "", "*", "--format=text");

      assertThat(outcome.status()).isEqualTo(7);
      assertThat(outcome.javaArguments())
          .containsExactly(
              bench.home + "/jdks/25/bin/java",
              "locale C.UTF-8",
              "[@" + flags("command") + "]",
              "[-cp]",
              "["
                  + bench.checkout
                  + "/cli/target/brrtrouter-cli-0.1.0-SNAPSHOT.jar:"
                  + bench.checkout
                  + "/schema/target/schema.jar:"
                  + bench.home
                  + "/some library.jar]",
              "[io.brrtrouter.cli.Main]",
              "[lint]",
              "[a b.yaml]",
              "[]",
              "[*]",
              "[--format=text]");
    }

    @Test
    void with_the_options_of_a_server_for_serve() throws Exception {
      assertThat(bench.run("serve", "lint").out()).contains("[@" + flags("server") + "]\n");
      assertThat(bench.run("lint", "serve").out()).contains("[@" + flags("command") + "]\n");
    }

    @Test
    void through_links_and_from_any_directory() throws Exception {
      Path elsewhere = Files.createDirectories(bench.home.resolve("else where"));
      Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("..", "a checkout", "brrt"));
      Files.createSymbolicLink(elsewhere.resolve("b"), elsewhere.resolve("link"));

      for (List<String> command :
          List.of(
              List.of("./b", "--version"),
              List.of("../a checkout/brrt", "--version"),
              List.of("bash", "link", "--version"),
              List.of("sh", elsewhere + "/b", "--version"))) {
        Outcome outcome = bench.run(elsewhere, command);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("[@" + flags("command") + "]\n");
      }
      assertThat(bench.mavenCalls()).hasSize(1);
    }

    @Test
    void with_the_classes_recorded_after_the_build() throws Exception {
      bench.environment.put("JAVA_RECORDS", "yes");

      assertThat(bench.run("--version").out())
          .contains(
              "[-XX:AOTCache=" + bench.checkout + "/cli/target/brrt/brrt.aot]\n[-Xlog:aot=off]\n");
    }

    @Test
    void without_them_when_recording_failed() throws Exception {
      assertThat(bench.run("--version").out()).doesNotContain("AOTCache");
    }

    @Test
    void in_the_locale_it_was_started_in_if_there_is_one() throws Exception {
      bench.environment.put("LC_ALL", "de_DE.UTF-8");

      assertThat(bench.run("--version").out()).contains("\nlocale de_DE.UTF-8\n");
    }

    @Test
    void with_options_that_JDK_25_knows() throws Exception {
      for (String flags : List.of("command", "server")) {
        Path file =
            Path.of(System.getProperty("brrt.root"))
                .resolve("cli/src/main/resources/io/brrtrouter/cli/" + flags + ".flags");
        Outcome outcome =
            bench.run(
                bench.home,
                List.of(System.getProperty("java.home") + "/bin/java", "@" + file, "--version"));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
      }
    }

    private String flags(String name) {
      return bench.checkout + "/cli/src/main/resources/io/brrtrouter/cli/" + name + ".flags";
    }
  }

  @Nested
  class BRRTR_STACK_SIZE {
    @BeforeEach
    void installJdk() throws IOException {
      bench.writeJdk("jdks/25", "25.0.3");
      LauncherBench.write(bench.checkout.resolve("unused"), "");
    }

    @Test
    void unset_changes_nothing() throws Exception {
      assertThat(bench.run("--version").out()).doesNotContain("-Xss");
    }

    @ParameterizedTest
    @CsvSource({
      "262144, 262144",
      "0x40000, 262144",
      "0X8aBcD, 568269",
      "000262144, 262144",
      "0x0000000040000, 262144",
      "139264, 139264",
      "1073741824, 1073741824",
      "0x40000000, 1073741824"
    })
    void becomes_the_maximum_stack_of_a_thread(String written, String bytes) throws Exception {
      bench.run("--version");
      bench.environment.put("BRRTR_STACK_SIZE", written);

      Outcome outcome = bench.run("--version");

      assertThat(outcome.status()).isZero();
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.out()).contains("[-Xss" + bytes + "]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0x0", "1", "16384", "0x4000", "139263"})
    void below_the_JVM_s_minimum_is_raised_with_one_warning(String written) throws Exception {
      bench.run("--version");
      bench.environment.put("BRRTR_STACK_SIZE", written);

      Outcome outcome = bench.run("--version");

      assertThat(outcome.status()).isZero();
      assertThat(outcome.err())
          .isEqualTo(
              "brrt: BRRTR_STACK_SIZE is "
                  + written
                  + ", below this JVM's minimum; using 139264 bytes\n");
      assertThat(outcome.out()).contains("[-Xss139264]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "-1", "1.5", "64k", "0x", "0xg", "1e6", "08 "})
    void that_is_no_number_is_refused(String written) throws Exception {
      bench.environment.put("BRRTR_STACK_SIZE", written);

      assertThat(bench.run("--version"))
          .isEqualTo(
              new Outcome(
                  2,
                  "",
                  "brrt: BRRTR_STACK_SIZE is \""
                      + written
                      + "\", which is not a number of bytes; write a decimal or 0x hexadecimal number, for example"
                      + " 262144 or 0x40000\n"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"1073741825", "0x40000001", "99999999999999999999", "0xffffffffffffffffff"})
    void above_the_JVM_s_maximum_is_refused(String written) throws Exception {
      bench.environment.put("BRRTR_STACK_SIZE", written);

      assertThat(bench.run("--version"))
          .isEqualTo(
              new Outcome(
                  2,
                  "",
                  "brrt: BRRTR_STACK_SIZE is "
                      + written
                      + ", more than the JVM's maximum of 1073741824 bytes (1 GiB)\n"));
    }
  }
}
