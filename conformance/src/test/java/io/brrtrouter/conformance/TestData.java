package io.brrtrouter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files below the directory of system property {@code brrt.data}. */
public final class TestData {
  private TestData() {}

  /**
   * Finds a file or directory; skips the test without it, fails it if BRRT_DATA promises it.
   *
   * @param name the path below the directory
   * @return the path
   */
  public static Path require(String name) {
    return require(
        Path.of(System.getProperty("brrt.data", "")), name, System.getenv("BRRT_DATA") != null);
  }

  static Path require(Path directory, String name, boolean promised) {
    Path path = directory.resolve(name);
    if (promised) {
      assertThat(path).as("BRRT_DATA is set, so the data must be there").exists();
    }
    assumeTrue(Files.exists(path), () -> "test data is missing: " + path);
    return path;
  }

  /**
   * Lists all documents in a directory and below.
   *
   * @param directory the path below the directory of test data
   * @return JSON and YAML files, sorted
   */
  public static List<Path> list(String directory) {
    try (Stream<Path> files = Files.walk(require(directory))) {
      return files.filter(file -> isDocument(file.toString())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDocument(String name) {
    return name.endsWith(".json") || name.endsWith(".yaml");
  }
}
