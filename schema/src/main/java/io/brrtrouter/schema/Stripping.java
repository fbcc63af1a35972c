package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the view drops from one value and which schemas apply to its parts, gathered from every
 * schema that applies to it. Confined to a thread.
 */
final class Stripping {
  private final Evaluation evaluation;
  private final Set<Subschema> applied = new HashSet<>();
  private final Set<String> dropped = new HashSet<>();
  private final Map<Object, List<Subschema>> schemas = new HashMap<>();

  private Stripping(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** The instance without what the view drops; the same object when there is nothing to drop. */
  static JsonNode strip(JsonNode instance, List<Subschema> applying, Evaluation evaluation) {
    if (!instance.isContainer()) {
      return instance;
    }
    Stripping stripping = new Stripping(evaluation);
    applying.forEach(schema -> schema.strip(instance, stripping));
    return instance.isObject() ? stripping.members(instance) : stripping.items(instance);
  }

  Evaluation evaluation() {
    return evaluation;
  }

  /** Whether a schema has not been applied to the value before; twice it would say the same. */
  boolean isFirst(Subschema schema) {
    return applied.add(schema);
  }

  void drop(String name) {
    dropped.add(name);
  }

  void memberOrDrop(String name, @Nullable Subschema schema, boolean drop) {
    if (drop) {
      drop(name);
    } else {
      member(name, schema);
    }
  }

  void member(String name, @Nullable Subschema schema) {
    add(name, schema);
  }

  void item(int index, @Nullable Subschema schema) {
    add(index, schema);
  }

  private void add(Object key, @Nullable Subschema schema) {
    if (schema != null && schema.dropping()) {
      List<Subschema> applying = schemas.computeIfAbsent(key, k -> new ArrayList<>(1));
      if (!applying.contains(schema)) {
        applying.add(schema);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private JsonNode members(JsonNode object) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    boolean changed = false;
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode value = entry.getValue();
      if (dropped.contains(entry.getKey())) {
        changed = true;
        continue;
      }
      JsonNode stripped = part(entry.getKey(), value);
      changed |= stripped != value;
      result.set(entry.getKey(), stripped);
    }
    return changed ? result : object;
  }

  @SuppressWarnings("ReferenceEquality")
  private JsonNode items(JsonNode array) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode(array.size());
    boolean changed = false;
    for (int i = 0; i < array.size(); i++) {
      JsonNode item = array.get(i);
      JsonNode stripped = part(i, item);
      changed |= stripped != item;
      result.add(stripped);
    }
    return changed ? result : array;
  }

  private JsonNode part(Object key, JsonNode value) {
    List<Subschema> applying = schemas.get(key);
    return applying == null ? value : strip(value, applying, evaluation);
  }
}
