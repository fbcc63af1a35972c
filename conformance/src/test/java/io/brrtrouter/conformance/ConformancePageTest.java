package io.brrtrouter.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The conformance page")
class ConformancePageTest {

  @Test
  void countsPassedAndExceptedTestsAndGivesEachReason() {
    Results.Result result =
        new Results.Result(41, List.of("a.json, third test: section 4.2 says so"));
    assertThat(ConformancePage.render(Map.of(Suite.SCHEMA_FORMAT, result)))
        .contains(
            "| JSON Schema draft 2020-12, `optional/format` | `json-schema-test-suite` | 41 of 42 | 1 |")
        .endsWith("- a.json, third test: section 4.2 says so\n");
  }
}
