package io.brrtrouter.openapi.diff;

import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What schemas say together, however they are spread over references and {@code allOf}: a value is
 * valid if it is for each part.
 */
final class SchemaView {
  /** Alternatives in alternatives, beyond which any type may be meant. */
  private static final int MAX_DEPTH = 40;

  /** What may stand beside a value without excluding others. */
  private static final Set<String> OF_VALUES =
      Set.of("const", "enum", "type", "title", "description", "deprecated", "examples");

  /** Formats that numbers with a fraction do not have. */
  private static final Set<String> WHOLE = Set.of("int32", "int64");

  private final Schemas schemas;
  private final List<Place> places;
  private final List<Place> parts = new ArrayList<>();
  private boolean never;
  private @Nullable EnumSet<ValueType> types;
  private boolean typing;
  private @Nullable List<Choice> choices;

  /**
   * A {@code oneOf} or {@code anyOf}.
   *
   * @param part the schema that has it
   * @param keyword which of the two
   * @param branches the alternatives
   */
  record Choice(Place part, String keyword, List<Place> branches) {
    boolean isExclusive() {
      return keyword.equals("oneOf");
    }

    /** {@return whether it says no more than an {@code enum}, with a text for each value} */
    boolean isList() {
      return !branches.isEmpty() && branches.stream().allMatch(Choice::isValue);
    }

    private static boolean isValue(Place branch) {
      return (branch.node().has("const") || branch.node().has("enum"))
          && branch.node().propertyNames().stream()
              .allMatch(name -> OF_VALUES.contains(name) || name.startsWith("x-"));
    }
  }

  SchemaView(Schemas schemas, List<Place> places) {
    this.schemas = schemas;
    this.places = places;
    Set<Place> seen = new HashSet<>();
    Deque<Place> open = new ArrayDeque<>(places);
    while (!open.isEmpty()) {
      Place place = open.pop();
      if (place.node().isBoolean()) {
        never |= !place.node().booleanValue();
      } else if (seen.add(place)) {
        parts.add(place);
        composed(place).reversed().forEach(open::push);
      }
    }
  }

  private List<Place> composed(Place place) {
    List<Place> composed = new ArrayList<>();
    if (place.has(Place.REFERENCES)) {
      schemas.reference(place, "$ref").ifPresent(composed::add);
      schemas.reference(place, "$dynamicRef").ifPresent(composed::add);
      composed.addAll(place.items("allOf"));
    }
    return composed;
  }

  /** {@return the schemas that this is made of} */
  List<Place> places() {
    return places;
  }

  /** {@return every schema that counts, those that are referred to included} */
  List<Place> parts() {
    return parts;
  }

  /** {@return the parts that have a keyword} */
  List<Place> with(String keyword) {
    return parts.stream().filter(part -> part.node().has(keyword)).toList();
  }

  /** {@return the values of a keyword} */
  List<JsonNode> values(String keyword) {
    return with(keyword).stream().map(part -> part.keyword(keyword)).toList();
  }

  /** {@return the value of a keyword that only informs: the first one} */
  Optional<JsonNode> first(String keyword) {
    return values(keyword).stream().findFirst();
  }

  boolean isTrue(String keyword) {
    return values(keyword).stream().anyMatch(each -> each.isBoolean() && each.booleanValue());
  }

  /** {@return where a keyword is written, else the schema; null when there is no schema} */
  @Nullable SourceLocation location(String keyword) {
    Place with = Place.written(with(keyword));
    return with == null ? location() : with.location(keyword);
  }

  @Nullable SourceLocation location() {
    Place nearest = nearest();
    return nearest == null ? null : nearest.location();
  }

  /** {@return the schema that says what it is, not a reference with a description beside it} */
  @Nullable Place nearest() {
    Place typed = Place.written(with("type"));
    return typed == null ? Place.written(places) : typed;
  }

  /** {@return the types that a value may have; none when no value is valid} */
  EnumSet<ValueType> types() {
    return types(0);
  }

  private EnumSet<ValueType> types(int depth) {
    if (types != null) {
      return EnumSet.copyOf(types);
    }
    if (typing || depth > MAX_DEPTH) {
      return ValueType.all();
    }
    typing = true;
    EnumSet<ValueType> all = never ? EnumSet.noneOf(ValueType.class) : ValueType.all();
    values("type").forEach(type -> all.retainAll(ValueType.named(type)));
    if (values("format").stream().anyMatch(each -> WHOLE.contains(each.asString("")))) {
      all.remove(ValueType.FRACTION);
    }
    if (values("multipleOf").stream().anyMatch(SchemaView::isWhole)) {
      all.remove(ValueType.FRACTION);
    }
    enumeration()
        .ifPresent(values -> {
          EnumSet<ValueType> used = EnumSet.noneOf(ValueType.class);
          values.values().forEach(value -> used.add(ValueType.of(value)));
          all.retainAll(used);
        });
    for (Choice choice : choices()) {
      EnumSet<ValueType> any = EnumSet.noneOf(ValueType.class);
      choice
          .branches()
          .forEach(
              branch -> any.addAll(schemas.view(List.of(schemas.target(branch))).types(depth + 1)));
      all.retainAll(any);
    }
    typing = false;
    // Kept even where it was cut off, so that alternatives of alternatives are looked at once.
    types = all;
    return EnumSet.copyOf(all);
  }

