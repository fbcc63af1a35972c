package io.brrtrouter.openapi.diff;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares conditions, of which it can be told whether they are the same, but hardly which of two
 * is stricter.
 */
final class ConditionComparison {
  private static final List<String> OF_ANY = List.of("not");
  private static final List<String> OF_ARRAYS = List.of("unevaluatedItems");
  private static final List<String> OF_OBJECTS =
      List.of("dependentRequired", "dependentSchemas", "propertyNames");

  private final PairComparison pair;

  ConditionComparison(PairComparison pair) {
    this.pair = pair;
  }

  void compare(EnumSet<ValueType> common) {
    OF_ANY.forEach(keyword -> keywords(List.of(keyword)));
    keywords(List.of("if", "then", "else"));
    if (common.contains(ValueType.ARRAY)) {
      OF_ARRAYS.forEach(keyword -> keywords(List.of(keyword)));
      keywords(List.of("contains", "minContains", "maxContains"));
    }
    if (common.contains(ValueType.OBJECT)) {
      OF_OBJECTS.forEach(keyword -> keywords(List.of(keyword)));
      patternProperties();
      Discriminators.compare(pair);
    }
  }

  /** Compares what belongs together and has its meaning from the first keyword. */
  private void keywords(List<String> keywords) {
    Set<String> old = texts(pair.before(), keywords);
    Set<String> now = texts(pair.after(), keywords);
    if (old.equals(now)) {
      return;
    }
    String keyword = keywords.getFirst();
    if (now.containsAll(old)) {
      pair.add(
          pair.either(SchemaRule.REQUEST_CONDITION_ADDED, SchemaRule.RESPONSE_CONDITION_ADDED),
          keyword,
          keyword + " was added");
    } else if (old.containsAll(now)) {
      pair.add(
          pair.either(SchemaRule.REQUEST_CONDITION_REMOVED, SchemaRule.RESPONSE_CONDITION_REMOVED),
          keyword,
          keyword + " was removed");
    } else {
      changed(keyword);
    }
  }

  private void changed(String keyword) {
    pair.add(
        pair.either(SchemaRule.REQUEST_CONDITION_CHANGED, SchemaRule.RESPONSE_CONDITION_CHANGED),
        keyword,
        keyword + " changed");
  }

  private static Set<String> texts(SchemaView view, List<String> keywords) {
    Set<String> texts = new TreeSet<>();
    for (Place part : view.with(keywords.getFirst())) {
      StringBuilder text = new StringBuilder();
      keywords.forEach(keyword ->
          text.append(keyword).append('=').append(view.resolved(part, keyword)).append(' '));
      texts.add(text.toString());
    }
    return texts;
  }

  private void patternProperties() {
    Set<String> old = pair.before().names("patternProperties");
    Set<String> now = pair.after().names("patternProperties");
    if (!old.equals(now)) {
      changed("patternProperties");
      return;
    }
    for (String pattern : now) {
      pair.child(
          "/{" + pattern + "}",
          pair.before().members("patternProperties", pattern),
          pair.after().members("patternProperties", pattern));
    }
  }
}
