package io.brrtrouter.schema;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The keywords that look at an array's items by position: {@code prefixItems}, {@code items} (JSON
 * Schema core section 10.3.1), {@code minItems} and {@code maxItems} (validation section 6.4).
 */
final class ArrayShape extends Keyword {
  private final Rules rules;
  private final long minimum;
  private final long maximum;
  private final @Nullable Subschema[] prefix;
  private @Nullable Subschema rest;

  /**
   * The keywords as written.
   *
   * @param itemsKeyword {@code items}, or {@code unevaluatedItems} where it means the same
   */
  record Rules(
      List<Subschema> prefixItems,
      @Nullable Subschema items,
      String itemsKeyword,
      @Nullable JsonNode minItems,
      @Nullable JsonNode maxItems) {}

  ArrayShape(Subschema owner, Rules rules) {
    super(owner);
    this.rules = rules;
    minimum = SizeLimit.value(rules.minItems, 0);
    maximum = SizeLimit.value(rules.maxItems, Long.MAX_VALUE);
    prefix = new @Nullable Subschema[rules.prefixItems.size()];
  }

  @Override
  void link() {
    for (int i = 0; i < prefix.length; i++) {
      prefix[i] = rules.prefixItems.get(i).resolved();
    }
    rest = rules.items == null || rules.items.resolved().isTrue() ? null : rules.items.resolved();
  }

  @Override
  int kinds() {
    return 1 << Kind.ARRAY;
  }

  @Override
  int rank() {
    return CHILDREN;
  }

  boolean hasValidSize(int size) {
    return size >= minimum && size <= maximum;
  }

  /** The schema of the item at an index; null when there is none. */
  @Nullable Subschema schemaFor(int index) {
    return index < prefix.length ? prefix[index] : rest;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    ArrayNode array = (ArrayNode) instance;
    int size = array.size();
    if (!hasValidSize(size)) {
      return false;
    }
    int end = rest == null ? Math.min(prefix.length, size) : size;
    for (int i = 0; i < end; i++) {
      Subschema schema = schemaFor(i);
      if (schema != null && !schema.valid(array.get(i), evaluation)) {
        return false;
      }
    }
    return true;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    int size = instance.size();
    if (size < minimum) {
      explanation.report(
          owner, "minItems", rules.minItems, SizeLimit.message("at least", minimum, "item", size));
    }
    int prefixSize = Math.min(prefix.length, size);
    for (int i = 0; i < prefixSize; i++) {
      explanation.child("/prefixItems/" + i, i, rules.prefixItems.get(i), instance.get(i));
    }
    if (size > maximum) {
      explanation.report(
          owner, "maxItems", rules.maxItems, SizeLimit.message("at most", maximum, "item", size));
    }
    if (rules.items == null || size <= prefixSize) {
      return;
    }
    if (rules.items.resolved().isFalse()) {
      explanation.report(owner, rules.itemsKeyword, null, tooMany(size));
      return;
    }
    for (int i = prefixSize; i < size; i++) {
      explanation.child("/" + rules.itemsKeyword, i, rules.items, instance.get(i));
    }
  }

  private String tooMany(int size) {
    return prefix.length == 0
        ? "must be empty, not have " + Wording.count(size, "item")
        : SizeLimit.message("at most", prefix.length, "item", size);
  }

  @Override
  void claim(JsonNode instance, Evaluation evaluation, Marks marks) {
    if (rules.items != null) {
      marks.addAll();
    } else {
      marks.addFirst(prefix.length);
    }
  }

  @Override
  void strip(JsonNode instance, Stripping stripping) {
    for (int i = 0; i < instance.size(); i++) {
      stripping.item(i, schemaFor(i));
    }
  }

  @Override
  void children(Consumer<Subschema> action) {
    rules.prefixItems.forEach(action);
    if (rules.items != null) {
      action.accept(rules.items);
    }
  }
}
