package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/lint.md} lists what compiling may find; what SARIF says is compared with the page.
 */
class ServingRuleTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)`");

  @Test
  void has_a_row_for_each_rule_on_serving() throws IOException {
    String page = Files.readString(Path.of(System.getProperty("brrt.root"), "docs", "lint.md"));
    String[] parts = page.split("\n## Rules on serving\n");
    Set<String> rules = new TreeSet<>(Set.of("security-challenge"));
    Stream.of(ServingRule.values())
        .filter(rule -> !rule.isAboutSurroundings())
        .forEach(rule -> rules.add(rule.id()));

    assertThat(rules.remove(ServingRule.EXTENSION_VALUE.id())).isTrue();
    assertThat(rows(parts[0])).contains(ServingRule.EXTENSION_VALUE.id());
    assertThat(rows(parts[1])).containsExactlyElementsOf(rules);
  }

  private static Stream<String> rows(String text) {
    return ROW.matcher(text).results().map((MatchResult row) -> row.group(1));
  }
}
