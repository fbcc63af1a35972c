package io.brrtrouter.openapi.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of edits of documents: the whole list for each. */
class EditsTest {
  @TempDir Path directory;

  static List<Edits.Edit> edits() {
    return Edits.all();
  }

  @ParameterizedTest
  @MethodSource("edits")
  void tells(Edits.Edit edit) {
    assertThat(Edits.changes(edit, directory).stream().map(EditsTest::line))
        .as(edit.toString())
        .containsExactlyElementsOf(edit.expected());
  }

  private static String line(Change change) {
    return "%s %s | %s: %s"
        .formatted(change.impact().word(), change.rule().id(), change.where(), change.message());
  }

  @Test
  void there_are_edits_for_every_rule_and_at_least_a_hundred_of_documents_of_others() {
    Set<String> told = new HashSet<>();
    edits().forEach(edit -> edit.expected().forEach(line -> told.add(line.split(" ", 3)[1])));

    assertThat(edits().stream().filter(edit -> edit.document().startsWith("data:")).count())
        .isGreaterThanOrEqualTo(100);
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(
            ChangeRule.all().stream()
                .map(ChangeRule::id)
                // Told where there are too many schemas, see DocumentDiffTest.
                .filter(id -> !id.equals("schemas-not-compared"))
                .toList());
  }
}
