package io.brrtrouter.openapi.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/lint.md} lists the rules there are. */
class LintPageTest {
  /** Texts in the reader that look like the id of a rule. */
  private static final Set<String> NO_RULES = Set.of("content-type");

  private static final Pattern ID = Pattern.compile("\"([a-z0-9]+(?:-[a-z0-9]+)+)\"");

  @Test
  void has_a_section_with_severity_example_and_fix_for_each_rule_of_lint() throws IOException {
    List<String> sections =
        Stream.of(page().split("\n(?=### )")).filter(each -> each.startsWith("### ")).toList();

    assertThat(sections.stream().map(each -> each.lines().findFirst().orElseThrow()))
        .containsExactlyElementsOf(
            Arrays.stream(Rule.values())
                .map(rule ->
                    "### `" + rule.id() + "` (" + FindingRenderer.word(rule.severity()) + ")")
                .toList());
    assertThat(sections).allSatisfy(each -> assertThat(each).contains("```yaml\n", "\nFix: "));
  }

  @Test
  void has_a_row_for_each_rule_of_the_reader() throws IOException {
    Set<String> rows = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `([a-z0-9-]+)`.*\\|.*\\|.*\\|.*\\|$").matcher(page());
    while (row.find()) {
      assertThat(rows.add(row.group(1))).as(row.group(1)).isTrue();
    }
    assertThat(rows).isEqualTo(rulesOfTheReader());
  }

  private static String page() throws IOException {
    return Files.readString(Path.of(System.getProperty("brrt.root"), "docs", "lint.md"));
  }

  /** Rules of the reader are texts where they are reported, so the sources say which there are. */
  private static Set<String> rulesOfTheReader() throws IOException {
    Set<String> rules = new TreeSet<>();
    for (String room : List.of("read", "source")) {
      Path sources = Path.of("src/main/java/io/brrtrouter/openapi", room);
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          rules.addAll(
              ID.matcher(Files.readString(file))
                  .results()
                  .map(match -> match.group(1))
                  .collect(Collectors.toSet()));
        }
      }
    }
    rules.removeAll(NO_RULES);
    return rules;
  }
}
