package io.brrtrouter.conformance.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.conformance.TestData;
import io.brrtrouter.schema.Format;
import io.brrtrouter.schema.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The official suite's {@code optional/format}: each test on a string must have its result, but for
 * those in {@code exceptions.txt}, which must not.
 */
@DisplayName("The official suite's optional/format")
class FormatSuiteTest {
  private static final int MOST_EXCEPTIONS = 14;

  @Test
  void hasTheExpectedResultsButForTheListedExceptions() throws IOException {
    List<String> exceptions = exceptions();
    TreeSet<String> failures = new TreeSet<>();
    int run = 0;
    for (Path file : TestData.list("json-schema-test-suite/tests/draft2020-12/optional/format")) {
      for (JsonNode group : Documents.read(file).root()) {
        String name = group.path("schema").path("format").stringValue();
        Format format = Formats.named(name).orElse(null);
        // "unknown" is there to be ignored; any other name must be known.
        assertThat(format != null || name.equals("unknown")).as(name).isTrue();
        for (JsonNode test : group.path("tests")) {
          JsonNode data = test.path("data");
          if (data.isString()) {
            run++;
            boolean valid = format == null || format.matches(data.stringValue());
            if (valid != test.path("valid").booleanValue()) {
              failures.add(
                  file.getFileName()
                      + " | "
                      + group.path("description").stringValue()
                      + " | "
                      + test.path("description").stringValue());
            }
          }
        }
      }
    }
    assertThat(run).isGreaterThan(600);
    assertThat(failures).containsExactlyElementsOf(new TreeSet<>(exceptions));
  }

  @Test
  void hasFewExceptionsEachWithItsReason() throws IOException {
    assertThat(exceptions()).hasSizeLessThanOrEqualTo(MOST_EXCEPTIONS);
  }

  /** Lines of {@code file | group | test | reason with section}, without the reason. */
  private static List<String> exceptions() throws IOException {
    List<String> names = new ArrayList<>();
    try (InputStream in = FormatSuiteTest.class.getResourceAsStream("exceptions.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        int reason = line.lastIndexOf(" | ");
        assertThat(line.substring(reason + 3)).as(line).containsIgnoringCase("section");
        names.add(line.substring(0, reason));
      }
    }
    return names;
  }
}
