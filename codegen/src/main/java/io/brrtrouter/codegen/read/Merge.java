package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Unfusable;
import io.brrtrouter.codegen.read.Facets.Additional;
import io.brrtrouter.codegen.read.Facets.Choice;
import io.brrtrouter.codegen.read.Facets.Choices;
import io.brrtrouter.codegen.read.Facets.Dependency;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.schema.Formats;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Puts all schemas together that apply to one value: through {@code $ref} and {@code allOf}, and
 * through {@code oneOf} and {@code anyOf} where they only list values.
 */
final class Merge {
  /** Keywords that annotate; they demand nothing. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "title",
          "description",
          "default",
          "deprecated",
          "readOnly",
          "writeOnly",
          "example",
          "examples",
          "externalDocs",
          "xml",
          "$comment",
          "$schema",
          "$id",
          "$anchor",
          "$dynamicAnchor",
          "$defs",
          "definitions");

  private static final Map<String, String> UNFUSABLE =
      Map.of(
          "not", "the negation of a schema",
          "if", "a condition",
          "patternProperties", "properties by pattern",
          "dependentRequired", "properties that depend on others",
          "dependentSchemas", "schemas that depend on properties",
          "dependencies", "what depends on properties",
          "contains", "a demand on some item",
          "propertyNames", "a schema for names",
          "prefixItems", "items by position",
          "$dynamicRef", "a reference that depends on the caller");

  private static final Set<String> NUMERIC_FORMATS = Set.of("int32", "int64", "float", "double");

  private final References references;
  private final Map<Group, Facets> merged = new HashMap<>();
  private final Map<Group, Group> normalized = new HashMap<>();

  Merge(References references) {
    this.references = references;
  }

  /** {@return whether a keyword demands nothing} */
  static boolean isAnnotation(String keyword) {
    return ANNOTATIONS.contains(keyword) || keyword.startsWith("x-");
  }

  /**
   * {@return the same group with each schema that only refers to another one replaced by it, and
   * without schemas that demand nothing}
   */
  Group normal(Group group) {
    Group known = normalized.get(group);
    if (known == null) {
      known = normalize(group);
      normalized.put(group, known);
    }
    return known;
  }

  private Group normalize(Group group) {
    List<Layer> layers = new ArrayList<>();
    for (Layer layer : group.layers()) {
      Layer last = last(layer);
      if (!isEverything(last)) {
        layers.add(last);
      }
    }
    if (layers.isEmpty()) {
      return new Group(List.of(last(group.layers().getFirst())));
    }
    return new Group(withoutTypes(layers));
  }

  /** Leaves out schemas that demand a type only, where the others demand it already. */
  private List<Layer> withoutTypes(List<Layer> layers) {
    List<Layer> others =
        layers.stream().filter(layer -> !demands(layer).equals(List.of("type"))).toList();
    if (others.isEmpty() || others.size() == layers.size()) {
      return layers;
    }
    int types = Kinds.ANY;
    for (Layer layer : layers) {
      if (!others.contains(layer)) {
        types &= Kinds.of(layer.site().node.path("type")) & layer.types();
      }
    }
    Facets together = of(new Group(others));
    return !together.untyped && (together.types & ~types) == 0 ? others : layers;
  }

  /** {@return the schemas a layer leads to by only referring to another one, itself first} */
  List<Site> chain(Layer layer) {
    Set<Site> seen = new LinkedHashSet<>();
    Site site = layer.site();
    while (seen.add(site)) {
      site = next(layer.at(site)).orElse(site);
    }
    return List.copyOf(seen);
  }

  private Layer last(Layer layer) {
    return layer.at(chain(layer).getLast());
  }

  private Optional<Site> next(Layer layer) {
    Site site = layer.site();
    List<String> demands = demands(layer);
    if (demands.size() == 2 && demands.remove("type")) {
      Optional<Site> next = step(site, demands);
      int types = Kinds.of(site.node.path("type"));
      return next.filter(target -> {
        Facets facets = of(Group.of(target));
        return !facets.untyped && (facets.types & ~types) == 0;
      });
    }
    return demands.size() == 1 ? step(site, demands) : Optional.empty();
  }

  private Optional<Site> step(Site site, List<String> demands) {
    String keyword = demands.getFirst();
    return switch (keyword) {
      case "$ref" -> references.target(site, keyword);
      case "allOf" ->
          site.list(keyword).stream().filter(any -> site.list(keyword).size() == 1).findFirst();
      default -> Optional.empty();
    };
  }

