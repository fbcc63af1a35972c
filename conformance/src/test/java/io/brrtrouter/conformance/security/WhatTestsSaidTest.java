package io.brrtrouter.conformance.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs when all other tests of the product have: what they made it say has no secret. */
@Tag("afterwards")
class WhatTestsSaidTest {
  @Test
  void no_secret_is_in_what_all_tests_made_the_product_say() throws IOException {
    Path root = Path.of(System.getProperty("brrt.root", "..")).toRealPath();
    List<TestReport> reports = TestReport.below(root);

    assertThat(reports)
        .as("tests whose output was looked through")
        .anyMatch(report -> report.file().toString().contains("SecretsTest"))
        .extracting(report -> report.module(root))
        .contains("cli", "conformance", "redis", "security", "server");
    assertThat(reports)
        .as("logs with all that is said at any level")
        .filteredOn(report -> report.file().endsWith("target/said.log"))
        .filteredOn(report -> report.said().stream().anyMatch(line -> line.startsWith("DEBUG")))
        .extracting(report -> report.module(root))
        .contains("security", "server");
    assertThat(reports.stream().mapToInt(report -> report.said().size()).sum())
        .as("lines that were looked through")
        .isGreaterThan(10);
    assertThat(reports.stream().flatMap(report -> report.secrets().stream()).limit(20)).isEmpty();
  }
}
