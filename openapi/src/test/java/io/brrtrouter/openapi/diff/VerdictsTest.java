package io.brrtrouter.openapi.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.InstanceGenerator;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Verdicts on random changes of schemas against the validator, which decides about values: what is
 * called harmless refuses no value that was valid, and what is called breaking refuses one.
 */
class VerdictsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int PAIRS = 700;

  /** Nobody sends properties that are not declared, although an open object takes any. */
  private static final Set<ChangeRule> CONVENTIONS =
      Set.of(
          SchemaRule.REQUEST_PROPERTY_ADDED,
          SchemaRule.REQUEST_PROPERTY_NO_LONGER_READ_ONLY,
          SchemaRule.RESPONSE_PROPERTY_REMOVED);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agree_with_the_validator(long seed) {
    RandomSchemas schemas = new RandomSchemas(new Random(seed));
    List<JsonNode> olds = new ArrayList<>();
    List<JsonNode> news = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      JsonNode old = schemas.schema(3);
      olds.add(old);
      news.add(schemas.changed(old));
    }
    Loaded before = Edits.load(directory, "before.json", document(olds));
    Loaded after = Edits.load(directory, "after.json", document(news));
    Map<String, List<Change>> changes =
        DocumentDiff.between(before, after, Edits.TODAY).changes().stream()
            .collect(Collectors.groupingBy(change -> change.subjects().getFirst()));

    List<String> failures = new ArrayList<>();
    int breaking = 0;
    int harmless = 0;
    int doubtful = 0;
    for (int i = 0; i < PAIRS; i++) {
      List<Change> told = changes.getOrDefault("POST /p" + i, List.of());
      Sides sides = new Sides(before, after, i);
      for (Direction direction : List.of(Direction.REQUEST, Direction.RESPONSE)) {
        List<Change> ours = told.stream().filter(each -> each.direction() == direction).toList();
        List<JsonNode> witnesses = sides.witnesses(direction);
        String what =
            "%s %s%n  %s%n  %s%n  %s".formatted(direction, i, olds.get(i), news.get(i), ours);
        if (ours.stream().anyMatch(each -> CONVENTIONS.contains(each.rule()))) {
          continue;
        }
        if (ours.stream().allMatch(each -> each.impact() == Impact.COMPATIBLE)) {
          harmless++;
          if (!witnesses.isEmpty()) {
            failures.add("refused: " + witnesses.getFirst() + " " + what);
          }
        } else if (direction == Direction.REQUEST
            && ours.stream().anyMatch(each -> each.impact() == Impact.BREAKING)) {
          breaking++;
          if (witnesses.isEmpty() && isInAlternative(ours)) {
            doubtful++;
          } else if (witnesses.isEmpty()) {
            failures.add("not refused: " + what);
          }
        }
      }
    }
    assertThat(failures).isEmpty();
    assertThat(doubtful).isLessThanOrEqualTo(PAIRS / 100);
    assertThat(breaking).isGreaterThan(PAIRS / 5);
    assertThat(harmless).isGreaterThan(PAIRS / 2);
  }

  /** Where several alternatives together cover what one of them took, it takes luck to see it. */
  private static boolean isInAlternative(List<Change> changes) {
    return changes.stream()
        .filter(each -> each.impact() == Impact.BREAKING)
        .allMatch(each -> each.path().contains("("));
  }

  private static String document(List<JsonNode> schemas) {
    ObjectNode root = NODES.objectNode().put("openapi", "3.1.1");
    root.putObject("info").put("title", "random").put("version", "1");
    ObjectNode paths = root.putObject("paths");
    for (int i = 0; i < schemas.size(); i++) {
      ObjectNode operation = paths.putObject("/p" + i).putObject("post");
      operation
          .putObject("requestBody")
          .putObject("content")
          .putObject("application/json")
          .set("schema", schemas.get(i));
      operation
          .putObject("responses")
          .putObject("200")
          .put("description", "fine")
          .putObject("content")
          .putObject("application/json")
          .set("schema", schemas.get(i));
    }
    return JSON.writeValueAsString(root);
  }

  /** One pair of schemas with the programs that decide, and values to try. */
  private static final class Sides {
    private final Schema before;
    private final Schema after;
    private final SchemaCompiler oldCompiler;
    private final SchemaCompiler newCompiler;

    Sides(Loaded before, Loaded after, int index) {
      this.before = schema(before, index);
      this.after = schema(after, index);
      oldCompiler = compiler();
      newCompiler = compiler();
    }

    private static SchemaCompiler compiler() {
      return SchemaCompiler.builder().assertFormats(true).build();
    }

    private static Schema schema(Loaded loaded, int index) {
      Operation operation = loaded.api().orElseThrow().operations().get(index);
      MediaType media = operation.requestBody().orElseThrow().content().get("application/json");
      return media.schema().orElseThrow();
    }

    /** {@return values that the source allows and the judge does not} */
    List<JsonNode> witnesses(Direction direction) {
      View view = direction == Direction.REQUEST ? View.REQUEST : View.RESPONSE;
      CompiledSchema old = oldCompiler.compile(before.resource(), before.pointer(), view);
      CompiledSchema now = newCompiler.compile(after.resource(), after.pointer(), view);
      CompiledSchema source = direction == Direction.REQUEST ? old : now;
      CompiledSchema judge = direction == Direction.REQUEST ? now : old;
      return values(view, before, after).stream()
          .filter(value -> source.isValid(value) && !judge.isValid(value))
          .toList();
    }

    private static Set<JsonNode> values(View view, Schema... schemas) {
      Set<JsonNode> seeds = new LinkedHashSet<>();
      for (Schema schema : schemas) {
        for (JsonNode chosen : RandomSchemas.chosen(schema.node())) {
          SchemaResource resource = SchemaResource.of(URI.create("urn:chosen"), chosen);
          InstanceGenerator.generate(resource, "", view, compiler()).ifPresent(seeds::add);
        }
      }
      return RandomSchemas.around(seeds);
    }
  }
}
