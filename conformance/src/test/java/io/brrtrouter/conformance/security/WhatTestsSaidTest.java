package io.brrtrouter.conformance.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs when all other tests of the product have: what they made it say has no secret, neither one
 * that looks like it nor one that suites registered, in clear or encoded ({@link TestReport},
 * {@link KnownSecrets}, {@link Spellings}).
 *
 * <p>What was said: output of all tests, the logs of all modules with a server at every level, in
 * which every problem stands that a client was told, and of {@code SecretsTest} all that came out,
 * with its metrics page, problems, decisions, what listeners were told and the context of the log
 * (MDC), where the product puts nothing. The product has no tracing yet, so there are no spans to
 * look into; where there are, they belong here.
 */
@Tag("afterwards")
class WhatTestsSaidTest {
  /** Much less than there are, much more than a logger that is set wrong lets through. */
  private static final int LEAST_DEBUG_LINES = 20;

  @Test
  void no_secret_is_in_what_all_tests_made_the_product_say() throws IOException {
    Path root = Path.of(System.getProperty("brrt.root", "..")).toRealPath();
    List<TestReport> reports = TestReport.below(root);
    KnownSecrets known = KnownSecrets.below(root);

    assertThat(reports)
        .as("tests whose output was looked through")
        .anyMatch(report -> report.file().toString().contains("SecretsTest"))
        .extracting(report -> report.module(root))
        .contains("cli", "conformance", "redis", "security", "server");
    assertThat(reports)
        .as("logs with all that is said at any level")
        .filteredOn(report -> report.file().endsWith("target/said.log"))
        .filteredOn(report -> report.lines("DEBUG") >= LEAST_DEBUG_LINES)
        .extracting(report -> report.module(root))
        .contains("conformance", "security", "server");
    assertThat(reports)
        .as("logs with the problems that clients were told")
        .filteredOn(report -> report.file().endsWith("target/said.log"))
        .filteredOn(report -> report.lines("TRACE problems") > 0)
        .extracting(report -> report.module(root))
        .contains("security", "server", "testing");
    assertThat(reports)
        .as("what came out of a server with secrets")
        .filteredOn(report -> report.file().endsWith("conformance/target/said.log"))
        .singleElement()
        .satisfies(report -> {
          assertThat(report.lines("ANSWERED")).isGreaterThan(LEAST_DEBUG_LINES);
          assertThat(report.said()).anyMatch(line -> line.startsWith("# HELP brrtrouter_"));
          assertThat(report.said()).anyMatch(line -> line.contains("application/problem+json"));
        });
    for (String module : List.of("security", "conformance")) {
      assertThat(root.resolve(module).resolve("target/secrets.txt"))
          .as("secrets that suites registered")
          .isNotEmptyFile();
    }
    assertThat(known.size()).as("secrets, and parts of tokens").isGreaterThan(1_000);
    assertThat(reports.stream().flatMap(report -> report.secrets(known).stream()).limit(20))
        .isEmpty();
  }
}
