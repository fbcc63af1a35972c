package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The TypeScript compiler and Node, where {@code .ci/run} has installed them. */
final class Node {
  private static final Path COMPILER =
      Path.of("src/test/typescript/node_modules/typescript/bin/tsc");

  private Node() {}

  /** Skips the test where there is no Node or no compiler. */
  static void assume() {
    assumeTrue(
        Files.exists(COMPILER),
        "no TypeScript compiler: run npm ci --ignore-scripts in codegen/src/test/typescript");
    boolean found = false;
    try {
      found = run(Path.of("."), List.of("node", "--version")).startsWith("v");
    } catch (IOException missing) {
      // Nobody has to have it.
    }
    assumeTrue(found, "no node on the PATH");
  }

  /** Writes files into a directory. */
  static List<String> write(Path directory, List<SourceFile> files) throws IOException {
    List<String> paths = new ArrayList<>();
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("package.json"), "{\"type\": \"module\"}");
    for (SourceFile file : files) {
      Path place = Files.writeString(directory.resolve(file.path()), file.text());
      paths.add(place.toAbsolutePath().toString());
    }
    return paths;
  }

  /** {@return what the compiler says about files, as strict as can be; empty when it is content} */
  static String compile(List<String> files, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                COMPILER.toAbsolutePath().toString(),
                "--strict",
                "--noUncheckedIndexedAccess",
                "--exactOptionalPropertyTypes",
                "--noImplicitReturns",
                "--isolatedModules",
                "--target",
                "es2022",
                "--module",
                "nodenext",
                "--lib",
                "es2022,dom,dom.iterable"));
    command.addAll(List.of(more));
    command.addAll(files);
    return run(Path.of("."), command);
  }

  /** {@return what a command prints} */
  static String run(Path directory, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    return output;
  }
}
