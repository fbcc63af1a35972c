package io.brrtrouter.conformance.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A document of 1,000 operations takes the thread that loads and compiles it less than a second of
 * CPU time in a JVM that has done nothing before, started as the launcher starts it: the flags of a
 * server, and a cache that training filled. Compilers take the other processor meanwhile; on two
 * processors that are free the clock shows little more, on others it shows the neighbours. The
 * clock is printed, and not bounded.
 */
@Isolated("the other tests would take the processors")
class FreshStartTest {
  private static final int RESOURCES = 500;
  private static final int PROCESSES = 5;

  @TempDir Path directory;

  /** What one process needed. */
  private record Start(Duration clock, Duration thread) {}

  @Test
  void a_thousand_operations_take_their_thread_less_than_a_second() throws Exception {
    Path document = Files.writeString(directory.resolve("large.yaml"), document());
    String classPath = jars();
    Path cache = directory.resolve("start.aot");
    java(
        List.of("-XX:AOTCacheOutput=" + cache, "-cp", classPath, "io.brrtrouter.cli.Main", "train"),
        directory.resolve("train.txt"));
    assertThat(cache).exists();

    double load = load();
    Start compiling = best(FreshStart.Work.COMPILE, cache, classPath, document);
    Start serving = best(FreshStart.Work.SERVE, cache, classPath, document);
    System.out.printf(
        "1,000 operations: loaded and compiled in %d ms (thread %d ms); with lint and all else of a"
            + " start %d ms (thread %d ms); load %.1f%n",
        compiling.clock().toMillis(),
        compiling.thread().toMillis(),
        serving.clock().toMillis(),
        serving.thread().toMillis(),
        load);

    assertThat(compiling.thread()).isLessThan(Duration.ofSeconds(1));
    assertThat(serving.thread()).isLessThan(Duration.ofSeconds(2));
  }

  private Start best(FreshStart.Work work, Path cache, String classPath, Path document)
      throws Exception {
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      starts.add(start(work, cache, classPath, document));
    }
    return starts.stream().min(Comparator.comparing(Start::thread)).orElseThrow();
  }

  /** {@return how many threads want to run on this machine} */
  private static double load() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system.getSystemLoadAverage();
  }

  private Start start(FreshStart.Work work, Path cache, String classPath, Path document)
      throws Exception {
    String last = "/resources%d/00000000-0000-4000-8000-000000000000".formatted(RESOURCES - 1);
    List<String> said =
        java(
            List.of(
                "-XX:AOTCache=" + cache,
                "-Xlog:aot=off",
                "-Xlog:cds=off",
                "-cp",
                classPath,
                FreshStart.class.getName(),
                work.name(),
                document.toString(),
                last),
            directory.resolve("start.txt"));
    assertThat(said).as("two times and what came of it").hasSize(3);
    assertThat(said.get(2))
        .isEqualTo(
            switch (work) {
              case COMPILE -> String.valueOf(2 * RESOURCES);
              case SERVE -> "200";
            });
    return new Start(millis(said.get(0)), millis(said.get(1)));
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Long.parseLong(text));
  }

  /** Runs java with the flags of a server, and gives what it printed. */
  private List<String> java(List<String> arguments, Path output) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + root().resolve("cli/src/main/resources/io/brrtrouter/cli/server.flags")));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended").isTrue();
    List<String> said = Files.readAllLines(output);
    assertThat(process.exitValue())
        .as(String.join("\n", said) + "\n" + Files.readString(errors()))
        .isZero();
    return said;
  }

  private Path errors() {
    return directory.resolve("errors.txt");
  }

  private static Path root() {
    return Path.of(System.getProperty("brrt.root"));
  }

  /** The class path of this test with jars for directories: a cache holds classes of jars only. */
  private String jars() throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry :
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            .split(":")) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        entries.add(jar(path, directory.resolve(entries.size() + ".jar")).toString());
      } else if (Files.exists(path)) {
        entries.add(entry);
      }
    }
    return String.join(":", entries);
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> walk = Files.walk(classes)) {
      for (Path each : walk.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  /** 500 paths with two operations each, and a schema for each path. */
  private static String document() {
    StringBuilder text =
        new StringBuilder("openapi: 3.1.1\ninfo: {title: Large, version: '1'}\npaths:\n");
    for (int i = 0; i < RESOURCES; i++) {
      text.append(
          """
            /resources%d/{id}:
              parameters:
                - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
              get:
                operationId: get%d
                parameters:
                  - name: expand
                    in: query
                    schema: {type: array, items: {type: string, enum: [a, b, c]}}
                responses:
                  "200":
                    description: ok
                    content:
                      application/json:
                        schema: {$ref: "#/components/schemas/Resource%d"}
              put:
                operationId: put%d
                requestBody:
                  required: true
                  content:
                    application/json:
                      schema: {$ref: "#/components/schemas/Resource%d"}
                responses:
                  "200":
                    description: ok
                    content:
                      application/json:
                        schema: {$ref: "#/components/schemas/Resource%d"}
          """
              .replace("%d", Integer.toString(i)));
    }
    text.append("components:\n  schemas:\n");
    for (int i = 0; i < RESOURCES; i++) {
      text.append(
          """
              Resource%d:
                type: object
                required: [id, name]
                properties:
                  id: {type: string, format: uuid, readOnly: true}
                  name: {type: string, minLength: 1, maxLength: 100}
                  count: {type: integer, minimum: 0}
                  tags: {type: array, items: {type: string}, maxItems: 10}
                  parent: {$ref: "#/components/schemas/Resource%d"}
          """
              .replace("%d", Integer.toString(i)));
    }
    return text.toString();
  }
}
