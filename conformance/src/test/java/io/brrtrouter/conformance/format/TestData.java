package io.brrtrouter.conformance.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Files below the directory of system property {@code brrt.data}. */
final class TestData {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TestData() {}

  /** Finds a file or directory; skips the test without it, fails it if BRRT_DATA promises it. */
  static Path require(String name) {
    Path path = Path.of(System.getProperty("brrt.data", "")).resolve(name);
    if (System.getenv("BRRT_DATA") != null) {
      assertThat(path).exists();
    }
    assumeTrue(Files.exists(path), () -> "test data is missing: " + path);
    return path;
  }

  static List<Path> list(String directory, String suffix) {
    try (Stream<Path> files = Files.walk(require(directory))) {
      return files.filter(p -> p.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(Path file) {
    return MAPPER.readTree(file);
  }
}
