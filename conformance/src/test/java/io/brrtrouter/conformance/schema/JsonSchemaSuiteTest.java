package io.brrtrouter.conformance.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.conformance.Results;
import io.brrtrouter.conformance.Suite;
import io.brrtrouter.conformance.TestData;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaException;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The official suite for draft 2020-12. Each test must give its result three ways: as a verdict, as
 * an explanation and while parsing. Listed exceptions must fail; one that passes fails the build.
 */
@DisplayName("The official JSON Schema suite")
class JsonSchemaSuiteTest {
  private static final String DRAFT = "json-schema-test-suite/tests/draft2020-12";
  private static final String PATTERNS = "ecmascript-regex.json";
  private static final int REQUIRED_TESTS = 1299;
  private static final int MOST_FORMAT_EXCEPTIONS = 14;
  private static final int MOST_OPTIONAL_EXCEPTIONS = 14;

  private final TreeSet<String> failures = new TreeSet<>();
  private int passed;

  @Test
  void passesCompletelyInItsRequiredPart() throws IOException {
    run(SuiteFiles.files(DRAFT), false);
    assertThat(failures).isEmpty();
    assertThat(passed).isEqualTo(REQUIRED_TESTS);
    Results.record(Suite.SCHEMA_REQUIRED, passed, List.of());
  }

  @Test
  void passesInItsOptionalPartButForTheListedExceptions() throws IOException {
    List<Path> files = new ArrayList<>(SuiteFiles.files(DRAFT + "/optional"));
    files.removeIf(file -> file.endsWith(PATTERNS));
    run(files, false);
    Map<String, String> exceptions = compare("optional-exceptions.txt", MOST_OPTIONAL_EXCEPTIONS);
    List<String> reasons =
        exceptions.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    Results.record(Suite.SCHEMA_OPTIONAL, passed, reasons);
  }

  @Test
  void passesWithTheRegularExpressionsOfEcmaScript() {
    run(List.of(TestData.require(DRAFT + "/optional").resolve(PATTERNS)), false);
    assertThat(failures).isEmpty();
    assertThat(passed).isGreaterThan(50);
  }

  @Test
  void passesWithFormatsAssertedButForTheListedExceptions() throws IOException {
    run(SuiteFiles.files(DRAFT + "/optional/format"), true);
    compare("format-exceptions.txt", MOST_FORMAT_EXCEPTIONS);
  }

  private Map<String, String> compare(String file, int most) throws IOException {
    Map<String, String> exceptions = exceptions(file);
    assertThat(failures).containsExactlyElementsOf(new TreeSet<>(exceptions.keySet()));
    assertThat(exceptions).hasSizeLessThanOrEqualTo(most);
    assertThat(passed).isGreaterThan(70);
    return exceptions;
  }

  private void run(List<Path> files, boolean assertFormats) {
    for (Path file : files) {
      for (JsonNode group : SuiteFiles.json(file)) {
        runGroup(file.getFileName() + " | " + text(group, "description"), group, assertFormats);
      }
    }
  }

  private void runGroup(String name, JsonNode group, boolean assertFormats) {
    SchemaCompiler compiler =
        SchemaCompiler.builder().loader(SuiteFiles::remote).assertFormats(assertFormats).build();
    SchemaResource resource =
        SchemaResource.of(URI.create("urn:brrt:suite"), group.required("schema"));
    CompiledSchema schema;
    try {
      schema = compiler.compile(resource, "", View.PLAIN);
    } catch (SchemaException e) {
      group
          .required("tests")
          .forEach(test -> failures.add(name + " | " + text(test, "description")));
      return;
    }
    for (JsonNode test : group.required("tests")) {
      JsonNode data = test.required("data");
      boolean expected = test.required("valid").booleanValue();
      byte[] bytes = data.toString().getBytes(StandardCharsets.UTF_8);
      boolean right =
          schema.isValid(data) == expected
              && schema.check(data, 10).isEmpty() == expected
              && schema.parse(bytes, JsonLimits.DEFAULT) instanceof ParsedJson.Valid == expected;
      if (right) {
        passed++;
      } else {
        failures.add(name + " | " + text(test, "description"));
      }
    }
  }

  private static String text(JsonNode node, String name) {
    return node.required(name).stringValue();
  }

  /**
   * Lines of {@code file | group | test | reason with section}, by what comes before the reason.
   */
  private static Map<String, String> exceptions(String file) throws IOException {
    try (InputStream in = JsonSchemaSuiteTest.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(
              Collectors.toMap(
                  line -> line.substring(0, line.lastIndexOf(" | ")),
                  line -> line.substring(line.lastIndexOf(" | ") + 3),
                  (a, b) -> a,
                  LinkedHashMap::new));
    }
  }
}
