package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Unfusable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What all schemas that apply to one value say together. Filled by {@link Merge}. */
final class Facets {
  /** The types that are left; without those that other keywords rule out. */
  int types = Kinds.ANY;

  /** The types that keywords for objects and arrays have in mind. */
  int implied;

  /** Whether there is a {@code type} keyword. */
  boolean typed;

  /** Whether values of types that no keyword is about are valid too. */
  boolean untyped;

  /** Whether nothing can satisfy all schemas. */
  boolean never;

  final List<Check> text = new ArrayList<>();
  final List<Check> number = new ArrayList<>();
  final List<Check> array = new ArrayList<>();
  final List<Check> object = new ArrayList<>();
  final List<Format> formats = new ArrayList<>();

  /** The values {@code enum} and {@code const} leave; null when there is no such keyword. */
  @Nullable Map<String, Choice> allowed;

  @Nullable Origin allowedOrigin;

  final Map<String, List<Site>> properties = new LinkedHashMap<>();
  final Map<String, Origin> required = new LinkedHashMap<>();
  final List<Additional> additional = new ArrayList<>();
  final List<Site> items = new ArrayList<>();
  final List<Choices> unions = new ArrayList<>();
  final List<Unfusable> unfusable = new ArrayList<>();

  /** Keywords about how properties depend on each other. */
  final List<Dependency> rules = new ArrayList<>();

  /** Keywords about items by position and members by name. */
  final List<Dependency> places = new ArrayList<>();

  /** The schema where {@code unevaluatedProperties} stands, which is judged when all is known. */
  final List<Site> unevaluated = new ArrayList<>();

  /** Schemas whose {@code unevaluatedItems} is about items that are not evaluated beside it. */
  final List<Site> unevaluatedItems = new ArrayList<>();

  /** Whether items are described by position, so that no schema is about all of them. */
  boolean byPosition;

  /** Whether a {@code const} is among what leaves the values. */
  boolean constant;

  boolean readOnly;
  boolean writeOnly;
  boolean deprecated;
  String title = "";
  String description = "";
  @Nullable JsonNode defaultValue;
  @Nullable Origin defaultOrigin;

  /**
   * A value of {@code enum} or {@code const}.
   *
   * @param value the value
   * @param title a title of its own
   * @param description a description of its own
   */
  record Choice(JsonNode value, String title, String description) {}

  /**
   * A keyword that only some types have room for.
   *
   * @param site the schema it stands in
   * @param keyword the keyword
   */
  record Dependency(Site site, String keyword) {
    Unfusable unfusable() {
      return new Unfusable(keyword, Merge.reason(keyword), site.origin(keyword));
    }
  }

  /**
   * A {@code format}.
   *
   * @param name its name
   * @param origin where it is written
   */
  record Format(String name, Origin origin) {}

  /**
   * {@code additionalProperties} and the properties it is not about.
   *
   * @param schema the schema of the others
   * @param known the properties beside it
   */
  record Additional(Site schema, Set<String> known) {
    boolean closes() {
      return schema.node.isBoolean() && !schema.node.booleanValue();
    }
  }

  /**
   * {@code oneOf} or {@code anyOf}.
   *
   * @param site the schema it stands in
   * @param keyword which of the two
   * @param branches its schemas
   */
  record Choices(Site site, String keyword, List<Site> branches) {
    Site place() {
      return site.child(keyword);
    }

    boolean exactlyOne() {
      return keyword.equals("oneOf");
    }
  }

  boolean isNullable() {
    return (types & Kinds.NULL) != 0;
  }

  /** {@return what the schema demands that neither type nor checks of no record express} */
  List<Unfusable> unfusable() {
    List<Unfusable> all = new ArrayList<>(unfusable);
    rules.forEach(each -> all.add(each.unfusable()));
    places.forEach(each -> all.add(each.unfusable()));
    return all;
  }

  /** {@return whether properties, sizes or the like are demanded} */
  boolean hasObjectKeywords() {
    return !properties.isEmpty()
        || !required.isEmpty()
        || !additional.isEmpty()
        || !object.isEmpty()
        || !unevaluated.isEmpty();
  }

  /** {@return whether nothing is demanded but types and what a union says} */
  boolean isBare() {
    return !hasObjectKeywords()
        && text.isEmpty()
        && number.isEmpty()
        && array.isEmpty()
        && items.isEmpty()
        && formats.isEmpty()
        && allowed == null
        && rules.isEmpty()
        && places.isEmpty()
        && unfusable.isEmpty();
  }

  /** {@return whether an object may have properties that have no schema} */
  boolean isClosed() {
    return additional.stream().anyMatch(Additional::closes);
  }

  /** Leaves only the values that another keyword allows too. */
  void allow(Map<String, Choice> choices, Origin origin) {
    if (allowed == null) {
      allowed = new LinkedHashMap<>(choices);
      allowedOrigin = origin;
    } else {
      Set<String> kept = new LinkedHashSet<>(allowed.keySet());
      kept.retainAll(choices.keySet());
      Map<String, Choice> both = new LinkedHashMap<>();
      for (String key : kept) {
        Choice known = allowed.get(key);
        both.put(key, known == null || known.title().isEmpty() ? choices.get(key) : known);
      }
      allowed = both;
    }
  }

  /** {@return a text that is equal for values that are equal as JSON Schema says} */
  static String key(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().stripTrailingZeros().toString()
        : value.toString();
  }
}
