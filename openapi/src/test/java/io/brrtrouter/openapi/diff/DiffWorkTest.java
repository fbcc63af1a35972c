package io.brrtrouter.openapi.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Loaded;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many pairs of schemas are compared: not more than there are in a document, times a little.
 */
class DiffWorkTest {
  private static final int OPTIONS = 1_500;

  /** Pairs for each alternative: in two directions, with what stands beside and its properties. */
  private static final int EACH = 16;

  @TempDir Path directory;

  private List<Change> changes(String before, String after, int mostPairs) {
    Loaded old = Edits.load(directory, "before.yaml", before);
    Loaded now = Edits.load(directory, "after.yaml", after);
    return DocumentDiff.between(old, now, Edits.TODAY, mostPairs).changes();
  }

  private static String document(String schema, String components) {
    return """
    openapi: 3.1.1
    info: { title: Pets, version: 1.0.0 }
    paths:
      /pets:
        post:
          operationId: add_pet
          requestBody: { content: { application/json: { schema: %1$s } } }
          responses:
            "200": { description: the pet, content: { application/json: { schema: %1$s } } }
    components:
      schemas:
        None: { type: "null" }
    %2$s
    """
        .formatted(schema, components);
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
  }

  private static String option(int index, String more) {
    return "{ type: object, required: [kind], properties: { kind: { const: k%d }, v: { type: string%s } } }"
        .formatted(index, more);
  }

  private static String written(int count, String keyword, String more) {
    return document(
        "{ %s: [%s] }"
            .formatted(
                keyword,
                IntStream.range(0, count)
                    .mapToObj(each -> option(each, more))
                    .collect(Collectors.joining(", "))),
        "");
  }

  private static String named(int count, String prefix, String more) {
    return document(
        "{ oneOf: [%s] }"
            .formatted(
                IntStream.range(0, count)
                    .mapToObj(
                        each -> "{ $ref: '#/components/schemas/%s%d' }".formatted(prefix, each))
                    .collect(Collectors.joining(", "))),
        lines(count, each -> "    " + prefix + each + ": " + option(each, more)));
  }

  @ParameterizedTest
  @CsvSource({"oneOf", "anyOf"})
  void each_of_many_alternatives_is_compared_with_those_near_it(String keyword) {
    List<Change> changes =
        changes(
            written(OPTIONS, keyword, ""),
            written(OPTIONS, keyword, ", maxLength: 9"),
            EACH * OPTIONS);

    assertThat(changes)
        .extracting(Change::rule)
        .hasSize(2 * OPTIONS)
        .containsOnly(BoundRule.REQUEST_MAX_LENGTH_LOWERED, BoundRule.RESPONSE_MAX_LENGTH_LOWERED);
  }

  @Test
  void many_alternatives_with_names_are_compared_by_their_names() {
    assertThat(
            changes(named(OPTIONS, "A", ""), named(OPTIONS, "A", ", maxLength: 9"), EACH * OPTIONS))
        .extracting(Change::rule)
        .hasSize(2 * OPTIONS)
        .containsOnly(BoundRule.REQUEST_MAX_LENGTH_LOWERED, BoundRule.RESPONSE_MAX_LENGTH_LOWERED);
  }

  @Test
  void many_alternatives_that_are_called_otherwise_are_found() {
    assertThat(changes(named(OPTIONS, "A", ""), named(OPTIONS, "B", ""), EACH * OPTIONS)).isEmpty();
  }

  @Test
  void one_of_many_alternatives_is_found_to_be_removed() {
    assertThat(
            changes(
                written(OPTIONS, "oneOf", ""),
                written(OPTIONS, "oneOf", "")
                    .replaceAll(
                        "\\{ type: object, required: \\[kind], properties: \\{ kind: \\{ const: k700 }[^}]*} } }, ",
                        ""),
                EACH * OPTIONS))
        .extracting(change -> change.rule().id() + ": " + change.message())
        .containsExactly(
            "request-alternative-removed: the alternative \"700\" was removed",
            "response-alternative-removed: the alternative \"700\" was removed");
  }

  /**
   * Nothing tells them apart, so that it is not known what each overlaps; it must end all the same.
   */
  @Test
  void many_alternatives_that_nothing_tells_apart_are_guessed_at_a_bounded_number_of_times() {
    int few = 400;
    String before =
        document(
            "{ anyOf: [%s] }"
                .formatted(
                    IntStream.range(0, few)
                        .mapToObj("{ type: string, maxLength: %d }"::formatted)
                        .collect(Collectors.joining(", "))),
            "");

    assertThat(changes(before, before.replace("maxLength: ", "minLength: 1"), 100 * few))
        .isNotEmpty()
        .extracting(Change::rule)
        .doesNotContain(SchemaRule.SCHEMAS_NOT_COMPARED);
  }

  /** Forty circles of schemas, in one of which a property changes. */
  @Test
  void schemas_that_are_written_alike_are_not_compared() {
    int schemas = 2_000;
    String components =
        lines(
            schemas,
            each ->
                "    S%d: { type: object, properties: { next: { $ref: '#/components/schemas/S%d' }, v: { type: string } } }"
                    .formatted(each, (each / 50 * 50) + (each + 1) % 50));
    String before =
        document(
            "{ type: object, properties: { %s } }"
                .formatted(
                    IntStream.range(0, schemas / 50)
                        .mapToObj(each ->
                            "p%d: { $ref: '#/components/schemas/S%d' }".formatted(each, 50 * each))
                        .collect(Collectors.joining(", "))),
            components);
    String after = before.replace("S75' }, v: { type: string }", "S75' }, v: { type: integer }");

    assertThat(after).isNotEqualTo(before);
    assertThat(changes(before, after, 1_000))
        .extracting(Change::rule)
        .containsExactly(SchemaRule.REQUEST_TYPE_NARROWED, SchemaRule.RESPONSE_TYPE_WIDENED);
  }

  @Test
  void what_gives_references_another_meaning_is_compared() {
    String before =
        document(
            "{ $ref: '#/components/schemas/Pet' }",
            "    Pet: { type: object, properties: { name: { $ref: '#/components/schemas/Name' } } }\n    Name: { type: string }");

    assertThat(
            changes(
                before, before.replace("Name: { type: string }", "Name: { type: integer }"), 100))
        .extracting(change -> change.rule().id())
        .containsExactly("request-type-narrowed", "response-type-widened");
    assertThat(changes(before, before.replace("schemas/Name", "schemas/None"), 100))
        .extracting(change -> change.rule().id())
        .containsExactly(
            "request-null-allowed",
            "request-type-narrowed",
            "response-null-added",
            "response-type-narrowed");
  }
}
