package io.brrtrouter.conformance.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.conformance.Results;
import io.brrtrouter.conformance.Suite;
import io.brrtrouter.conformance.TestData;
import io.brrtrouter.openapi.Bundle;
import io.brrtrouter.openapi.Construct;
import io.brrtrouter.openapi.Construct.Treatment;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Documents of {@code oai-schema-tests}, {@code oai-examples} and {@code real}. The first are
 * judged by their folder, but for those in {@code exceptions.txt}, which must be judged otherwise.
 */
@DisplayName("OpenAPI documents written by others")
class OpenApiDocumentsTest {

  private static Loaded load(Path document) {
    return OpenApiLoader.load(document, LoadOptions.defaults());
  }

  @ParameterizedTest
  @CsvSource({"v3.1, OPENAPI_31, 40", "v3.2, OPENAPI_32, 60"})
  void areAcceptedAndRefusedAsTheirFolderSays(String version, Suite suite, int atLeast)
      throws IOException {
    Path root = TestData.require("oai-schema-tests");
    Map<String, String> exceptions = exceptions(version);
    List<String> otherwise = new ArrayList<>();
    int judged = 0;
    for (Path document : TestData.list("oai-schema-tests/" + version + "/tests/schema")) {
      judged++;
      if (!isJudgedAsItsFolderSays(document)) {
        otherwise.add(root.relativize(document).toString());
      }
    }
    assertThat(judged).isGreaterThan(atLeast);
    assertThat(otherwise).containsExactlyInAnyOrderElementsOf(exceptions.keySet());
    Results.record(
        suite,
        judged - otherwise.size(),
        exceptions.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .toList());
  }

  /** Refused means: an error that says where. */
  private static boolean isJudgedAsItsFolderSays(Path document) {
    List<Finding> errors =
        load(document).findings().stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .toList();
    return document.getParent().endsWith("pass")
        ? errors.isEmpty()
        : errors.stream().anyMatch(error -> error.location().line() > 0);
  }

  /** Reasons by file. */
  private static Map<String, String> exceptions(String version) throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    try (InputStream in = OpenApiDocumentsTest.class.getResourceAsStream("exceptions.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> l.startsWith(version)).toList()) {
        int bar = line.indexOf(" | ");
        assertThat(line.substring(bar)).as(line).contains("section");
        reasons.put(line.substring(0, bar), line.substring(bar + 3));
      }
    }
    return reasons;
  }

  @ParameterizedTest
  @CsvSource({"oai-examples/examples, OPENAPI_EXAMPLES, 20", "real, OPENAPI_REAL, 3"})
  void areReadWithoutAnErrorAndWithEverySchemaCompiled(String folder, Suite suite, int atLeast) {
    List<Path> documents = TestData.list(folder);
    assertThat(documents).hasSizeGreaterThanOrEqualTo(atLeast);
    for (Path document : documents) {
      Loaded loaded = load(document);
      assertThat(loaded.findings())
          .filteredOn(finding -> finding.severity() == Severity.ERROR)
          .as(document.toString())
          .isEmpty();
      assertThat(loaded.report())
          .filteredOn(construct -> construct.treatment() == Treatment.REFUSED)
          .extracting(Construct::name)
          .isEmpty();
      compile(loaded);
    }
    Results.record(suite, documents.size(), List.of());
  }

  private static void compile(Loaded loaded) {
    SchemaCompiler.Builder builder = SchemaCompiler.builder().assertFormats(true);
    loaded.resources().forEach(builder::resource);
    SchemaCompiler compiler = builder.build();
    for (SchemaResource resource : loaded.resources()) {
      for (String pointer : resource.schemaRoots()) {
        compiler.compile(resource, pointer, View.REQUEST);
        compiler.compile(resource, pointer, View.RESPONSE);
      }
    }
  }

  @Test
  void areTheSameAfterBundling(@TempDir Path directory) throws IOException {
    for (Path document : TestData.list("real")) {
      Loaded loaded = load(document);
      Path bundled = directory.resolve("openapi.json");
      Files.writeString(bundled, Bundle.of(loaded).toString());
      Loaded again = load(bundled);
      assertThat(again.findings())
          .extracting(Finding::rule)
          .containsExactlyInAnyOrderElementsOf(
              loaded.findings().stream().map(Finding::rule).toList());
      assertThat(again.api().orElseThrow().operations())
          .hasSameSizeAs(loaded.api().orElseThrow().operations());
    }
  }
}
