package io.brrtrouter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of the launcher in a checkout that holds next to nothing, with JDKs and a Maven that only
 * say what they were asked.
 */
final class LauncherBench {
  /** Programs the launcher may use. The directory of these is the whole PATH, so no java is. */
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "bash",
          "awk",
          "cat",
          "date",
          "find",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tee",
          "touch");

  /** What a run of the launcher gave. */
  record Outcome(int status, String out, String err) {
    /** {@return the arguments java was given, one per line} */
    List<String> javaArguments() {
      return out.lines().toList();
    }
  }

  final Path home;
  final Path checkout;
  final Path bin;
  final Map<String, String> environment = new LinkedHashMap<>();

  private LauncherBench(Path home) {
    this.home = home;
    this.checkout = home.resolve("a checkout");
    this.bin = home.resolve("bin");
  }

  static LauncherBench in(Path home) throws IOException {
    LauncherBench bench = new LauncherBench(home.toRealPath());
    bench.linkTools();
    bench.writeCheckout();
    bench.writeMaven(
        """
        [INFO] Scanning for projects...
        Downloaded from central: https://repo.example/a.jar (1 kB at 1 kB/s)
        [INFO] ----------------< io.brrtrouter:brrtrouter-schema >----------------
        [INFO] Building BRRTRouter Schema 0.1.0-SNAPSHOT                  [1/2]
        [INFO] ------------------------[ jar ]----------------------------------
        [INFO] Building jar: /somewhere/a.jar
        [INFO] Building BRRTRouter CLI 0.1.0-SNAPSHOT                     [2/2]
        """,
        0);
    bench.environment.put("PATH", bench.bin.toString());
    bench.environment.put("HOME", home.toString());
    bench.environment.put("BRRT_JDK_ROOTS", home.resolve("jdks").toString());
    return bench;
  }

  private void linkTools() throws IOException {
    Map<Path, String> programs = new LinkedHashMap<>();
    for (String tool : TOOLS) {
      for (String directory : System.getenv("PATH").split(":")) {
        Path program = Path.of(directory, tool);
        if (Files.isExecutable(program)) {
          programs.putIfAbsent(bin.resolve(tool), "exec '%s' \"$@\"\n".formatted(program));
        }
      }
    }
    Programs.write(programs);
  }

  private void writeCheckout() throws IOException {
    Programs.copy(Map.of(checkout.resolve("brrt"), root().resolve("brrt")));
    for (String file :
        List.of(
            "pom.xml",
            "bom/pom.xml",
            "testing/src/main/java/Testing.java",
            "processor/src/main/java/Processor.java",
            "cli/pom.xml",
            "cli/src/main/java/Main.java",
            "schema/pom.xml",
            "schema/src/main/java/Schema.java",
            "schema/src/test/java/SchemaTest.java",
            "benchmarks/src/main/java/Benchmark.java")) {
      write(checkout.resolve(file), "");
    }
    try (Stream<Path> files = Files.walk(checkout)) {
      for (Path file : files.toList()) {
        age(file, -3600);
      }
    }
  }

  /** {@return the root of the real checkout} */
  private static Path root() {
    return Path.of(System.getProperty("brrt.root"));
  }

  /**
   * Puts a Maven on the PATH that prints a log and, when it succeeds, leaves what a build would.
   */
  void writeMaven(String log, int status) throws IOException {
    write(home.resolve("maven.log"), log);
    Programs.write(
        Map.of(
            bin.resolve("mvn"),
            """
            echo "$PWD $JAVA_HOME $*" >>"%1$s/maven.calls"
            cat "%1$s/maven.log"
            [ %2$d = 0 ] || exit %2$d
            mkdir -p schema/target cli/target
            touch schema/target/schema.jar cli/target/brrtrouter-cli-0.1.0-SNAPSHOT.jar "%1$s/some library.jar"
            printf '%%s' "$PWD/schema/target/schema.jar:%1$s/some library.jar" >cli/target/brrt/dependencies
            """
                .formatted(home, status)));
  }

  /** {@return how the launcher called Maven so far} */
  List<String> mavenCalls() throws IOException {
    Path calls = home.resolve("maven.calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** Makes a directory look like a JDK whose java prints its own place and its arguments. */
  Path writeJdk(String name, String version) throws IOException {
    Path jdk = home.resolve(name);
    Programs.write(
        Map.of(
            jdk.resolve("bin/javac"),
            "",
            jdk.resolve("bin/java"),
            """
            case "$1 $2" in
              '-Xss1k -version') echo 'The Java thread stack size specified is too small. Specify at least 136k'; exit 1 ;;
              '-version '*) echo 'openjdk version "%s" 2026-04-21'; exit 0 ;;
            esac
            for argument in "$@"; do
              case $argument in
                -XX:AOTCacheOutput=*) [ -z "$JAVA_RECORDS" ] || : >"${argument#*=}" ;;
              esac
            done
            echo "$0"
            echo "locale ${LC_ALL:-none}"
            for argument in "$@"; do echo "[$argument]"; done
            exit "${JAVA_STATUS:-0}"
            """
                .formatted(version)));
    write(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"%s\"\nOS_ARCH=\"x86_64\"\n".formatted(version));
    return jdk;
  }

  /** Sets a file's time to some seconds from now. */
  static void age(Path file, long seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Runs the launcher of the checkout. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("brrt").toString()));
    command.addAll(List.of(arguments));
    return run(home, command);
  }

  /** Runs any command, for at most a minute. */
  Outcome run(Path directory, List<String> command) throws IOException, InterruptedException {
    Path out = home.resolve("out.txt");
    Path err = home.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + command);
    }
    return new Outcome(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
