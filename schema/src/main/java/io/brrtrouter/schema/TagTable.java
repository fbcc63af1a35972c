package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Tells alternatives apart by one property that several of them restrict to a few strings or
 * integers: a branch whose values do not include the instance's cannot match, nor one that requires
 * the property when there is none. Or by the instance itself, where the branches are constants.
 * Never changes a verdict, only how fast it is found. Immutable.
 */
final class TagTable {
  /** From so many constants on, a table is faster than trying them one after the other. */
  private static final int MANY_CONSTANTS = 3;

  /** How {@link Tags} call the instance itself; {@link #of} never looks at this property. */
  private static final String ITSELF = "";

  private final String property;

  /** By {@code String} or {@code Long}. */
  private final Map<Object, int[]> byValue;

  /** The branches that do not restrict the property. */
  private final int[] untagged;

  /** The branches that do not restrict the property, or do not require it. */
  private final int[] whenAbsent;

  /** The values, sorted, for messages. */
  private final ArrayNode expected = JsonNodeFactory.instance.arrayNode();

  private TagTable(String property, List<Tags> branches, Set<Object> values) {
    this.property = property;
    this.byValue = new HashMap<>();
    for (Object value : values) {
      byValue.put(value, indexes(branches, tags -> tags.allows(property, value)));
    }
    this.untagged = indexes(branches, tags -> !tags.values.containsKey(property));
    this.whenAbsent =
        indexes(
            branches,
            tags -> !tags.values.containsKey(property) || !tags.required.contains(property));
    values.stream()
        .sorted(
            Comparator.comparing((Object value) -> value instanceof String)
                .thenComparing(value -> value instanceof Long number ? number : 0L)
                .thenComparing(Object::toString))
        .forEach(value -> {
          if (value instanceof Long number) {
            expected.add(number);
          } else {
            expected.add(value.toString());
          }
        });
  }

  private static int[] indexes(List<Tags> branches, Predicate<Tags> wanted) {
    return IntStream.range(0, branches.size()).filter(i -> wanted.test(branches.get(i))).toArray();
  }

  /** Finds the property that leaves the fewest branches to try; null when none tells any apart. */
  static @Nullable TagTable of(Subschema[] branches) {
    List<Tags> tags = new ArrayList<>();
    Map<String, Set<Object>> values = new HashMap<>();
    for (Subschema branch : branches) {
      Tags own = Tags.of(branch);
      tags.add(own);
      own.values.forEach(
          (name, some) -> values.computeIfAbsent(name, k -> new HashSet<>()).addAll(some));
    }
    values.remove(ITSELF);
    return values.keySet().stream()
        .filter(name -> tags.stream().filter(own -> own.values.containsKey(name)).count() > 1)
        .min(
            Comparator.comparingDouble(
                    (String name) -> left(name, values.getOrDefault(name, Set.of()), tags))
                .thenComparingLong(name -> -requiring(name, tags))
                .thenComparing(Comparator.naturalOrder()))
        .map(name -> new TagTable(name, tags, values.getOrDefault(name, Set.of())))
        .orElse(null);
  }

  /** The table of branches that are constants; null when few are. */
  static @Nullable TagTable ofConstants(Subschema[] branches) {
    List<Tags> tags = new ArrayList<>();
    Set<Object> values = new HashSet<>();
    for (Subschema branch : branches) {
      Tags own = new Tags();
      Set<Object> constants = branch.onlyTags();
      if (constants != null) {
        own.values.put(ITSELF, constants);
        values.addAll(constants);
      }
      tags.add(own);
    }
    long constant = tags.stream().filter(own -> !own.values.isEmpty()).count();
    return constant < MANY_CONSTANTS ? null : new TagTable(ITSELF, tags, values);
  }

  /** How many branches a value of the property leaves, on average. */
  private static double left(String name, Set<Object> values, List<Tags> branches) {
    long sum = 0;
    for (Tags branch : branches) {
      Set<Object> allowed = branch.values.get(name);
      sum += allowed == null ? values.size() : allowed.size();
    }
    return (double) sum / values.size();
  }

  private static long requiring(String name, List<Tags> branches) {
    return branches.stream().filter(branch -> branch.required.contains(name)).count();
  }

  /** The branches that can match. */
  int[] candidates(JsonNode instance, int[] everything) {
    if (!(instance instanceof ObjectNode)) {
      return everything;
    }
    JsonNode value = instance.get(property);
    return value == null ? whenAbsent : allowing(value);
  }

  /** The branches that allow a value. */
  int[] allowing(JsonNode value) {
    Object tag = tag(value);
    int[] tagged = tag == null ? null : byValue.get(tag);
    return tagged == null ? untagged : tagged;
  }

  /** The value as a key; null when it cannot be one. */
  private static @Nullable Object tag(JsonNode value) {
    if (value instanceof StringNode) {
      return value.stringValue();
    }
    if (Numbers.isLong(value)) {
      return value.longValue();
    }
    return Kind.of(value) == Kind.NUMBER ? Numbers.longOf(Numbers.decimal(value)) : null;
  }

  /** Whether an object has a tag, or lacks one, that rules every branch out. */
  boolean isUnknown(JsonNode instance) {
    return instance instanceof ObjectNode && candidates(instance, untagged).length == 0;
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

    private final Map<String, Set<Object>> values = new HashMap<>();
    private final Set<String> required = new HashSet<>();

    static Tags of(Subschema schema) {
      Tags tags = new Tags();
      tags.collect(schema, DEPTH);
      return tags;
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

    boolean allows(String property, Object value) {
      Set<Object> allowed = values.get(property);
      return allowed == null || allowed.contains(value);
    }
  }
}
