package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Declaration.Kind;
import io.brrtrouter.codegen.model.Declaration.Tag;
import io.brrtrouter.codegen.model.Unfusable;
import io.brrtrouter.codegen.read.Facets.Choices;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.codegen.read.UnionReader.Branch;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Finds what tells the alternatives of a union apart: a discriminator, a required property with
 * values of its own, the kind of JSON value, a required property that no other alternative has, or
 * an optional one with texts of its own.
 */
final class Tags {
  private static final Map<Integer, Kind> KINDS =
      Map.of(
          Kinds.OBJECT, Kind.OBJECT,
          Kinds.ARRAY, Kind.ARRAY,
          Kinds.STRING, Kind.STRING,
          Kinds.BOOLEAN, Kind.BOOLEAN,
          Kinds.INTEGER, Kind.NUMBER,
          Kinds.FRACTION, Kind.NUMBER);

  private final TypeReader types;
  private final View view;
  private final Choices union;
  private final List<Branch> branches;
  private final List<Unfusable> flaws = new ArrayList<>();

  Tags(TypeReader types, View view, Choices union, List<Branch> branches) {
    this.types = types;
    this.view = view;
    this.union = union;
    this.branches = branches;
  }

  /** {@return why the tag alone does not decide as the schema does} */
  List<Unfusable> flaws() {
    return List.copyOf(flaws);
  }

  Optional<Tag> find() {
    boolean objects =
        branches.stream().allMatch(branch -> kinds(types, branch.group(), 0) == Kinds.OBJECT);
    if (objects) {
      return discriminator().or(this::constants).or(this::presence).or(this::optionalConstants);
    }
    if (branches.stream().anyMatch(branch -> isUntyped(branch.group(), 0))) {
      flaws.add(
          new Unfusable("type", "without it values of other types pass", union.place().origin()));
    }
    return byKind(types, branches);
  }

  private boolean isUntyped(Group group, int depth) {
    Facets facets = types.merge.of(group);
    return facets.untyped
        || (depth < 8
            && !facets.unions.isEmpty()
            && inner(group, facets).stream().anyMatch(each -> isUntyped(each, depth + 1)));
  }

  private Optional<Tag> discriminator() {
    JsonNode discriminator = union.site().node.path("discriminator");
    JsonNode property = discriminator.path("propertyName");
    if (!property.isString()) {
      return Optional.empty();
    }
    String name = property.stringValue();
    Optional<Tag> constants = tag(name, true);
    if (constants.isPresent()) {
      return constants;
    }
    Map<JsonNode, Integer> values = mapping(discriminator.path("mapping"));
    Set<Integer> reached = new LinkedHashSet<>(values.values());
    if (reached.size() < branches.size()
        || !branches.stream().allMatch(branch -> has(branch.group(), name, 0))) {
      return Optional.empty();
    }
    flaws.add(
        new Unfusable(
            union.keyword(),
            "alternatives that do not insist on their own values of \"" + name + "\"",
            union.place().origin()));
    return Optional.of(new Tag.ByProperty(name, values, true));
  }

