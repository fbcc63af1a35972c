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
import org.opentest4j.TestAbortedException;

/** Documents written by others, and our own examples: generated, formatted and compiled. */
class RealDocumentsTest {
  /** The examples of this project, and the documents of others where they are. */
  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(below(Documents.root().resolve("examples")));
    assertThat(documents).isNotEmpty();
    try {
      documents.addAll(below(Documents.data("real")));
      documents.addAll(below(Documents.data("oai-examples")));
      assertThat(documents).hasSizeGreaterThan(12);
    } catch (TestAbortedException missing) {
      System.out.println("examples of this project only: " + missing.getMessage());
    }
    return documents;
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(RealDocumentsTest::isDocument).sorted().toList();
    }
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
        Documents.generate(
            document, "com.example.api", EnumSet.complementOf(EnumSet.of(Part.TYPESCRIPT)));

    assertThat(Java.unformatted(generation.files())).isEmpty();
    assertThat(Java.compile(generation.files())).isEmpty();
  }
}
