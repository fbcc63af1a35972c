package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.Comparator;
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
import tools.jackson.databind.node.StringNode;

/**
 * Tells alternatives apart by one property that several of them require and restrict to a few
 * strings: a branch whose strings do not include the instance's cannot match. Never changes a
 * verdict, only how fast it is found. Immutable.
 */
final class TagTable {
  private final String property;
  private final Map<String, int[]> byValue;

  /** The branches that do not restrict the property. */
  private final int[] untagged;

  /** The values, sorted, for messages. */
  private final ArrayNode expected = JsonNodeFactory.instance.arrayNode();

  private TagTable(String property, Map<String, int[]> byValue, int[] untagged) {
    this.property = property;
    this.byValue = byValue;
    this.untagged = untagged;
    byValue.keySet().stream().sorted().forEach(expected::add);
  }

  /** Finds the property that tells most branches apart; null when none does. */
  static @Nullable TagTable of(Subschema[] branches) {
    List<Map<String, Set<String>>> tags = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Subschema branch : branches) {
      Map<String, Set<String>> own = Tags.of(branch);
      tags.add(own);
      own.keySet().forEach(name -> counts.merge(name, 1, Integer::sum));
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .max(
            Comparator.comparing((Map.Entry<String, Integer> entry) -> entry.getValue())
                .thenComparing(Map.Entry::getKey))
        .map(entry -> table(entry.getKey(), tags))
        .orElse(null);
  }

  private static TagTable table(String property, List<Map<String, Set<String>>> tags) {
    Set<String> values = new HashSet<>();
    tags.forEach(own -> values.addAll(own.getOrDefault(property, Set.of())));
    Map<String, int[]> byValue = new HashMap<>();
    for (String value : values) {
      byValue.put(value, branchesAllowing(value, property, tags));
    }
    return new TagTable(property, byValue, branchesAllowing(null, property, tags));
  }

  private static int[] branchesAllowing(
      @Nullable String value, String property, List<Map<String, Set<String>>> tags) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < tags.size(); i++) {
      Set<String> allowed = tags.get(i).get(property);
      if (allowed == null || (value != null && allowed.contains(value))) {
        indexes.add(i);
      }
    }
    return indexes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The branches that can match. */
  int[] candidates(JsonNode instance, int[] everything) {
    if (!(instance instanceof ObjectNode)) {
      return everything;
    }
    JsonNode tag = instance.get(property);
    int[] tagged = tag instanceof StringNode ? byValue.get(tag.stringValue()) : null;
    return tagged == null ? untagged : tagged;
  }

  /** Whether an object has a tag, or lacks one, that rules every branch out. */
  boolean isUnknown(JsonNode instance) {
    return untagged.length == 0
        && instance instanceof ObjectNode
        && candidates(instance, untagged).length == 0;
  }

  /** Reports that an object's tag rules every branch out. */
  void explain(Subschema owner, String keyword, JsonNode object, Explanation explanation) {
    String values = Wording.oneOf(expected.values());
    if (object.get(property) == null) {
      explanation.report(
          owner,
          keyword,
          expected,
          "must have the property " + Wording.quote(property) + " with the value " + values);
    } else {
      explanation.reportMember(property, owner, keyword, expected, "must be " + values);
    }
  }

  /** What a schema says about the tags of its instances, following what it applies in place. */
  private static final class Tags {
    private static final int DEPTH = 8;

    private final Map<String, Set<String>> values = new HashMap<>();
    private final Set<String> required = new HashSet<>();

    static Map<String, Set<String>> of(Subschema schema) {
      Tags tags = new Tags();
      tags.collect(schema, DEPTH);
      tags.values.keySet().retainAll(tags.required);
      return tags.values;
    }

    private void collect(Subschema schema, int depth) {
      ObjectShape shape = schema.objectShape();
      if (shape != null) {
        shape.tags(values, required);
      }
      if (depth > 0) {
        schema.unconditional(part -> collect(part, depth - 1));
      }
    }
  }
}
