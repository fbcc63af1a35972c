package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes arrays. */
final class ArraySample {
  /** Longer ones are not made. */
  private static final int MAX_ITEMS = 1_000;

  /** Variants of an item tried until one is unlike the others. */
  private static final int MORE_VARIANTS = 20;

  private final InstanceSearch search;
  private final Demands demands;
  private final boolean unique;

  ArraySample(InstanceSearch search, Demands demands) {
    this.search = search;
    this.demands = demands;
    this.unique = demands.values("uniqueItems").stream().anyMatch(JsonNode::asBoolean);
  }

  @Nullable JsonNode find(int variant) {
    int min = demands.atLeast("minItems");
    int max = demands.atMost("maxItems");
    int prefix = demands.values("prefixItems").stream().mapToInt(JsonNode::size).max().orElse(0);
    int contained = containedItems();
    int usual = search.includesOptional() ? Math.max(prefix, demands.has("items") ? 1 : 0) : 0;
    int needed = Math.max(min, contained == 0 ? 0 : prefix + contained);
    if (min > MAX_ITEMS || contained > MAX_ITEMS || needed > MAX_ITEMS) {
      return null;
    }
    int size = Math.min(Math.max(needed, usual), max);
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (array.size() < size) {
      int index = array.size();
      // What must be contained comes last, behind the items with a place of their own.
      List<Location> schemas = itemSchemas(index, index >= size - contained);
      boolean required = index < needed;
      JsonNode item =
          !required && search.isRecursive(schemas) ? null : item(schemas, variant + index, array);
      if (item == null) {
        return required ? null : array;
      }
      array.add(item);
    }
    return array;
  }

  /** How many items {@code contains} needs. */
  private int containedItems() {
    int items = 0;
    for (Location place : demands.places()) {
      if (Demands.keyword(place, "contains") != null) {
        JsonNode least = Demands.keyword(place, "minContains");
        items = Math.max(items, least == null || !least.isNumber() ? 1 : least.asInt(1));
      }
    }
    return items;
  }

  private @Nullable JsonNode item(List<Location> schemas, int variant, ArrayNode before) {
    for (int i = 0; i <= (unique ? before.size() + MORE_VARIANTS : 0); i++) {
      JsonNode item = search.find(schemas, unique ? variant + i : variant, List.of());
      if (item == null || !unique || !contains(before, item)) {
        return item;
      }
    }
    return null;
  }

  private static boolean contains(ArrayNode array, JsonNode item) {
    return array.valueStream().anyMatch(other -> JsonValues.equal(other, item));
  }

  private List<Location> itemSchemas(int index, boolean contained) {
    List<Location> schemas = new ArrayList<>();
    for (Location place : demands.places()) {
      JsonNode prefix = Demands.keyword(place, "prefixItems");
      if (prefix != null && index < prefix.size()) {
        schemas.add(place.child("prefixItems").child(index));
      } else if (Demands.keyword(place, "items") != null) {
        schemas.add(place.child("items"));
      }
      if (contained && Demands.keyword(place, "contains") != null) {
        schemas.add(place.child("contains"));
      }
    }
    if (schemas.isEmpty()) {
      for (Location place : demands.places()) {
        if (Demands.keyword(place, "unevaluatedItems") != null) {
          schemas.add(place.child("unevaluatedItems"));
        }
      }
    }
    return schemas;
  }
}