  private Map<JsonNode, Integer> mapping(JsonNode mapping) {
    Map<JsonNode, Integer> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
      for (int i = 0; i < branches.size() && entry.getValue().isString(); i++) {
        if (isMapped(entry.getValue().stringValue(), branches.get(i).site())) {
          values.putIfAbsent(text(entry.getKey()), i);
        }
      }
    }
    for (int i = 0; i < branches.size(); i++) {
      String reference = branches.get(i).site().text("$ref");
      if (!reference.isEmpty() && !values.containsValue(i)) {
        values.putIfAbsent(text(lastName(reference)), i);
      }
    }
    return values;
  }

  private static JsonNode text(String value) {
    return StringNode.valueOf(value);
  }

  private static String lastName(String reference) {
    String fragment = reference.substring(reference.indexOf('#') + 1);
    return fragment.substring(fragment.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  private boolean isMapped(String value, Site branch) {
    String reference = branch.text("$ref");
    if (reference.isEmpty()) {
      return false;
    }
    if (lastName(reference).equals(value)) {
      return true;
    }
    Optional<Site> wanted = types.references.follow(union.site(), value);
    return wanted.isPresent() && wanted.equals(types.references.target(branch, "$ref"));
  }

  /** Whether every object of a group can have a property of its own. */
  private boolean has(Group group, String property, int depth) {
    Facets facets = types.merge.of(group);
    if (facets.unions.isEmpty() || facets.properties.containsKey(property) || depth > 8) {
      return facets.properties.containsKey(property);
    }
    return inner(group, facets).stream().allMatch(each -> has(each, property, depth + 1));
  }

  private static List<Group> inner(Group group, Facets facets) {
    Choices union = facets.unions.getFirst();
    Group outer = group.without(union.place());
    return union.branches().stream().map(outer::and).toList();
  }

  private Optional<Tag> constants() {
    for (String property : candidates(branches.getFirst().group(), 0)) {
      Optional<Tag> tag = tag(property, false);
      if (tag.isPresent()) {
        return tag;
      }
    }
    return Optional.empty();
  }

  private Set<String> candidates(Group group, int depth) {
    Facets facets = types.merge.of(group);
    if (facets.unions.isEmpty() || depth > 8) {
      return facets.required.keySet();
    }
    Set<String> names = new LinkedHashSet<>(facets.required.keySet());
    inner(group, facets).stream()
        .limit(1)
        .forEach(each -> names.addAll(candidates(each, depth + 1)));
    return names;
  }

  private Optional<Tag> tag(String property, boolean explicit) {
    return constants(property, true).map(values -> new Tag.ByProperty(property, values, explicit));
  }

  /**
   * A property with values of its own that need not be there: where it is, it decides, and where it
   * is not, alternatives are tried.
   */
  private Optional<Tag> optionalConstants() {
    return branches.getFirst().facets().properties.keySet().stream()
        .filter(property ->
            constants(property, false).filter(values -> areTexts(values.keySet())).isPresent())
        .findFirst()
        .map(any -> new Tag.ByTrial(union.exactlyOne(), branches.size()));
  }

  private static boolean areTexts(Set<JsonNode> values) {
    return values.stream().allMatch(JsonNode::isString);
  }

  /** {@return the alternative of each value of a property, when no two share one} */
  private Optional<Map<JsonNode, Integer>> constants(String property, boolean required) {
    Map<String, JsonNode> known = new LinkedHashMap<>();
    Map<JsonNode, Integer> values = new LinkedHashMap<>();
    for (int i = 0; i < branches.size(); i++) {
      List<JsonNode> own = values(branches.get(i).group(), property, required, 0);
      if (own.isEmpty()) {
        return Optional.empty();
      }
      for (JsonNode value : own) {
        if (known.put(Facets.key(value), value) != null) {
          return Optional.empty();
        }
        values.put(value, i);
      }
    }
    return Optional.of(values);
  }

  /** {@return the values a property can have; none when they are not listed} */
  private List<JsonNode> values(Group group, String property, boolean required, int depth) {
    Facets facets = types.merge.of(group);
    if (!facets.unions.isEmpty() && depth < 8) {
      List<JsonNode> all = new ArrayList<>();
      for (Group each : inner(group, facets)) {
        List<JsonNode> own = values(each, property, required, depth + 1);
        if (own.isEmpty()) {
          return List.of();
        }
        all.addAll(own);
      }
      return all;
    }
    List<Site> schemas = facets.properties.getOrDefault(property, List.of());
    if ((required && !facets.required.containsKey(property)) || schemas.isEmpty()) {
      return List.of();
    }
    Facets tag = types.merge.of(Group.of(schemas));
    boolean dropped =
        (view == View.REQUEST && tag.readOnly) || (view == View.RESPONSE && tag.writeOnly);
    boolean listed = tag.allowed != null && !dropped && tag.unions.isEmpty();
    boolean simple = tag.types == Kinds.STRING || tag.types == Kinds.INTEGER;
    if (!listed || !simple || tag.allowed == null) {
      return List.of();
    }
    return tag.allowed.values().stream().map(Facets.Choice::value).toList();
  }

  /** {@return the types a group leaves, looking into unions} */
  private static int kinds(TypeReader types, Group group, int depth) {
    Facets facets = types.merge.of(group);
    int kinds = facets.types & ~Kinds.NULL;
    if (facets.unions.isEmpty() || depth > 8) {
      return kinds;
    }
    int inner = 0;
    for (Group each : inner(group, facets)) {
      inner |= kinds(types, each, depth + 1);
    }
    return kinds & inner;
  }

  /** {@return a tag by the kind of JSON value, when no two alternatives share one} */
  static Optional<Tag> byKind(TypeReader types, List<Branch> branches) {
    Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    for (int i = 0; i < branches.size(); i++) {
      int own = kinds(types, branches.get(i).group(), 0);
      for (Map.Entry<Integer, Kind> entry : KINDS.entrySet()) {
        if ((own & entry.getKey()) != 0) {
          Integer other = kinds.put(entry.getValue(), i);
          if (other != null && other != i) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.of(new Tag.ByKind(kinds));
  }

  private Optional<Tag> presence() {
    Map<String, Integer> properties = new LinkedHashMap<>();
    Optional<Integer> otherwise = Optional.empty();
    boolean exact = true;
    for (int i = 0; i < branches.size(); i++) {
      Optional<String> own = ownProperty(i);
      if (own.isPresent()) {
        properties.put(own.get(), i);
        exact &= othersRefuse(i);
      } else if (otherwise.isPresent()) {
        return Optional.empty();
      } else {
        otherwise = Optional.of(i);
      }
    }
    if (!exact) {
      return Optional.of(new Tag.ByTrial(union.exactlyOne(), branches.size()));
    }
    return Optional.of(new Tag.ByPresence(properties, otherwise));
  }

  /** {@return a property that an alternative requires and no other one has} */
  private Optional<String> ownProperty(int index) {
    Facets own = branches.get(index).facets();
    if (!own.unions.isEmpty()) {
      return Optional.empty();
    }
    return own.required.keySet().stream()
        .filter(name -> !isDropped(own.properties.getOrDefault(name, List.of())))
        .filter(name -> {
          for (int i = 0; i < branches.size(); i++) {
            if (i != index && has(branches.get(i).group(), name, 0)) {
              return false;
            }
          }
          return true;
        })
        .findFirst();
  }

  private boolean isDropped(List<Site> schemas) {
    if (schemas.isEmpty()) {
      return false;
    }
    Facets facets = types.merge.of(Group.of(schemas));
    return (view == View.REQUEST && facets.readOnly) || (view == View.RESPONSE && facets.writeOnly);
  }

  private boolean othersRefuse(int index) {
    for (int i = 0; i < branches.size(); i++) {
      if (i != index && !branches.get(i).facets().isClosed()) {
        return false;
      }
    }
    return true;
  }
}
