package io.brrtrouter.conformance.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.openapi.source.DocumentReader;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files below the directory of system property {@code brrt.data}. */
final class TestData {
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

  /** Lists all documents in a directory and below. */
  static List<Path> list(String directory) {
    try (Stream<Path> files = Files.walk(require(directory))) {
      return files.filter(p -> p.toString().matches(".*\\.(json|yaml)")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads YAML or JSON. */
  static LocatedDocument document(Path file) {
    return switch (DocumentReader.read(file, DocumentLimits.DEFAULT)) {
      case ReadResult.Sound sound -> sound.document();
      case ReadResult.Broken broken -> throw new AssertionError(broken.findings());
    };
  }
}
