package io.brrtrouter.openapi.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9-]+)`(?: \\(([^)]*)\\))? \\| (.*) \\| (.*) \\| (.*) \\|$");

  private static final Pattern SECTION =
      Pattern.compile(
          "(?s)^### `([a-z0-9-]+)` \\((\\w+)\\)\n(.*?)\n```yaml\n.*?\nFix: (.*?)(?:\n\n|$)");

  private static final Pattern ID = Pattern.compile("\"([a-z0-9]+(?:-[a-z0-9]+)+)\"");

  @Test
  void has_a_section_with_severity_example_and_fix_for_each_rule_of_lint() throws IOException {
    List<String> sections = sections();

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
    String reader = page().substring(0, page().indexOf("\n## Rules on serving\n"));

    assertThat(rows(reader).keySet()).isEqualTo(rulesOfTheReader());
  }

  @Test
  void says_of_each_rule_what_SARIF_says() throws IOException {
    Map<String, RuleText> onPage = new TreeMap<>(rows(page()));
    for (String section : sections()) {
      Matcher parts = SECTION.matcher(section);
      assertThat(parts.find()).as(section).isTrue();
      add(onPage, parts.group(1), parts.group(2), parts.group(3), parts.group(4));
    }

    assertThat(RuleText.all()).isEqualTo(onPage);
  }

  private static List<String> sections() throws IOException {
    return Stream.of(page().split("\n(?=### )")).filter(each -> each.startsWith("### ")).toList();
  }

  private static Map<String, RuleText> rows(String page) {
    Map<String, RuleText> rows = new TreeMap<>();
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      add(rows, row.group(1), String.valueOf(row.group(2)), row.group(3), row.group(5));
    }
    return rows;
  }

  private static void add(
      Map<String, RuleText> texts, String id, String severity, String reason, String advice) {
    RuleText text =
        new RuleText(
            id,
            severity.equals("warning") ? Severity.WARNING : Severity.ERROR,
            reason.strip().replaceAll("\\s+", " "),
            advice.strip().replaceAll("\\s+", " "));
    assertThat(texts.put(id, text)).as(id).isNull();
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
