package io.brrtrouter.openapi.diff;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;

/**
 * Compares an old and a new schema. What a request may hold must still be allowed by the new one;
 * what a response may hold must have been allowed by the old one: the <em>source</em> is where
 * values come from, and the <em>judge</em> what must take them.
 */
final class PairComparison {
  /** Listed values that are tried; more are compared by keywords only. */
  private static final int TRIED = 300;

  /** Rules that a value must show to be broken, because other keywords may say the same. */
  private static final Set<ChangeRule> OF_SCALARS =
      Set.of(
          SchemaRule.REQUEST_FORMAT_NARROWED,
          SchemaRule.REQUEST_PATTERN_ADDED,
          SchemaRule.REQUEST_MULTIPLE_OF_NARROWED);

  private final Pair pair;
  private final SchemaView before;
  private final SchemaView after;
  private final SchemaView source;
  private final SchemaView judge;
  private final Direction direction;
  private final SchemaComparison schemas;

  PairComparison(Pair pair, SchemaView before, SchemaView after, SchemaComparison schemas) {
    this.pair = pair;
    this.before = before;
    this.after = after;
    this.schemas = schemas;
    direction = pair.key.direction();
    source = isRequest() ? before : after;
    judge = isRequest() ? after : before;
  }

  Direction direction() {
    return direction;
  }

  SchemaView before() {
    return before;
  }

  SchemaView after() {
    return after;
  }

  SchemaView source() {
    return source;
  }

  SchemaView judge() {
    return judge;
  }

  SchemaComparison schemas() {
    return schemas;
  }

  boolean isRequest() {
    return direction == Direction.REQUEST;
  }

  /** {@return the rule of the direction} */
  <R> R either(R request, R response) {
    return isRequest() ? request : response;
  }

  void add(ChangeRule rule, String keyword, String message) {
    pair.deltas.add(
        new Pair.Delta(rule, "", before.location(keyword), after.location(keyword), message));
  }

  void add(Pair.Delta delta) {
    pair.deltas.add(delta);
  }

  void child(String step, List<Place> old, List<Place> now) {
    if (!old.isEmpty() || !now.isEmpty()) {
      pair.edges.add(new Pair.Edge(step, schemas.pair(old, now, direction)));
    }
  }

  /** {@return whether the direction's values of one schema are all taken by another} */
  boolean covers(List<Place> judging, List<Place> from) {
    Pair asked =
        isRequest()
            ? schemas.pair(from, judging, direction)
            : schemas.pair(judging, from, direction);
    return schemas.isHarmless(asked);
  }

  void compare() {
    EnumSet<ValueType> common = types();
    SchemaNotes.compare(this);
    if (common.isEmpty()) {
      return;
    }
    if (isAlternative()) {
      new AlternativeComparison(this).compare(common);
      return;
    }
    values(common);
    if (common.contains(ValueType.ARRAY)) {
      new ArrayComparison(this).compare();
    }
    if (common.contains(ValueType.OBJECT)) {
      new ObjectComparison(this).compare();
    }
    new ConditionComparison(this).compare(common);
  }

  private boolean isAlternative() {
    return !before.choices().isEmpty() || !after.choices().isEmpty();
  }

  /** {@return the types that both allow} */
  private EnumSet<ValueType> types() {
    EnumSet<ValueType> old = before.types();
    EnumSet<ValueType> now = after.types();
    EnumSet<ValueType> common = EnumSet.copyOf(old);
    common.retainAll(now);
    if (!isAny(old) && !isAny(now)) {
      nulls(old, now);
      old.remove(ValueType.NULL);
      now.remove(ValueType.NULL);
    }
    if (old.equals(now)) {
      return common;
    }
    String message =
        "the type changed from %s to %s".formatted(ValueType.text(old), ValueType.text(now));
    boolean shrank = !now.containsAll(old);
    boolean grew = !old.containsAll(now);
    boolean hurts = either(shrank, grew);
    add(
        hurts
            ? either(SchemaRule.REQUEST_TYPE_NARROWED, SchemaRule.RESPONSE_TYPE_WIDENED)
            : either(SchemaRule.REQUEST_TYPE_WIDENED, SchemaRule.RESPONSE_TYPE_NARROWED),
        "type",
        message);
    return common;
  }

  private static boolean isAny(Set<ValueType> types) {
    return types.size() == ValueType.values().length;
  }

  private void nulls(Set<ValueType> old, Set<ValueType> now) {
    boolean was = old.contains(ValueType.NULL);
    boolean is = now.contains(ValueType.NULL);
    if (was == is) {
      return;
    }
    SchemaRule rule =
        is
            ? either(SchemaRule.REQUEST_NULL_ALLOWED, SchemaRule.RESPONSE_NULL_ADDED)
            : either(SchemaRule.REQUEST_NULL_NO_LONGER_ALLOWED, SchemaRule.RESPONSE_NULL_REMOVED);
    add(rule, "type", is ? "null is allowed now" : "null is no longer allowed");
  }

