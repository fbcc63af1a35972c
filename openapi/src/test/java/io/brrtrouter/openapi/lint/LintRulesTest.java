package io.brrtrouter.openapi.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Folders below {@code src/test/resources/lint}: {@code input.yaml} and what is said about it. Most
 * are called after a rule, and also hold what looks like a case for it but is none.
 */
class LintRulesTest {
  private static final Path FOLDERS = Path.of("src/test/resources/lint");

  static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDERS)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void says(Path folder) throws IOException {
    String text = FindingRenderer.text(findings(folder)).replace(folder + "/", "");

    if (Boolean.getBoolean("brrt.rewrite")) {
      Files.writeString(folder.resolve("expected.txt"), text);
    }
    assertThat(text).isEqualTo(Files.readString(folder.resolve("expected.txt")));
  }

  @Test
  void every_rule_has_a_folder_of_its_name() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Path folder : folders()) {
      for (Finding finding : findings(folder)) {
        if (folder.getFileName().toString().startsWith(finding.rule())) {
          shown.add(finding.rule());
        }
      }
    }
    assertThat(shown)
        .isEqualTo(
            Arrays.stream(Rule.values())
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Each schema refers to the next one twice: looked at one by one there are a million of them. */
  @Test
  @Timeout(60)
  void schemas_that_many_refer_to_are_looked_at_once(@TempDir Path folder) throws IOException {
    StringBuilder schemas = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      String next = "{$ref: '#/components/schemas/S" + (i + 1) + "'}";
      schemas.append("    S%d: {allOf: [%s, %s]}\n".formatted(i, next, next));
    }
    Files.writeString(
        folder.resolve("input.yaml"),
        """
        openapi: 3.2.0
        info: {title: A, version: '1'}
        paths:
          /events:
            get:
              responses:
                '200':
                  description: ok
                  content:
                    text/event-stream:
                      itemSchema: {type: object, properties: {data: {$ref: '#/components/schemas/S0'}}}
        components:
          schemas:
        %s    S20: {type: integer}
        """
            .formatted(schemas));

    assertThat(findings(folder)).extracting(Finding::rule).contains("event-field");
  }

  private static List<Finding> findings(Path folder) {
    return Linter.lint(OpenApiLoader.load(folder.resolve("input.yaml"), LoadOptions.defaults()));
  }
}
