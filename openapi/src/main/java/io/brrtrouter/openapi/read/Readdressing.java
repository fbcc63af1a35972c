package io.brrtrouter.openapi.read;

import java.util.IdentityHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes references by a file's own address where they use another: a file with {@code $self} (3.2)
 * may also be referred to by where it was read from. With that each file is one schema resource.
 */
final class Readdressing {
  private final IdentityHashMap<JsonNode, Map<String, String>> references;
  private final IdentityHashMap<JsonNode, JsonNode> copies = new IdentityHashMap<>();

  Readdressing(IdentityHashMap<JsonNode, Map<String, String>> references) {
    this.references = references;
  }

  /** {@return the same value when nothing in it changes, else a copy that shares what it shared} */
  JsonNode apply(JsonNode node) {
    if (references.isEmpty() || !node.isContainer()) {
      return node;
    }
    JsonNode copy = copies.get(node);
    if (copy == null) {
      copy = node instanceof ObjectNode object ? object(object) : array((ArrayNode) node);
      copies.put(node, copy);
    }
    return copy;
  }

  private JsonNode object(ObjectNode object) {
    ObjectNode copy = object.objectNode();
    Map<String, String> changed = references.getOrDefault(object, Map.of());
    boolean same = changed.isEmpty();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode value = apply(member.getValue());
      same &= Nodes.same(value, member.getValue());
      copy.set(member.getKey(), value);
    }
    changed.forEach(copy::put);
    return same ? object : copy;
  }

  private JsonNode array(ArrayNode array) {
    ArrayNode copy = array.arrayNode(array.size());
    boolean same = true;
    for (JsonNode item : array) {
      JsonNode value = apply(item);
      same &= Nodes.same(value, item);
      copy.add(value);
    }
    return same ? array : copy;
  }
}
