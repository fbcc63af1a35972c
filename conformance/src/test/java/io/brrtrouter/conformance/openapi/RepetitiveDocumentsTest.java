package io.brrtrouter.conformance.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.server.dispatch.ApiCompiler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents that have one thing thousands of times, and are far below the limits on size, are
 * loaded, linted, written about and compiled soon: each took longer than the bound when some work
 * was done for every thing with every other.
 */
@DisplayName("Documents with one thing thousands of times")
class RepetitiveDocumentsTest {
  /** By the clock, which other work on the machine stretches. */
  private static final Duration LAST = Duration.ofSeconds(90);

  /** Of the thread. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final String HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
  private static final String OPERATION =
      "paths: {/a: {post: {operationId: a, responses: {'200': {description: d}}, requestBody: ";

  @TempDir Path directory;

  static List<Arguments> documents() {
    return List.of(
        Arguments.of(
            "references to schemas that do not exist",
            8_000,
            HEAD
                + "paths: {}\ncomponents: {schemas:\n  {"
                + list(
                    8_000,
                    ",\n  ",
                    i -> "As%d: {$ref: '#/components/schemas/Bs%d'}".formatted(i, i))
                + "}}\n"),
        Arguments.of(
            "media types of a body",
            0,
            HEAD
                + OPERATION
                + "{content: {"
                + list(10_000, ", ", i -> "a/b" + i + ": {}")
                + "}}}}}\n"),
        Arguments.of(
            "media types that differ in a parameter",
            0,
            HEAD
                + OPERATION
                + "{content: {"
                + list(6_000, ", ", i -> "a/b;c=" + i + ": {}")
                + "}}}}}\n"),
        Arguments.of(
            "required properties",
            0,
            HEAD
                + OPERATION
                + "{content: {application/json: {schema: {type: object, required: ["
                + list(100_000, ", ", i -> "a" + i)
                + "]}}}}}}}\n"),
        Arguments.of(
            "branches that a discriminator maps to",
            0,
            HEAD
                + OPERATION
                + "{content: {application/json: {schema: {$ref: '#/components/schemas/Any'}}}}}}}\n"
                + "components: {schemas: {Any: {oneOf: ["
                + list(10_000, ", ", "{$ref: '#/components/schemas/S%d'}"::formatted)
                + "], discriminator: {propertyName: k, mapping: {"
                + list(10_000, ", ", "s%1$d: '#/components/schemas/S%1$d'"::formatted)
                + "}}}, "
                + list(10_000, ", ", "S%d: {type: object, required: [k]}"::formatted)
                + "}}\n"),
        Arguments.of(
            "characters in a quoted text",
            0,
            HEAD + "paths: {}\nx-long: \"" + "a".repeat(15_000_000) + "\"\n"),
        Arguments.of(
            "lines in a literal text",
            0,
            HEAD + "paths: {}\nx-long: |\n" + "  abc def\n".repeat(1_500_000)),
        Arguments.of(
            "findings in one line",
            10_001,
            HEAD
                + "paths: {"
                + list(12_000, ", ", i -> "/" + "a".repeat(90) + i + ": {foo: 1}")
                + "}\n"));
  }

  private static String list(int count, String separator, IntFunction<String> each) {
    return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(separator));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void takeTimeInProportion(String what, int findings, String text) throws IOException {
    Path file = Files.writeString(directory.resolve("api.yaml"), text);

    Duration needed = assertTimeoutPreemptively(LAST, () -> needed(file, findings), what);

    assertThat(needed).isLessThan(BOUND);
  }

  private static Duration needed(Path file, int findings) {
    long start = CPU.getCurrentThreadCpuTime();
    List<Finding> found = findings(file);
    Duration needed = Duration.ofNanos(CPU.getCurrentThreadCpuTime() - start);
    assertThat(found).hasSize(findings);
    return needed;
  }

  /** What {@code brrt lint} and a start do. */
  private static List<Finding> findings(Path file) {
    Loaded loaded = OpenApiLoader.load(file, LoadOptions.defaults());
    List<Finding> findings = new ArrayList<>(Linter.lint(loaded));
    FindingRenderer.text(findings);
    ApiCompiler.compile(loaded, LintAndServeAgreeTest.MOCKED, Map.of(), Map.of());
    return findings;
  }
}