  private static boolean isEverything(Layer layer) {
    JsonNode node = layer.site().node;
    return layer.types() == Kinds.ANY
        && (node.isBoolean() ? node.booleanValue() : demands(layer).isEmpty());
  }

  /** The keywords of a layer that demand something. */
  private static List<String> demands(Layer layer) {
    List<String> demands = new ArrayList<>();
    Site site = layer.site();
    if (site.node.isObject()) {
      boolean union = false;
      for (String keyword : site.node.propertyNames()) {
        if (!isAnnotation(keyword)
            && (layer.without().isEmpty() || !layer.without().contains(site.child(keyword)))) {
          demands.add(keyword);
        }
        union |= keyword.endsWith("Of") && !keyword.equals("allOf");
      }
      if (union || demands.size() > 1) {
        demands.remove("discriminator");
      }
    }
    return demands;
  }

  /** {@return what the schemas of a group say together; not to be changed} */
  Facets of(Group group) {
    Facets known = merged.get(group);
    if (known == null) {
      known = merge(group);
      merged.put(group, known);
    }
    return known;
  }

  private Facets merge(Group group) {
    Facets facets = new Facets();
    Set<Site> seen = new HashSet<>();
    for (Layer layer : group.layers()) {
      facets.types &= layer.types();
      add(layer, facets, seen, true, true);
    }
    settle(facets, group);
    return facets;
  }

  private void add(Layer layer, Facets facets, Set<Site> seen, boolean flags, boolean docs) {
    Site site = layer.site();
    if (!seen.add(site)) {
      return;
    }
    if (site.node.isBoolean() && !site.node.booleanValue()) {
      facets.never = true;
    }
    if (!site.node.isObject()) {
      return;
    }
    annotations(site, facets, flags, docs);
    boolean alone = demands(layer).size() == 1;
    if (!site.node.path("additionalProperties").isMissingNode()) {
      facets.additional.add(
          new Additional(
              site.child("additionalProperties"),
              new LinkedHashSet<>(site.node.path("properties").propertyNames())));
    }
    for (String keyword : List.of("$ref", "$dynamicRef")) {
      if (site.node.path(keyword).isString()) {
        references
            .target(site, keyword)
            .ifPresent(target -> add(layer.at(target), facets, seen, flags, docs && alone));
      }
    }
    for (Site part : site.list("allOf")) {
      boolean referred = part.node.has("$ref") && site.node.path("allOf").size() > 1;
      add(layer.at(part), facets, seen, flags, docs && !referred);
    }
    for (String keyword : site.node.propertyNames()) {
      keyword(site, keyword, facets);
    }
    union(layer, "oneOf", facets);
    union(layer, "anyOf", facets);
  }

  private static void annotations(Site site, Facets facets, boolean flags, boolean docs) {
    if (docs && facets.title.isEmpty()) {
      facets.title = site.text("title");
    }
    if (docs && facets.description.isEmpty()) {
      facets.description = site.text("description");
    }
    if (facets.defaultValue == null && site.node.has("default")) {
      facets.defaultValue = site.node.get("default");
      facets.defaultOrigin = site.origin("default");
    }
    if (flags) {
      facets.readOnly |= site.flag("readOnly");
      facets.writeOnly |= site.flag("writeOnly");
      facets.deprecated |= site.flag("deprecated");
    }
  }

