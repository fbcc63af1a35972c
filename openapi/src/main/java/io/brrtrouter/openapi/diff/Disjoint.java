package io.brrtrouter.openapi.diff;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Knows of some schemas that no value satisfies both. */
final class Disjoint {
  private Disjoint() {}

  /** {@return whether it is certain that no value is valid for both} */
  static boolean are(SchemaView first, SchemaView second) {
    EnumSet<ValueType> types = first.types();
    types.retainAll(second.types());
    if (types.isEmpty() || differ(first.enumeration(), second.enumeration())) {
      return true;
    }
    if (!types.equals(EnumSet.of(ValueType.OBJECT))) {
      return false;
    }
    Set<String> tags = new HashSet<>(first.required());
    tags.retainAll(second.required());
    return tags.stream().anyMatch(tag -> differ(listed(first, tag), listed(second, tag)))
        || excludes(first, second)
        || excludes(second, first);
  }

  private static Optional<Map<String, JsonNode>> listed(SchemaView view, String property) {
    return view.member(property).enumeration();
  }

  private static boolean differ(
      Optional<Map<String, JsonNode>> first, Optional<Map<String, JsonNode>> second) {
    return first.isPresent()
        && second.isPresent()
        && Collections.disjoint(first.get().keySet(), second.get().keySet());
  }

  /** A closed object has no place for what the other requires. */
  private static boolean excludes(SchemaView closed, SchemaView other) {
    return closed.isClosed()
        && closed.names("patternProperties").isEmpty()
        && !closed.names("properties").containsAll(other.required());
  }
}
