package io.brrtrouter.conformance.deploy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The files of {@code deploy}, and the programs that read them. */
final class Deploy {
  static final Path ROOT = Path.of(System.getProperty("brrt.root")).toAbsolutePath().normalize();
  static final Path DIRECTORY = ROOT.resolve("deploy");

  private Deploy() {}

  static String read(String path) {
    try {
      return Files.readString(DIRECTORY.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return files below a directory whose names end in one of these} */
  static List<Path> files(String directory, String... ends) {
    try (Stream<Path> all = Files.walk(DIRECTORY.resolve(directory))) {
      return all.filter(Files::isRegularFile)
          .filter(each -> Arrays.stream(ends).anyMatch(end -> each.toString().endsWith(end)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a program is; a test that needs it is skipped when it is nowhere. */
  static Path program(String name) {
    Optional<Path> found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .filter(directory -> !directory.isEmpty())
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(found.isPresent(), name + " is not on the PATH");
    return found.orElseThrow();
  }

  /**
   * What a program said.
   *
   * @param status how it ended
   * @param output what it wrote, errors too
   */
  record Outcome(int status, String output) {}

  /** Runs a program to its end. */
  static Outcome run(Path directory, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program(program).toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
