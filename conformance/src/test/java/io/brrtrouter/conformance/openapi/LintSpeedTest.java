package io.brrtrouter.conformance.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.lint.Linter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lint takes time in proportion to a document, whatever there is much of. The bounds are some ten
 * times what it takes, and a fraction of what looking through lists for each entry would.
 */
class LintSpeedTest {
  private static final String HEAD = "openapi: 3.1.1\ninfo: {title: Large, version: '1'}\n";
  private static final Duration BOUND = Duration.ofSeconds(8);

  @TempDir Path directory;

  private static String times(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining());
  }

  private List<Finding> lint(String text) throws IOException {
    Path document = Files.writeString(directory.resolve("large.yaml"), text);
    Loaded loaded = OpenApiLoader.load(document, LoadOptions.defaults());
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    List<Finding> findings = Linter.lint(loaded);
    Duration took =
        Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    assertThat(took).isLessThan(BOUND);
    return findings;
  }

  @Test
  void tags_security_schemes_and_links() throws IOException {
    int many = 10_000;
    assertThat(
            lint(
                HEAD
                    + "tags:\n"
                    + times(many, i -> "  - {name: t%d}\n".formatted(i))
                    + "components:\n  securitySchemes:\n"
                    + times(
                        many,
                        i -> "    s%1$d: {type: apiKey, in: header, name: k%1$d}\n".formatted(i))
                    + "paths:\n"
                    + times(
                        many,
                        i ->
                            """
                              /a%1$d:
                                get:
                                  operationId: get_a%1$d
                                  tags: [t%2$d]
                                  security: [{s%2$d: []}]
                                  responses:
                                    "200": {description: ok, links: {next: {operationRef: "#/paths/~1a%2$d/get"}}}
                            """
                                .formatted(i, many - 1 - i))))
        .isEmpty();
  }

  @Test
  void links_to_an_operation_of_many_parameters() throws IOException {
    int many = 5_000;
    assertThat(
            lint(
                HEAD
                    + "paths:\n  /p:\n    get:\n      operationId: get_p\n      parameters:\n"
                    + times(
                        many,
                        i ->
                            "        - {name: p%d, in: query, schema: {type: string}}\n"
                                .formatted(i))
                    + "      responses:\n        '200':\n          description: ok\n          links:\n"
                    + times(
                        many,
                        i ->
                            "            l%1$d: {operationId: get_p, parameters: {p%1$d: 1}}\n"
                                .formatted(i))))
        .isEmpty();
  }

  @Test
  void a_discriminator_that_maps_to_many_branches() throws IOException {
    int many = 40_000;
    assertThat(
            lint(
                HEAD
                    + "paths: {}\ncomponents:\n  schemas:\n    Any:\n      oneOf:\n"
                    + times(many, "        - $ref: '#/components/schemas/S%d'\n"::formatted)
                    + "      discriminator:\n        propertyName: kind\n        mapping:\n"
                    + times(many, "          s%1$d: '#/components/schemas/S%1$d'\n"::formatted)
                    + times(
                        many,
                        "    S%d: {type: object, required: [kind], properties: {kind: {type: string}}}\n"
                            ::formatted)))
        .noneMatch(finding -> finding.rule().contains("discriminator"));
  }

  @Test
  void paths_that_overlap_are_compared_up_to_a_bound_and_the_rest_is_said() throws IOException {
    int many = 20_000;
    List<Finding> findings =
        lint(
            HEAD
                + "paths:\n"
                + times(
                    many, i -> "  /a%d/{id}: {$ref: '#/components/pathItems/one'}\n".formatted(i))
                + times(
                    many, i -> "  /{id}/b%d: {$ref: '#/components/pathItems/one'}\n".formatted(i))
                + """
                components:
                  pathItems:
                    one:
                      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                      get: {operationId: get_one, responses: {"200": {description: ok}}}
                """);

    assertThat(findings)
        .extracting(finding -> finding.location().line() + ": " + finding.message())
        .containsExactly(
            "20004: /a0/b0 matches both /{id}/b0 and /a0/{id} in line 4, and 9999 more paths likewise",
            "20004: from here on 599,980,000 pairs of paths that may overlap were not compared:"
                + " there are too many");
  }
}
