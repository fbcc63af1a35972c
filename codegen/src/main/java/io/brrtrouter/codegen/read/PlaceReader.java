package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Unfusable;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.read.Facets.Dependency;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.schema.Formats;
import io.brrtrouter.schema.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads keywords that say what a value is by its place in an array or object: {@code prefixItems},
 * {@code contains}, {@code patternProperties} and {@code propertyNames}.
 */
final class PlaceReader {
  private final TypeReader types;
  private final View view;
  private final Facets facets;
  private final Hint hint;
  private final List<Check> checks = new ArrayList<>();
  private final List<Dependency> left;

  /** Whether anything may follow the items that have a place. */
  private boolean isOpen;

  PlaceReader(TypeReader types, View view, Facets facets, Hint hint) {
    this.types = types;
    this.view = view;
    this.facets = facets;
    this.hint = hint;
    this.left = new ArrayList<>(facets.places);
  }

  /** {@return the checks that express keywords} */
  List<Check> checks() {
    return checks;
  }

  /** {@return what is left to the schema program} */
  List<Unfusable> unfusable() {
    List<Unfusable> all = new ArrayList<>(facets.unfusable);
    facets.rules.forEach(each -> all.add(each.unfusable()));
    left.forEach(each -> all.add(each.unfusable()));
    return all;
  }

  // Items.

  void readItems() {
    for (Dependency each : List.copyOf(left)) {
      switch (each.keyword()) {
        case "prefixItems" -> prefix(each.site());
        case "contains" -> contains(each.site());
        default -> {
          continue;
        }
      }
      left.remove(each);
    }
    if (facets.byPosition) {
      itemsEverywhere();
    }
  }

  /** {@return the type of every item, where each place has the same and nothing else follows} */
  Optional<JavaType> everyItem() {
    Set<JavaType> all = new HashSet<>();
    for (Check check : checks) {
      if (check instanceof Check.ByPosition(var _, var values, var others)) {
        all.addAll(Stream.concat(values.stream(), others.stream()).map(PlaceReader::bare).toList());
      }
    }
    boolean one = all.size() == 1 && !all.contains(new JavaType.Tree());
    return one && !isOpen ? Optional.of(all.iterator().next()) : Optional.empty();
  }

  /** Null has no place in a list of Java values. */
  private static JavaType bare(Value value) {
    boolean plain = value.type() instanceof JavaType.Simple && !value.nullable();
    return plain ? value.type() : new JavaType.Tree();
  }

  private void prefix(Site site) {
    List<Value> values =
        site.list("prefixItems").stream().map(each -> value(each, hint.item())).toList();
    Origin origin = site.origin("prefixItems");
    Site items = site.child(otherItems(site));
    boolean closed = items.node.isBoolean() && !items.node.booleanValue();
    Optional<Value> others =
        items.node.isObject() ? Optional.of(value(items, hint.item())) : Optional.empty();
    checks.add(new Check.ByPosition(origin, values, others));
    isOpen |= !closed && others.isEmpty();
    if (closed) {
      checks.add(new Check.MaxItems(origin, values.size()));
    }
  }

  private String otherItems(Site site) {
    return facets.items.contains(site.child("unevaluatedItems")) ? "unevaluatedItems" : "items";
  }

  /** Schemas without a prefix are about the first items too. */
  private void itemsEverywhere() {
    for (Site items : facets.items) {
      boolean isOther =
          facets.places.stream()
              .filter(each -> each.keyword().equals("prefixItems"))
              .anyMatch(each -> each.site().child(otherItems(each.site())).equals(items));
      if (!isOther) {
        checks.add(
            new Check.ByPosition(
                items.origin(), List.of(), Optional.of(value(items, hint.item()))));
      }
    }
  }

  private void contains(Site site) {
    int least = count(site.node.path("minContains"), 1);
    int most = count(site.node.path("maxContains"), Integer.MAX_VALUE);
    List<Site> both = new ArrayList<>(List.of(site.child("contains")));
    if (!facets.byPosition) {
      // Whatever is no item at all makes the array invalid by itself.
      both.addAll(facets.items);
    }
    Value value = types.value(Group.of(both), new Hint(hint.name(), "Contained"), view);
    checks.add(new Check.Contains(site.origin("contains"), value, least, most));
  }

