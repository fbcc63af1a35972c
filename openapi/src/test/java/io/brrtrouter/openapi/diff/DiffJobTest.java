package io.brrtrouter.openapi.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.diff.DiffJob.FailOn;
import io.brrtrouter.openapi.diff.DiffJob.Outcome.Compared;
import io.brrtrouter.openapi.diff.DiffJob.Outcome.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffJobTest {
  private static final String PETS =
      """
      openapi: 3.1.1
      info: { title: Pets, version: 1.0.0 }
      paths:
        /pets:
          get:
            operationId: list_pets
            parameters: [ { name: limit, in: query, schema: { type: integer, maximum: 100 } } ]
            responses: { "204": { description: none } }
      """;

  @TempDir Path directory;

  private Path document(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static DiffJob job(FailOn failOn, String... ignored) {
    return new DiffJob(failOn, Set.of(ignored), LocalDate.of(2026, 1, 1));
  }

  private Compared compared(DiffJob job, String what, String replacement) throws IOException {
    assertThat(PETS).contains(what);
    return (Compared)
        job.run(
            document("old.yaml", PETS),
            document("new.yaml", PETS.replace(what, replacement)),
            LoadOptions.defaults());
  }

  @ParameterizedTest
  @CsvSource({
    "BREAKING, 100, 50, true",
    "BREAKING, list_pets, find_pets, false",
    "RISKY, list_pets, find_pets, true",
    "RISKY, 100, 200, false",
    "COMPATIBLE, 100, 200, true",
    "COMPATIBLE, 100, 100, false",
    "NEVER, 100, 50, false"
  })
  void some_changes_are_failures(FailOn failOn, String what, String replacement, boolean failed)
      throws IOException {
    assertThat(compared(job(failOn), what, replacement).failed()).isEqualTo(failed);
  }

  @Test
  void changes_of_some_rules_do_not_count() throws IOException {
    Compared compared =
        compared(job(FailOn.BREAKING, "request-maximum-lowered"), "maximum: 100", "maximum: 50");

    assertThat(compared).isEqualTo(new Compared(compared.changes(), false));
    assertThat(compared.changes()).isEmpty();
  }

  @Test
  void a_rule_that_is_none_is_refused() {
    assertThatThrownBy(() -> job(FailOn.NEVER, "request-maximum-lower"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "request-maximum-lower: there is no such rule; did you mean request-maximum-lowered?");
    assertThatThrownBy(() -> job(FailOn.NEVER, "x"))
        .hasMessage("x: there is no such rule; docs/diff-rules.md lists them");
  }

  @Test
  void both_documents_are_read_and_lint_counts() throws IOException {
    Path broken = document("broken.yaml", "openapi: 3.1.1\n");
    // What only lint finds: the template has a parameter that nobody declares.
    Path undeclared = document("undeclared.yaml", PETS.replace("/pets:", "/pets/{id}:"));

    Unreadable outcome =
        (Unreadable) job(FailOn.NEVER).run(broken, undeclared, LoadOptions.defaults());

    assertThat(outcome.documents())
        .extracting(DiffJob.UnreadableDocument::file)
        .containsExactly(broken, undeclared);
    assertThat(outcome.documents()).noneMatch(each -> each.errors().isEmpty());
    assertThat(outcome.documents().getFirst().sentence())
        .isEqualTo(broken + " cannot be compared; correct the errors above");
  }
}