  private void values(EnumSet<ValueType> common) {
    enumerations(common);
    int mark = pair.deltas.size();
    ValueComparison values = new ValueComparison(this);
    values.compare(common);
    List<Pair.Delta> found = pair.deltas.subList(mark, pair.deltas.size());
    boolean hurts = found.stream().anyMatch(each -> each.rule().impact() != Impact.COMPATIBLE);
    if (hurts && sourceValuesPass()) {
      found.removeIf(each -> each.rule().impact() != Impact.COMPATIBLE);
    }
    boolean doubted = found.stream().anyMatch(PairComparison::isOfScalars);
    if (isRequest() && doubted && !schemas.isBroken(source, judge, common)) {
      found.replaceAll(each -> isOfScalars(each) ? undecided(each) : each);
    }
  }

  private static boolean isOfScalars(Pair.Delta delta) {
    return (delta.rule() instanceof BoundRule bound && bound.isOfScalars() && bound.isBreaking())
        || OF_SCALARS.contains(delta.rule());
  }

  private static Pair.Delta undecided(Pair.Delta delta) {
    return new Pair.Delta(
        SchemaRule.REQUEST_VALUES_UNDECIDED,
        delta.step(),
        delta.before(),
        delta.after(),
        delta.message());
  }

  /** A bound that all listed values keep excludes none of them. */
  private boolean sourceValuesPass() {
    Optional<Map<String, JsonNode>> listed = source.enumeration();
    if (listed.isEmpty() || listed.get().size() > TRIED) {
      return false;
    }
    Map<String, JsonNode> values = new HashMap<>(listed.get());
    judge.enumeration().ifPresent(known -> values.keySet().retainAll(known.keySet()));
    return schemas.allow(isRequest(), judge.places(), values.values(), direction).orElse(false);
  }

  private void enumerations(EnumSet<ValueType> common) {
    Map<String, JsonNode> old = listed(before, common);
    Map<String, JsonNode> now = listed(after, common);
    if (old == null) {
      if (now != null) {
        add(
            either(SchemaRule.REQUEST_ENUM_ADDED, SchemaRule.RESPONSE_ENUM_ADDED),
            keyword(after),
            "any value was allowed; now only " + texts(now));
      }
    } else if (now == null) {
      add(
          either(SchemaRule.REQUEST_ENUM_REMOVED, SchemaRule.RESPONSE_ENUM_REMOVED),
          keyword(before),
          "any value is allowed; before only " + texts(old));
    } else if (!old.keySet().equals(now.keySet())) {
      listed(old, now);
    }
  }

  private void listed(Map<String, JsonNode> old, Map<String, JsonNode> now) {
    String keyword = keyword(after);
    if (keyword(before).equals("const") && keyword.equals("const")) {
      add(
          either(SchemaRule.REQUEST_CONST_CHANGED, SchemaRule.RESPONSE_CONST_CHANGED),
          keyword,
          "the only value changed from " + texts(old) + " to " + texts(now));
      return;
    }
    Map<String, JsonNode> removed = new LinkedHashMap<>(old);
    removed.keySet().removeAll(now.keySet());
    Map<String, JsonNode> added = new LinkedHashMap<>(now);
    added.keySet().removeAll(old.keySet());
    if (!removed.isEmpty()) {
      add(
          either(SchemaRule.REQUEST_ENUM_VALUE_REMOVED, SchemaRule.RESPONSE_ENUM_VALUE_REMOVED),
          keyword,
          texts(removed) + (removed.size() == 1 ? " was" : " were") + " removed");
    }
    if (!added.isEmpty()) {
      add(
          either(SchemaRule.REQUEST_ENUM_VALUE_ADDED, SchemaRule.RESPONSE_ENUM_VALUE_ADDED),
          keyword,
          texts(added) + (added.size() == 1 ? " was" : " were") + " added");
    }
  }

  private static String keyword(SchemaView view) {
    for (String keyword : List.of("enum", "const", "oneOf")) {
      if (!view.with(keyword).isEmpty()) {
        return keyword;
      }
    }
    return "anyOf";
  }

  private static String texts(Map<String, JsonNode> values) {
    return Texts.listed(values.values().stream().map(JsonNode::toString));
  }

  /** Lost and gained types are told already; true and false are all there is of booleans. */
  private static @Nullable Map<String, JsonNode> listed(
      SchemaView view, EnumSet<ValueType> common) {
    Optional<Map<String, JsonNode>> values = view.enumeration();
    if (values.isPresent()) {
      Map<String, JsonNode> listed = new LinkedHashMap<>(values.get());
      listed.values().removeIf(each -> !common.contains(ValueType.of(each)));
      return listed;
    }
    if (!EnumSet.of(ValueType.NULL, ValueType.BOOLEAN).containsAll(common)) {
      return null;
    }
    Map<String, JsonNode> all = new LinkedHashMap<>();
    for (JsonNode each : List.of(BooleanNode.TRUE, BooleanNode.FALSE, NullNode.getInstance())) {
      if (common.contains(ValueType.of(each))) {
        all.put(Texts.canonical(each), each);
      }
    }
    return all;
  }
}