  private void keyword(Site site, String keyword, Facets facets) {
    JsonNode value = site.node.path(keyword);
    switch (keyword) {
      case "type" -> {
        facets.typed = true;
        facets.types &= Kinds.of(value);
      }
      case "enum" -> facets.allow(choices(value), site.origin(keyword));
      case "const" -> {
        facets.constant = true;
        facets.allow(Map.of(Facets.key(value), new Choice(value, "", "")), site.origin(keyword));
      }
      case "format" ->
          facets.formats.add(new Facets.Format(site.text(keyword), site.origin(keyword)));
      case "minLength" -> facets.text.add(new Check.MinLength(site.origin(keyword), count(value)));
      case "maxLength" -> facets.text.add(new Check.MaxLength(site.origin(keyword), count(value)));
      case "pattern" -> {
        if (Patterns.isLinear(site.text(keyword))) {
          facets.text.add(new Check.Matches(site.origin(keyword), site.text(keyword)));
        } else {
          facets.unfusable.add(
              new Unfusable(keyword, "a pattern that is not linear", site.origin(keyword)));
        }
      }
      case "minimum", "exclusiveMinimum" ->
          facets.number.add(
              new Check.Minimum(site.origin(keyword), decimal(value), keyword.startsWith("ex")));
      case "maximum", "exclusiveMaximum" ->
          facets.number.add(
              new Check.Maximum(site.origin(keyword), decimal(value), keyword.startsWith("ex")));
      case "multipleOf" ->
          facets.number.add(new Check.MultipleOf(site.origin(keyword), decimal(value)));
      case "items" -> {
        facets.implied |= Kinds.ARRAY;
        facets.items.add(site.child(keyword));
      }
      case "minItems" -> array(facets, new Check.MinItems(site.origin(keyword), count(value)));
      case "maxItems" -> array(facets, new Check.MaxItems(site.origin(keyword), count(value)));
      case "uniqueItems" -> {
        if (site.flag(keyword)) {
          array(facets, new Check.UniqueItems(site.origin(keyword)));
        }
      }
      case "properties" -> {
        facets.implied |= Kinds.OBJECT;
        site.map(keyword)
            .forEach((name, property) ->
                facets.properties.computeIfAbsent(name, any -> new ArrayList<>()).add(property));
      }
      case "required" -> required(site, value, facets);
      case "additionalProperties" -> facets.implied |= Kinds.OBJECT;
      case "minProperties" ->
          object(facets, new Check.MinProperties(site.origin(keyword), count(value)));
      case "maxProperties" ->
          object(facets, new Check.MaxProperties(site.origin(keyword), count(value)));
      case "unevaluatedProperties" -> facets.unevaluated.add(site);
      case "unevaluatedItems" -> {
        boolean everything = value.isBoolean() && value.booleanValue();
        if (!everything && !site.node.has("items")) {
          facets.unevaluatedItems.add(site);
        }
      }
      case "prefixItems" -> {
        facets.byPosition = true;
        facets.implied |= Kinds.ARRAY;
        facets.places.add(new Dependency(site, keyword));
      }
      case "contains" -> facets.places.add(new Dependency(site, keyword));
      case "patternProperties", "propertyNames" -> {
        if (!value.isEmpty() || value.isBoolean()) {
          facets.places.add(new Dependency(site, keyword));
        }
      }
      case "not", "dependentRequired", "dependentSchemas" ->
          facets.rules.add(new Dependency(site, keyword));
      case "if" -> {
        if (site.node.has("then") || site.node.has("else")) {
          facets.rules.add(new Dependency(site, keyword));
        }
      }
      default -> {
        String reason = UNFUSABLE.get(keyword);
        if (reason != null && !(keyword.endsWith("Properties") && value.isEmpty())) {
          facets.unfusable.add(new Unfusable(keyword, reason, site.origin(keyword)));
        }
      }
    }
  }

  private static void array(Facets facets, Check check) {
    facets.implied |= Kinds.ARRAY;
    facets.array.add(check);
  }

  private static void object(Facets facets, Check check) {
    facets.implied |= Kinds.OBJECT;
    facets.object.add(check);
  }

  private static void required(Site site, JsonNode value, Facets facets) {
    facets.implied |= value.isEmpty() ? 0 : Kinds.OBJECT;
    for (int i = 0; i < value.size(); i++) {
      if (value.get(i).isString()) {
        facets.required.putIfAbsent(value.get(i).stringValue(), site.origin("required"));
      }
    }
  }

  private static Map<String, Choice> choices(JsonNode values) {
    Map<String, Choice> choices = new LinkedHashMap<>();
    for (JsonNode value : values) {
      choices.putIfAbsent(Facets.key(value), new Choice(value, "", ""));
    }
    return choices;
  }

  private static int count(JsonNode value) {
    return value.decimalValue().min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
  }

  private static BigDecimal decimal(JsonNode value) {
    return value.decimalValue();
  }

  /** A union that lists values is an enum; any other is left to whoever asked. */
  private void union(Layer layer, String keyword, Facets facets) {
    Site site = layer.site();
    List<Site> branches = site.list(keyword);
    if (branches.isEmpty()
        || (!layer.without().isEmpty() && layer.without().contains(site.child(keyword)))) {
      return;
    }
    if (isDemandOnly(branches)) {
      facets.rules.add(new Dependency(site, keyword));
      return;
    }
    Map<String, Choice> values = new LinkedHashMap<>();
    for (Site branch : branches) {
      if (!isValue(branch) || values.put(Facets.key(value(branch)), choice(branch)) != null) {
        facets.unions.add(new Choices(site, keyword, branches));
        return;
      }
    }
    if (branches.size() == 1 && Kinds.ofValue(value(branches.getFirst())) == Kinds.NULL) {
      facets.types &= Kinds.NULL;
    }
    facets.allow(values, site.origin(keyword));
  }

