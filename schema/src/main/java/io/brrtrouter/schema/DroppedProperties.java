package io.brrtrouter.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the properties a view drops: those whose schema says {@code readOnly} or {@code writeOnly}
 * itself, through {@code $ref}, or through {@code allOf}.
 */
final class DroppedProperties {
  private final Registry registry;
  private final String keyword;
  private final Map<Location, Set<String>> names = new HashMap<>();
  private final Map<Location, Boolean> decisions = new HashMap<>();

  DroppedProperties(Registry registry, View view) {
    this.registry = registry;
    this.keyword = keyword(view);
  }

  /** The keyword whose properties a view drops. */
  static String keyword(View view) {
    return view == View.RESPONSE ? "writeOnly" : "readOnly";
  }

  static boolean isTrue(JsonNode schema, String keyword) {
    JsonNode value = schema.get(keyword);
    return value != null && value.isBoolean() && value.booleanValue();
  }

  /** The names the schema at a location drops from its instance, unconditionally. */
  Set<String> of(Location location) {
    JsonNode schema = location.value();
    if (schema == null || !(schema.has("properties") || leadsOn(schema))) {
      return Set.of();
    }
    Set<String> known = names.get(location);
    if (known != null) {
      return known;
    }
    Set<String> found = new HashSet<>();
    walk(
        location,
        (place, each) ->
            each.path("properties")
                .forEachEntry((name, child) -> {
                  if (isDropped(place.child("properties").child(name))) {
                    found.add(name);
                  }
                }));
    Set<String> result = Set.copyOf(found);
    names.put(location, result);
    return result;
  }

  /** Whether the view drops a property that has the schema at a location. */
  boolean isDropped(Location location) {
    JsonNode own = location.value();
    if (own == null || !leadsOn(own)) {
      return own != null && isTrue(own, keyword);
    }
    Boolean known = decisions.get(location);
    if (known != null) {
      return known;
    }
    boolean[] dropped = {false};
    walk(
        location,
        (place, schema) -> {
          dropped[0] |= isTrue(schema, keyword);
        });
    decisions.put(location, dropped[0]);
    return dropped[0];
  }

  /** Whether an instance of the schema must satisfy others too. */
  private static boolean leadsOn(JsonNode schema) {
    return schema.has("$ref") || schema.has("allOf");
  }

  /** Visits a schema and those every instance of it must satisfy too. */
  private void walk(Location start, BiConsumer<Location, JsonNode> action) {
    Set<Location> seen = new LinkedHashSet<>();
    Deque<Location> pending = new ArrayDeque<>();
    pending.add(start);
    while (!pending.isEmpty()) {
      Location location = pending.removeFirst();
      JsonNode schema = location.value();
      if (schema == null || !schema.isObject() || !seen.add(location)) {
        continue;
      }
      action.accept(location, schema);
      Location target = target(location, schema.get("$ref"));
      if (target != null) {
        pending.add(target);
      }
      for (int i = 0; i < schema.path("allOf").size(); i++) {
        pending.add(location.child("allOf").child(i));
      }
    }
  }

  /** Where a reference leads; one that leads nowhere is reported where it is compiled. */
  private @Nullable Location target(Location from, @Nullable JsonNode reference) {
    if (reference == null || !reference.isString()) {
      return null;
    }
    Registry.Target target =
        registry.resolve(from, "$ref", reference.stringValue(), new Problems());
    return target == null ? null : target.location();
  }
}