  private static int count(JsonNode node, int otherwise) {
    return node.isNumber()
        ? node.decimalValue().min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue()
        : otherwise;
  }

  private Value value(Site site, Hint own) {
    return types.value(site, own, view);
  }

  // Members.

  boolean hasPatterns() {
    return left.stream().anyMatch(each -> each.keyword().equals("patternProperties"));
  }

  /** {@return the type of every member of an object without known properties} */
  Value readMembers(Origin origin) {
    for (Dependency each : List.copyOf(left)) {
      if (each.keyword().equals("propertyNames") && names(each.site())) {
        left.remove(each);
      }
    }
    Map<String, Site> patterns = new LinkedHashMap<>();
    List<Dependency> some =
        left.stream().filter(each -> each.keyword().equals("patternProperties")).toList();
    if (some.size() != 1) {
      return rest(origin);
    }
    patterns.putAll(some.getFirst().site().map("patternProperties"));
    boolean known =
        facets.additional.stream()
            .allMatch(each -> isBeside(each.schema(), some.getFirst().site()));
    if (!known || !patterns.keySet().stream().allMatch(Patterns::isLinear)) {
      return facets.isClosed() ? Value.of(new JavaType.Tree(), origin) : rest(origin);
    }
    if (facets.isClosed()) {
      left.removeAll(some);
      return closed(patterns, some.getFirst().site().origin("patternProperties"), origin);
    }
    if (patterns.values().stream().allMatch(this::isHeld)) {
      left.removeAll(some);
      byName(patterns);
    }
    return rest(origin);
  }

  private static boolean isBeside(Site additional, Site owner) {
    return owner.child("additionalProperties").equals(additional);
  }

  private Value rest(Origin origin) {
    return types.rest(facets, hint, view).orElseGet(() -> Value.of(new JavaType.Tree(), origin));
  }

  private void byName(Map<String, Site> patterns) {
    patterns.forEach((pattern, schema) ->
        checks.add(new Check.ByName(schema.origin(), pattern, value(schema, hint.value()))));
  }

  private Value closed(Map<String, Site> patterns, Origin keyword, Origin origin) {
    String any =
        patterns.size() == 1
            ? patterns.keySet().iterator().next()
            : patterns.keySet().stream()
                .map(pattern -> "(?:" + pattern + ")")
                .collect(Collectors.joining("|"));
    checks.add(
        new Check.Names(keyword, "patternProperties", List.of(new Check.Matches(keyword, any))));
    if (patterns.size() == 1) {
      return value(patterns.values().iterator().next(), hint.value());
    }
    byName(patterns);
    return Value.of(new JavaType.Tree(), origin);
  }

  /** Whether the type of other members has room for whatever a schema allows. */
  private boolean isHeld(Site schema) {
    List<Site> sites = facets.additional.stream().map(Facets.Additional::schema).toList();
    if (sites.isEmpty()) {
      return true;
    }
    Facets others = types.merge.of(Group.of(sites));
    Facets own = types.merge.of(Group.of(schema));
    return others.isBare()
        && others.unions.isEmpty()
        && !others.untyped
        && (own.types & ~others.types) == 0;
  }

  private boolean names(Site site) {
    Site schema = site.child("propertyNames");
    if (!schema.node.isObject()) {
      return false;
    }
    Facets names = types.merge.of(Group.of(schema).only(Kinds.STRING));
    if (!names.unions.isEmpty() || !names.unfusable().isEmpty() || names.never) {
      return false;
    }
    List<Check> each = new ArrayList<>(names.text);
    for (Facets.Format format : names.formats) {
      if (Formats.named(format.name()).isPresent()) {
        each.add(new Check.HasFormat(format.origin(), format.name()));
      }
    }
    if (names.allowed != null && names.allowedOrigin != null) {
      each.add(
          new Check.Allowed(
              names.allowedOrigin,
              names.allowed.values().stream().map(Facets.Choice::value).toList()));
    }
    if (!each.isEmpty()) {
      checks.add(new Check.Names(site.origin("propertyNames"), "propertyNames", each));
    }
    return true;
  }
}
