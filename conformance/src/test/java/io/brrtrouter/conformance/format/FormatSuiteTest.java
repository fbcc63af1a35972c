package io.brrtrouter.conformance.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.conformance.Results;
import io.brrtrouter.conformance.Suite;
import io.brrtrouter.conformance.TestData;
import io.brrtrouter.schema.Format;
import io.brrtrouter.schema.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
    Map<String, String> exceptions = exceptions();
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
          run++;
          // Whatever is not a string has every format of strings.
          boolean valid = format == null || !data.isString() || format.matches(data.stringValue());
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
    assertThat(run).isGreaterThan(600);
    assertThat(failures).containsExactlyElementsOf(exceptions.keySet());
    List<String> reasons =
        exceptions.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    Results.record(Suite.SCHEMA_FORMAT, run - failures.size(), reasons);
  }

  @Test
  void hasFewExceptionsEachWithItsReason() throws IOException {
    assertThat(exceptions()).hasSizeLessThanOrEqualTo(MOST_EXCEPTIONS);
  }

  /** Lines of {@code file | group | test | reason with section}: the test to the reason. */
  private static Map<String, String> exceptions() throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    try (InputStream in = FormatSuiteTest.class.getResourceAsStream("exceptions.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        int bar = line.lastIndexOf(" | ");
        String reason = line.substring(bar + 3);
        assertThat(reason).as(line).containsIgnoringCase("section");
        reasons.put(line.substring(0, bar), reason);
      }
    }
    return reasons;
  }
}
