package io.brrtrouter.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** {@code enum} and {@code const}, JSON Schema validation sections 6.1.2 and 6.1.3. */
final class EnumKeyword extends Keyword {
  private static final String[] NO_STRINGS = {};

  private final String keyword;
  private final JsonNode written;
  private final Set<String> strings = new HashSet<>();

  /** The strings where they are few: comparing beats hashing what was just read. */
  private final String[] fewStrings;

  private final JsonNode[] others;

  /** The canonical texts of the others where they are many; else empty. */
  private final Set<String> canonical = new HashSet<>();

  /** The integers among them, where they are many. */
  private final Set<Long> integers = new HashSet<>();

  private EnumKeyword(Subschema owner, String keyword, JsonNode written, List<JsonNode> values) {
    super(owner);
    this.keyword = keyword;
    this.written = written;
    values.stream()
        .filter(StringNode.class::isInstance)
        .forEach(value -> strings.add(value.stringValue()));
    this.fewStrings =
        strings.size() <= JsonValues.PAIRWISE ? strings.toArray(String[]::new) : NO_STRINGS;
    this.others = values.stream().filter(v -> !(v instanceof StringNode)).toArray(JsonNode[]::new);
    if (others.length > JsonValues.PAIRWISE) {
      for (JsonNode other : others) {
        canonical.add(JsonValues.canonical(other));
        if (Kind.of(other) == Kind.NUMBER) {
          Long integer = Numbers.longOf(Numbers.decimal(other));
          if (integer != null) {
            integers.add(integer);
          }
        }
      }
    }
  }

  static EnumKeyword ofEnum(Subschema owner, JsonNode array) {
    return new EnumKeyword(owner, "enum", array, List.copyOf(array.values()));
  }

  static EnumKeyword ofConst(Subschema owner, JsonNode value) {
    return new EnumKeyword(owner, "const", value, List.of(value));
  }

  /** The values when all are strings or integers that are a {@code long}, else null. */
  @Nullable Set<Object> onlyTags() {
    Set<Object> tags = new HashSet<>(strings);
    for (JsonNode other : others) {
      if (!Numbers.isLong(other)) {
        return null;
      }
      tags.add(other.longValue());
    }
    return tags;
  }

  @Override
  int kinds() {
    return Kind.ALL;
  }

  @Override
  int rank() {
    return SCALAR;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    if (instance instanceof StringNode) {
      return validString(instance.stringValue());
    }
    if (!canonical.isEmpty()) {
      return Numbers.isLong(instance)
          ? integers.contains(instance.longValue())
          : canonical.contains(JsonValues.canonical(instance));
    }
    for (JsonNode other : others) {
      if (JsonValues.equal(other, instance)) {
        return true;
      }
    }
    return false;
  }

  private boolean validString(String text) {
    for (String few : fewStrings) {
      if (few.equals(text)) {
        return true;
      }
    }
    return fewStrings.length < strings.size() && strings.contains(text);
  }

  @Override
  int distance(JsonNode instance, Evaluation evaluation, int depth) {
    if (valid(instance, evaluation)) {
      return 0;
    }
    return strings.size() + others.length == 1 ? Alternatives.OTHER_TAG : Alternatives.OTHER_CHOICE;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    if (!valid(instance, explanation.evaluation())) {
      explanation.report(owner, keyword, written, explanation.isFull() ? "" : message());
    }
  }

  private String message() {
    if (keyword.equals("const")) {
      return "must be " + Wording.value(written);
    }
    return written.isEmpty()
        ? "is not allowed: the enum is empty"
        : "must be " + Wording.oneOf(written.values());
  }
}
