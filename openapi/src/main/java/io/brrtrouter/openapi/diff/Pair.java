package io.brrtrouter.openapi.diff;

import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An old and a new schema in one direction, with what changed between them and which pairs of
 * schemas they contain. Filled once, however many operations use it.
 */
final class Pair {
  final Key key;
  final List<Delta> deltas = new ArrayList<>();
  final List<Edge> edges = new ArrayList<>();
  State state = State.NEW;

  /** Whether requests or responses go on as before, as far as that is known. */
  @Nullable Boolean harmless;

  /** Whether nothing changed but what people read, as far as that is known. */
  @Nullable Boolean unchanged;

  enum State {
    NEW,
    COMPARING,
    COMPARED
  }

  record Key(List<Place> before, List<Place> after, Direction direction) {}

  /** A change of the schemas themselves. */
  record Delta(
      ChangeRule rule,
      String step,
      @Nullable SourceLocation before,
      @Nullable SourceLocation after,
      String message) {}

  /** A pair of schemas for a part of the value. */
  record Edge(String step, Pair pair) {}

  Pair(Key key) {
    this.key = key;
  }

  boolean changes() {
    return deltas.stream()
        .anyMatch(delta -> delta.rule() != SchemaRule.SCHEMA_DOCUMENTATION_CHANGED);
  }

  boolean hurts() {
    return deltas.stream().anyMatch(delta -> delta.rule().impact() != Impact.COMPATIBLE);
  }
}