  private static boolean isWhole(JsonNode value) {
    return value.isNumber() && ValueType.of(value) == ValueType.INTEGER;
  }

  /**
   * {@return the values that {@code enum} and {@code const} leave, and alternatives that are such
   * lists; empty when there are none}
   */
  Optional<Map<String, JsonNode>> enumeration() {
    Map<String, JsonNode> values = null;
    for (Place part : parts) {
      for (Map<String, JsonNode> listed : lists(part)) {
        if (values == null) {
          values = new LinkedHashMap<>(listed);
        } else {
          values.keySet().retainAll(listed.keySet());
        }
      }
    }
    return Optional.ofNullable(values);
  }

  private static List<Map<String, JsonNode>> lists(Place part) {
    List<Map<String, JsonNode>> lists = new ArrayList<>();
    if (part.node().has("enum")) {
      lists.add(listed(part.keyword("enum"), true));
    }
    if (part.node().has("const")) {
      lists.add(listed(part.keyword("const"), false));
    }
    for (Choice choice : choices(part)) {
      if (choice.isList()) {
        Map<String, JsonNode> any = new LinkedHashMap<>();
        choice.branches().forEach(branch -> lists(branch).forEach(any::putAll));
        lists.add(any);
      }
    }
    return lists;
  }

  private static Map<String, JsonNode> listed(JsonNode value, boolean list) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    if (list && value.isArray()) {
      value.forEach(each -> values.putIfAbsent(Texts.canonical(each), each));
    } else {
      values.put(Texts.canonical(value), value);
    }
    return values;
  }

  /** {@return the choices that are more than lists of values} */
  List<Choice> choices() {
    if (choices == null) {
      choices =
          parts.stream()
              .flatMap(part -> choices(part).stream())
              .filter(choice -> !choice.isList())
              .toList();
    }
    return choices;
  }

  private static List<Choice> choices(Place part) {
    List<Choice> choices = new ArrayList<>();
    if (part.has(Place.ONE_OF) && part.keyword("oneOf").isArray()) {
      choices.add(new Choice(part, "oneOf", part.items("oneOf")));
    }
    if (part.has(Place.ANY_OF) && part.keyword("anyOf").isArray()) {
      choices.add(new Choice(part, "anyOf", part.items("anyOf")));
    }
    return choices;
  }

  /** {@return the schemas of this without a choice, but with one of its branches} */
  List<Place> choosing(Choice choice, Place branch) {
    List<Place> chosen = new ArrayList<>(without(choice));
    chosen.add(schemas.target(branch));
    return chosen;
  }

  /** {@return the schemas of this without a choice} */
  List<Place> without(Choice choice) {
    int keyword = choice.isExclusive() ? Place.ONE_OF : Place.ANY_OF;
    List<Place> rest = new ArrayList<>();
    for (Place part : parts) {
      Place alone = part.without(Place.REFERENCES);
      Place left = part.equals(choice.part()) ? alone.without(keyword) : alone;
      if (!left.node().isEmpty()) {
        rest.add(left);
      }
    }
    return rest;
  }

  /** {@return a text that keywords have that say the same, wherever references lead} */
  String resolved(Place part, String keyword) {
    return ResolvedText.of(schemas, part, keyword);
  }

  /** {@return where a schema in this really stands} */
  Place target(Place place) {
    return schemas.target(place);
  }

  /** {@return the schemas that a keyword of the parts has} */
  List<Place> children(String keyword) {
    List<Place> children = new ArrayList<>();
    parts.forEach(part -> part.child(keyword).map(schemas::target).ifPresent(children::add));
    return children;
  }

  /** {@return the names that an object of schemas has in any part} */
  Set<String> names(String keyword) {
    Set<String> names = new LinkedHashSet<>();
    values(keyword).forEach(each -> names.addAll(each.propertyNames()));
    return names;
  }

  /** {@return the schemas that objects of schemas have under a name} */
  List<Place> members(String keyword, String name) {
    List<Place> members = new ArrayList<>();
    parts.forEach(part -> part.member(keyword, name).map(schemas::target).ifPresent(members::add));
    return members;
  }

  /** {@return what is said about a property} */
  SchemaView member(String property) {
    return schemas.view(members("properties", property));
  }

  Set<String> required() {
    Set<String> required = new LinkedHashSet<>();
    values("required").forEach(names -> names.forEach(name -> required.add(name.asString(""))));
    return required;
  }

  /** {@return whether properties that are not listed are refused} */
  boolean isClosed() {
    return parts.stream()
        .anyMatch(part ->
            isFalse(part.keyword("additionalProperties"))
                || isFalse(part.keyword("unevaluatedProperties")));
  }

  private static boolean isFalse(JsonNode value) {
    return value.isBoolean() && !value.booleanValue();
  }

  /** {@return what properties that are not listed must satisfy} */
  List<Place> additional() {
    return children("additionalProperties");
  }
}
