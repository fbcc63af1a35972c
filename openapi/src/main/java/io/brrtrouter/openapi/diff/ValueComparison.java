package io.brrtrouter.openapi.diff;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares what schemas say about a value that has no parts, and about sizes. */
final class ValueComparison {
  private final PairComparison pair;

  ValueComparison(PairComparison pair) {
    this.pair = pair;
  }

  void compare(EnumSet<ValueType> common) {
    if (common.contains(ValueType.INTEGER) || common.contains(ValueType.FRACTION)) {
      boolean whole = !common.contains(ValueType.FRACTION);
      bound(Bound.MINIMUM, whole);
      bound(Bound.MAXIMUM, whole);
      multiples(whole);
      format(Formatting.NUMERIC);
    }
    if (common.contains(ValueType.STRING)) {
      bound(Bound.MIN_LENGTH, true);
      bound(Bound.MAX_LENGTH, true);
      patterns();
      format(Formatting.TEXTUAL);
      encoding();
    }
    if (common.contains(ValueType.ARRAY)) {
      bound(Bound.MIN_ITEMS, true);
      bound(Bound.MAX_ITEMS, true);
      unique();
    }
    if (common.contains(ValueType.OBJECT)) {
      bound(Bound.MIN_PROPERTIES, true);
      bound(Bound.MAX_PROPERTIES, true);
    }
  }

  private void bound(Bound bound, boolean whole) {
    @Nullable Limit old = Limit.of(pair.before(), bound, whole);
    @Nullable Limit now = Limit.of(pair.after(), bound, whole);
    int order = Limit.compare(old, now, bound);
    if (order != 0) {
      String keyword = old == null ? keyword(now, bound) : keyword(old, bound);
      pair.add(
          BoundRule.of(pair.direction(), bound, order < 0),
          now == null ? keyword : keyword(now, bound),
          "%s changed from %s to %s".formatted(bound.keyword(), Limit.text(old), Limit.text(now)));
    }
  }

  private static String keyword(@Nullable Limit limit, Bound bound) {
    return limit == null ? bound.keyword() : limit.keyword();
  }

  /** A source with one step is covered if each step of the judge divides it. */
  private void multiples(boolean whole) {
    Set<BigDecimal> old = steps(pair.before(), whole);
    Set<BigDecimal> now = steps(pair.after(), whole);
    if (old.equals(now)) {
      return;
    }
    boolean covered = pair.either(divide(now, old), divide(old, now));
    pair.add(
        covered
            ? pair.either(
                SchemaRule.REQUEST_MULTIPLE_OF_WIDENED, SchemaRule.RESPONSE_MULTIPLE_OF_NARROWED)
            : pair.either(
                SchemaRule.REQUEST_MULTIPLE_OF_NARROWED, SchemaRule.RESPONSE_MULTIPLE_OF_WIDENED),
        "multipleOf",
        "multipleOf changed from %s to %s".formatted(text(old), text(now)));
  }

  private static Set<BigDecimal> steps(SchemaView view, boolean whole) {
    Set<BigDecimal> steps = new TreeSet<>();
    view.values("multipleOf").stream()
        .filter(each -> each.isNumber() && each.decimalValue().signum() > 0)
        .forEach(each -> steps.add(each.decimalValue()));
    if (whole) {
      // Every integer is a multiple of what divides 1.
      steps.removeIf(each -> BigDecimal.ONE.remainder(each).signum() == 0);
    }
    return steps;
  }

  private static boolean divide(Set<BigDecimal> judges, Set<BigDecimal> sources) {
    return judges.stream()
        .allMatch(step -> sources.stream().anyMatch(each -> each.remainder(step).signum() == 0));
  }

