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
    Edits.Outcome outcome = Edits.outcome(edit, directory);
    List<Change> changes = outcome.changes();

    assertThat(changes.stream().map(EditsTest::line))
        .as(edit.toString())
        .containsExactlyElementsOf(edit.expected());
    assertThat(changes)
        .allSatisfy(change -> {
          assertThat(change.before().location().line()).isPositive();
          assertThat(change.after().location().line()).isPositive();
          assertThat(change.before().location().file()).doesNotEndWith("after.json");
          assertThat(change.after().location().file()).endsWith("after.json");
          assertThat(change.before().isThere() || change.after().isThere()).isTrue();
        });
    List<String> places = edit.places();
    for (int i = 0; i < places.size(); i++) {
      assertThat(outcome.places(changes.get(i), places.get(i)))
          .as(edit + ": " + edit.expected().get(i))
          .isEqualTo(places.get(i));
    }
  }

  private static String line(Change change) {
    return "%s %s | %s: %s"
        .formatted(change.impact().word(), change.rule().id(), change.where(), change.message());
  }

  @Test
  void there_are_edits_for_every_rule() {
    assertThat(rules(edits()))
        .containsExactlyInAnyOrderElementsOf(
            ChangeRule.all().stream()
                .map(ChangeRule::id)
                // Told where there are too many schemas, see DocumentDiffTest.
                .filter(id -> !id.equals("schemas-not-compared"))
                .toList());
  }

  @Test
  void at_least_a_hundred_with_places_are_of_documents_of_services_that_there_are() {
    List<Edits.Edit> real =
        edits().stream()
            .filter(Edits.Edit::isReal)
            .filter(edit -> !edit.expected().isEmpty())
            .filter(edit -> edit.places().size() == edit.expected().size())
            .toList();

    assertThat(real).hasSizeGreaterThanOrEqualTo(100);
    assertThat(real)
        .extracting(edit -> edit.document() + edit.operations())
        .doesNotHaveDuplicates();
    assertThat(rules(real)).hasSizeGreaterThanOrEqualTo(60);
    assertThat(edits())
        .filteredOn(edit -> !edit.places().isEmpty())
        .allSatisfy(edit -> assertThat(edit.places()).hasSameSizeAs(edit.expected()));
  }

  private static Set<String> rules(List<Edits.Edit> edits) {
    Set<String> rules = new HashSet<>();
    edits.forEach(edit -> edit.expected().forEach(line -> rules.add(line.split(" ", 3)[1])));
    return rules;
  }
}