  /** Whether no branch says what the value is. */
  private boolean isDemandOnly(List<Site> branches) {
    return branches.stream()
        .allMatch(branch -> {
          Facets facets = of(Group.of(branch));
          boolean demand =
              branch.node.has("required")
                  || branch.node.has("not")
                  || branch.node.has("minProperties");
          return demand
              && branch.node.path("properties").isEmpty()
              && !branch.node.has("$ref")
              && !branch.node.has("allOf")
              && facets.unions.isEmpty()
              && facets.items.isEmpty()
              && facets.allowed == null;
        });
  }

  /** {@return why a keyword is left to the schema program} */
  static String reason(String keyword) {
    return UNFUSABLE.getOrDefault(
        keyword, "alternatives that differ in what they demand, not in type");
  }

  private static JsonNode value(Site branch) {
    return branch.node.path("const").isMissingNode()
        ? branch.node.path("enum").path(0)
        : branch.node.path("const");
  }

  private static Choice choice(Site branch) {
    return new Choice(value(branch), branch.text("title"), branch.text("description"));
  }

  /** Whether a branch is one value and nothing else. */
  private static boolean isValue(Site branch) {
    JsonNode node = branch.node;
    boolean single = node.has("const") || node.path("enum").size() == 1;
    for (String keyword : node.propertyNames()) {
      boolean about = Set.of("const", "enum").contains(keyword) || isAnnotation(keyword);
      boolean type =
          keyword.equals("type")
              && (Kinds.of(node.path("type")) & Kinds.ofValue(value(branch))) != 0;
      single &= about || type;
    }
    return single && !(node.has("const") && node.has("enum"));
  }

  /** Draws the conclusions that need all keywords. */
  private void settle(Facets facets, Group group) {
    Map<String, Choice> allowed = facets.allowed;
    if (allowed != null) {
      allowed.values().removeIf(choice -> (Kinds.ofValue(choice.value()) & facets.types) == 0);
      facets.text.removeIf(check -> isDecided(check, allowed));
      int kinds = 0;
      for (Choice choice : allowed.values()) {
        kinds |= Kinds.ofValue(choice.value());
      }
      facets.types &= kinds;
    }
    if (facets.types == Kinds.ANY
        && !facets.typed
        && facets.implied != 0
        && facets.unions.isEmpty()) {
      untyped(facets);
    }
    facets.never |= facets.types == 0;
    facets.formats.removeIf(format ->
        !NUMERIC_FORMATS.contains(format.name()) && Formats.named(format.name()).isEmpty());
    closeProperties(facets);
    unevaluated(facets, group);
    unevaluatedItems(facets, group);
  }

  /** Where all items are evaluated in one schema, {@code unevaluatedItems} is its {@code items}. */
  private void unevaluatedItems(Facets facets, Group group) {
    for (Site site : facets.unevaluatedItems) {
      boolean reducible =
          facets.unions.isEmpty()
              && facets.unfusable.isEmpty()
              && facets.items.isEmpty()
              && facets.unevaluatedItems.size() == 1
              && facets.rules.stream().allMatch(rule -> knowsAll(rule, Set.of()))
              && facets.places.stream()
                  .allMatch(
                      place -> place.keyword().equals("prefixItems") && place.site().equals(site))
              && group.layers().size() == 1
              && chain(group.layers().getFirst()).contains(site);
      if (reducible) {
        facets.items.add(site.child("unevaluatedItems"));
      } else {
        facets.unfusable.add(
            new Unfusable(
                "unevaluatedItems",
                "items no other keyword is about",
                site.origin("unevaluatedItems")));
      }
    }
  }

  /** Without a type other values are valid too; where one type is meant, its decoder says so. */
  private static void untyped(Facets facets) {
    Origin origin = firstOrigin(facets);
    facets.types = facets.implied;
    facets.untyped = true;
    switch (facets.implied) {
      case Kinds.OBJECT -> facets.object.add(new Check.Untyped(origin));
      case Kinds.ARRAY -> facets.array.add(new Check.Untyped(origin));
      default ->
          facets.unfusable.add(
              new Unfusable("type", "without it values of other types pass", origin));
    }
  }