  private static String text(Set<BigDecimal> steps) {
    return steps.isEmpty()
        ? "none"
        : steps.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(", "));
  }

  private void format(Formatting formatting) {
    Set<String> old = formatting.formats(pair.before());
    Set<String> now = formatting.formats(pair.after());
    if (old.equals(now)) {
      return;
    }
    SchemaRule rule =
        switch (pair.either(
            formatting.relation(old, now), formatting.relation(now, old).reversed())) {
          case NARROWER ->
              pair.either(SchemaRule.REQUEST_FORMAT_NARROWED, SchemaRule.RESPONSE_FORMAT_NARROWED);
          case WIDER ->
              pair.either(SchemaRule.REQUEST_FORMAT_WIDENED, SchemaRule.RESPONSE_FORMAT_WIDENED);
          case UNDECIDED ->
              pair.either(SchemaRule.REQUEST_FORMAT_CHANGED, SchemaRule.RESPONSE_FORMAT_CHANGED);
          case HINT -> SchemaRule.SCHEMA_DOCUMENTATION_CHANGED;
        };
    pair.add(rule, "format", "the format changed from %s to %s".formatted(names(old), names(now)));
  }

  private static String names(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private void patterns() {
    Set<String> old = texts("pattern", pair.before());
    Set<String> now = texts("pattern", pair.after());
    if (old.equals(now)) {
      return;
    }
    SchemaRule rule;
    if (now.containsAll(old)) {
      rule = pair.either(SchemaRule.REQUEST_PATTERN_ADDED, SchemaRule.RESPONSE_PATTERN_ADDED);
    } else if (old.containsAll(now)) {
      rule = pair.either(SchemaRule.REQUEST_PATTERN_REMOVED, SchemaRule.RESPONSE_PATTERN_REMOVED);
    } else {
      rule = pair.either(SchemaRule.REQUEST_PATTERN_CHANGED, SchemaRule.RESPONSE_PATTERN_CHANGED);
    }
    pair.add(
        rule,
        "pattern",
        "the pattern changed from %s to %s"
            .formatted(Texts.cut(names(old)), Texts.cut(names(now))));
  }

  private static Set<String> texts(String keyword, SchemaView view) {
    Set<String> texts = new LinkedHashSet<>();
    view.values(keyword).forEach(each -> texts.add(each.asString("")));
    return texts;
  }

  private void unique() {
    boolean was = pair.before().isTrue("uniqueItems");
    boolean is = pair.after().isTrue("uniqueItems");
    if (was != is) {
      pair.add(
          is
              ? pair.either(
                  SchemaRule.REQUEST_UNIQUE_ITEMS_ADDED, SchemaRule.RESPONSE_UNIQUE_ITEMS_ADDED)
              : pair.either(
                  SchemaRule.REQUEST_UNIQUE_ITEMS_REMOVED,
                  SchemaRule.RESPONSE_UNIQUE_ITEMS_REMOVED),
          "uniqueItems",
          "uniqueItems changed from " + was + " to " + is);
    }
  }

  private void encoding() {
    for (String keyword : List.of("contentEncoding", "contentMediaType")) {
      Set<String> old = canonical(keyword, pair.before());
      Set<String> now = canonical(keyword, pair.after());
      if (!old.equals(now)) {
        encoding(
            keyword,
            "%s changed from %s to %s"
                .formatted(keyword, Texts.cut(names(old)), Texts.cut(names(now))));
      }
    }
    String keyword = "contentSchema";
    List<Place> old = pair.before().children(keyword);
    List<Place> now = pair.after().children(keyword);
    if (old.isEmpty() != now.isEmpty()) {
      encoding(keyword, keyword + (old.isEmpty() ? " was added" : " was removed"));
    } else {
      // What is in the text: of events, of messages, and for whoever reads it.
      pair.child("/(content)", old, now);
    }
  }

  private void encoding(String keyword, String message) {
    pair.add(
        pair.either(
            SchemaRule.REQUEST_CONTENT_ENCODING_CHANGED,
            SchemaRule.RESPONSE_CONTENT_ENCODING_CHANGED),
        keyword,
        message);
  }

  private static Set<String> canonical(String keyword, SchemaView view) {
    Set<String> texts = new HashSet<>();
    for (JsonNode each : view.values(keyword)) {
      texts.add(Texts.canonical(each));
    }
    return texts;
  }
}
