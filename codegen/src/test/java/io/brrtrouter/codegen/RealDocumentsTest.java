package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents written by others, and our own examples: generated, formatted and compiled. */
class RealDocumentsTest {
  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path folder :
        List.of(
            Documents.data().resolve("real"),
            Documents.data().resolve("oai-examples"),
            Documents.root().resolve("examples"))) {
      try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
        all.filter(RealDocumentsTest::isDocument).sorted().forEach(documents::add);
      }
    }
    assertThat(documents).hasSizeGreaterThan(12);
    return documents;
  }

  private static boolean isDocument(Path path) {
    if (!path.toString().matches(".*\\.(ya?ml|json)") || path.toString().contains("/target/")) {
      return false;
    }
    Path sameAsYaml = Path.of(path.toString().replaceFirst("json$", "yaml"));
    if (path.toString().endsWith("json") && Files.exists(sameAsYaml)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(path)) {
      return lines
          .limit(5)
          .anyMatch(
              line -> line.startsWith("openapi:") || line.stripLeading().startsWith("\"openapi\""));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void generated_code_is_formatted_and_compiles(Path document) {
    Generation generation =
        Documents.generate(document, "com.example.api", EnumSet.allOf(Part.class));

    assertThat(Java.unformatted(generation.files())).isEmpty();
    assertThat(Java.compile(generation.files())).isEmpty();
  }
}