  /** Leaves only the strings of a length; whether that was decided here. */
  private static boolean isDecided(Check check, Map<String, Choice> allowed) {
    switch (check) {
      case Check.MinLength(var _, var length) ->
          allowed.values().removeIf(choice -> isText(choice) && length(choice) < length);
      case Check.MaxLength(var _, var length) ->
          allowed.values().removeIf(choice -> isText(choice) && length(choice) > length);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(Choice choice) {
    return choice.value().isString();
  }

  private static int length(Choice choice) {
    String text = choice.value().stringValue();
    return text.codePointCount(0, text.length());
  }

  private static Origin firstOrigin(Facets facets) {
    if (!facets.properties.isEmpty()) {
      Site property = facets.properties.values().iterator().next().getFirst();
      String parent = property.pointer.substring(0, property.pointer.lastIndexOf("/properties/"));
      return new Origin(
          property.resource.uri(), parent, property.resource.sources().locate(parent));
    }
    if (!facets.items.isEmpty()) {
      return facets.items.getFirst().origin();
    }
    if (!facets.required.isEmpty()) {
      return facets.required.values().iterator().next();
    }
    if (!facets.additional.isEmpty()) {
      return facets.additional.getFirst().schema().origin();
    }
    if (!facets.array.isEmpty()) {
      return facets.array.getFirst().origin();
    }
    if (!facets.places.isEmpty()) {
      return facets.places.getFirst().site().origin();
    }
    return facets.object.isEmpty()
        ? facets.unfusable.getFirst().origin()
        : facets.object.getFirst().origin();
  }

  /** The properties of one schema are additional ones to another. */
  private static void closeProperties(Facets facets) {
    for (Additional additional : facets.additional) {
      if (additional.schema().node.isBoolean() && additional.schema().node.booleanValue()) {
        continue;
      }
      facets.properties.forEach((name, sites) -> {
        if (!additional.known().contains(name)) {
          sites.add(additional.schema());
        }
      });
    }
    for (String name : facets.required.keySet()) {
      if (!facets.properties.containsKey(name)) {
        List<Site> schemas = new ArrayList<>();
        facets.additional.forEach(additional -> schemas.add(additional.schema()));
        facets.properties.put(name, schemas);
      }
    }
  }

  /** Whether a keyword evaluates no properties but some. */
  private static boolean knowsAll(Dependency rule, Set<String> known) {
    return switch (rule.keyword()) {
      case "not", "dependentRequired" -> true;
      case "if" ->
          List.of("if", "then", "else").stream()
              .allMatch(each -> knowsAll(rule.site().node.path(each), known));
      case "dependentSchemas" ->
          rule.site()
              .node
              .path(rule.keyword())
              .valueStream()
              .allMatch(each -> knowsAll(each, known));
      default -> false;
    };
  }

  private static boolean knowsAll(JsonNode schema, Set<String> known) {
    for (String keyword : schema.propertyNames()) {
      boolean harmless =
          switch (keyword) {
            case "properties" -> known.containsAll(schema.path(keyword).propertyNames());
            case "type", "required", "not", "dependentRequired", "minProperties", "maxProperties" ->
                true;
            default -> isAnnotation(keyword);
          };
      if (!harmless) {
        return false;
      }
    }
    return true;
  }

  /** Where every property is known, {@code unevaluatedProperties} is about the others. */
  private void unevaluated(Facets facets, Group group) {
    for (Site site : facets.unevaluated) {
      Site schema = site.child("unevaluatedProperties");
      boolean everything = schema.node.isBoolean() && schema.node.booleanValue();
      boolean reducible =
          facets.unions.isEmpty()
              && facets.unfusable.isEmpty()
              && facets.places.stream().allMatch(each -> each.keyword().equals("propertyNames"))
              && facets.rules.stream().allMatch(rule -> knowsAll(rule, facets.properties.keySet()))
              && facets.additional.isEmpty()
              && facets.unevaluated.size() == 1
              && group.layers().size() == 1
              && chain(group.layers().getFirst()).contains(site);
      if (everything && facets.additional.isEmpty()) {
        facets.additional.add(new Additional(schema, facets.properties.keySet()));
      } else if (reducible) {
        facets.additional.add(new Additional(schema, Set.copyOf(facets.properties.keySet())));
      } else if (!everything) {
        facets.unfusable.add(
            new Unfusable(
                "unevaluatedProperties",
                "properties no other keyword is about",
                site.origin("unevaluatedProperties")));
      }
    }
  }
}
