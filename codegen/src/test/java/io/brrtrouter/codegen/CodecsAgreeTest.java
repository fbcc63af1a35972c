package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What generated codecs accept, refuse, and write is what the schema programs say, over instances
 * and damaged instances of every JSON body of the gallery and of documents written by others.
 */
class CodecsAgreeTest {
  private static final int INSTANCES = 12_000;

  @TempDir Path directory;

  static List<Path> documents() throws IOException {
    return RealDocumentsTest.documents();
  }

  static List<String> gallery() throws IOException {
    return GalleryTest.cases();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void documents_of_others(Path document) {
    agree(document, UnknownEnums.REFUSE);
  }

  @ParameterizedTest
  @MethodSource("gallery")
  void the_gallery(String name) throws IOException {
    Path document = Path.of("src/test/resources/gallery").resolve(name).resolve("openapi.yaml");
    agree(
        withOperations(document), name.contains("keep") ? UnknownEnums.KEEP : UnknownEnums.REFUSE);
  }

  /** Every component becomes the body of a request and of its response. */
  private Path withOperations(Path document) throws IOException {
    String text = Files.readString(document);
    StringBuilder paths = new StringBuilder("paths:\n");
    for (String name :
        Documents.load(document).api().orElseThrow().components().schemas().keySet()) {
      String content =
          "content: { application/json: { schema: { $ref: \"#/components/schemas/"
              + name
              + "\" } } }";
      paths.append(
          "  \"/all/"
              + Integer.toHexString(name.hashCode())
              + "\":\n    put:\n      requestBody: { "
              + content
              + " }\n      responses: { '200': { description: It., "
              + content
              + " } }\n");
    }
    Path copy = directory.resolve("openapi.yaml");
    copyOthers(document.getParent());
    Files.writeString(
        copy,
        text.contains("paths: {}")
            ? text.replace("paths: {}\n", paths)
            : text.replace("paths:\n", paths));
    return copy;
  }

  /** Copies the documents of a case, to which one may refer. */
  private void copyOthers(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(file -> file.toString().endsWith(".yaml")).toList()) {
        Path copy = directory.resolve(folder.relativize(each));
        Files.createDirectories(copy.getParent());
        Files.copy(each, copy);
      }
    }
  }

  private static void agree(Path document, UnknownEnums enums) {
    Loaded loaded = Documents.load(document);
    List<GeneratorOptions.Shared> shared =
        GalleryTest.shared(document.resolveSibling(""), "com.example.models");
    Generation generation =
        Generator.generate(
            loaded,
            new GeneratorOptions(
                "com.example.api",
                EnumSet.of(Part.MODELS, Part.CODECS),
                enums,
                Integers.LONG,
                Set.of(),
                shared));
    if (generation.files().isEmpty()) {
      return;
    }
    List<SourceFile> files = new ArrayList<>(generation.files());
    shared.forEach(each -> files.addAll(GalleryTest.files(each)));
    Agreement agreement = new Agreement(loaded, generation, Classes.of(files));

    agreement.random(INSTANCES);

    long fused =
        Agreement.bodies(generation.model()).values().stream()
            .filter(content -> content.binding().orElseThrow().isFused())
            .count();
    if (fused > agreement.without) {
      assertThat(agreement.judged).isGreaterThan(0);
      assertThat(agreement.valid).isBetween(1, agreement.judged);
    }
    agreement.assertAgrees();
  }
}
