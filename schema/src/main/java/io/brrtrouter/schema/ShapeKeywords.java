package io.brrtrouter.schema;

import io.brrtrouter.schema.pattern.EcmaPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compiles the keywords about the members of objects and the items of arrays. */
final class ShapeKeywords {
  private final SchemaCompilation compilation;
  private final SchemaObject schema;
  private final Subschema target;
  private final Set<String> dropped;

  /** Whether schemas applied in place evaluate properties or items too. */
  private final boolean evaluatedElsewhere;

  private final List<Keyword> keywords = new ArrayList<>();
  private @Nullable Unevaluated unevaluatedItems;
  private @Nullable Unevaluated unevaluatedProperties;

  ShapeKeywords(SchemaCompilation compilation, boolean evaluatedElsewhere) {
    this.compilation = compilation;
    this.schema = compilation.schema();
    this.target = compilation.target();
    this.dropped = compilation.context().dropped();
    this.evaluatedElsewhere = evaluatedElsewhere;
  }

  List<Keyword> compile() {
    if (schema.mentions(Topic.ARRAYS)) {
      array();
      contains();
      if (schema.flag("uniqueItems")) {
        keywords.add(new UniqueItems(target));
      }
    }
    if (schema.mentions(Topic.OBJECTS) || !dropped.isEmpty()) {
      object();
      Location names = schema.schema("propertyNames", Vocabulary.APPLICATOR);
      if (names != null) {
        keywords.add(new PropertyNames(target, compilation.child(names)));
      }
      dependentRequired("dependentRequired", Vocabulary.VALIDATION);
      dependentRequired("dependencies", Vocabulary.APPLICATOR);
    }
    return keywords;
  }

  @Nullable Unevaluated unevaluatedItems() {
    return unevaluatedItems;
  }

  @Nullable Unevaluated unevaluatedProperties() {
    return unevaluatedProperties;
  }

  private void array() {
    List<Subschema> prefix = new ArrayList<>(0);
    for (Location place : schema.schemaArray("prefixItems")) {
      prefix.add(compilation.child(place));
    }
    Location items = schema.schema("items", Vocabulary.APPLICATOR);
    Location unevaluated = schema.schema("unevaluatedItems", Vocabulary.UNEVALUATED);
    Location rest = items;
    String keyword = "items";
    if (items == null && unevaluated != null) {
      if (evaluatedElsewhere || schema.value("contains", Vocabulary.APPLICATOR) != null) {
        unevaluatedItems =
            new Unevaluated(target, "unevaluatedItems", compilation.child(unevaluated), false);
      } else {
        rest = unevaluated;
        keyword = "unevaluatedItems";
      }
    }
    JsonNode minimum = schema.size("minItems");
    JsonNode maximum = schema.size("maxItems");
    if (!prefix.isEmpty() || rest != null || minimum != null || maximum != null) {
      Subschema restSchema = rest == null ? null : compilation.child(rest);
      keywords.add(
          new ArrayShape(
              target, new ArrayShape.Rules(prefix, restSchema, keyword, minimum, maximum)));
    }
  }

  private void contains() {
    Location contained = schema.schema("contains", Vocabulary.APPLICATOR);
    if (contained != null) {
      keywords.add(
          new Contains(
              target,
              compilation.builder().subschema(contained, compilation.context().child().asWritten()),
              schema.size("minContains"),
              schema.size("maxContains")));
    }
  }

  private void object() {
    Map<String, Location> properties = schema.schemaMap("properties");
    List<String> written =
        schema.names("required", schema.value("required", Vocabulary.VALIDATION));
    Set<String> required = written == null ? Set.of() : new LinkedHashSet<>(written);
    Set<String> names = new LinkedHashSet<>(properties.keySet());
    names.addAll(required);
    names.addAll(dropped);
    List<ObjectShape.Member> members = new ArrayList<>();
    for (String name : names) {
      Location place = properties.get(name);
      boolean isDropped = dropped.contains(name);
      members.add(
          new ObjectShape.Member(
              name,
              place == null ? null : compilation.child(place),
              !isDropped && required.contains(name),
              isDropped));
    }
    List<ObjectShape.PatternMember> patterns = patterns();
    ObjectShape.Rest rest = rest();
    JsonNode minimum = schema.size("minProperties");
    JsonNode maximum = schema.size("maxProperties");
    if (!members.isEmpty()
        || !patterns.isEmpty()
        || rest.schema() != null
        || minimum != null
        || maximum != null) {
      keywords.add(
          new ObjectShape(
              target, new ObjectShape.Rules(members, patterns, rest, minimum, maximum)));
    }
  }

  private List<ObjectShape.PatternMember> patterns() {
    List<ObjectShape.PatternMember> patterns = new ArrayList<>();
    schema
        .schemaMap("patternProperties")
        .forEach((text, place) -> {
          EcmaPattern pattern =
              compilation.pattern(
                  schema.location.child("patternProperties").child(text),
                  "patternProperties",
                  text);
          if (pattern != null) {
            patterns.add(
                new ObjectShape.PatternMember(
                    text, pattern, compilation.child(place), compilation.isDropped(place)));
          }
        });
    return patterns;
  }

  /**
   * What applies to members nothing else names. Where nothing is applied in place, {@code
   * unevaluatedProperties} sees exactly what {@code additionalProperties} would.
   */
  private ObjectShape.Rest rest() {
    Location additional = schema.schema("additionalProperties", Vocabulary.APPLICATOR);
    Location unevaluated = schema.schema("unevaluatedProperties", Vocabulary.UNEVALUATED);
    if (additional == null && unevaluated != null && evaluatedElsewhere) {
      unevaluatedProperties =
          new Unevaluated(
              target,
              "unevaluatedProperties",
              compilation.child(unevaluated),
              compilation.isDropped(unevaluated));
      return ObjectShape.Rest.NONE;
    }
    Location place = additional == null ? unevaluated : additional;
    if (place == null) {
      return ObjectShape.Rest.NONE;
    }
    return new ObjectShape.Rest(
        additional == null ? "unevaluatedProperties" : "additionalProperties",
        compilation.child(place),
        compilation.isDropped(place));
  }

  private void dependentRequired(String keyword, Vocabulary vocabulary) {
    JsonNode value = schema.value(keyword, vocabulary);
    if (value == null) {
      return;
    }
    if (!value.isObject()) {
      schema.problem(
          keyword, "\"" + keyword + "\" must be an object whose values are arrays of names");
      return;
    }
    List<DependentRequired.Dependency> dependencies = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      boolean isOther = keyword.equals("dependencies") && !entry.getValue().isArray();
      List<String> names = isOther ? null : schema.names(keyword, entry.getValue());
      if (names != null && !dropped.contains(entry.getKey())) {
        List<String> required = new ArrayList<>(names);
        required.removeAll(new HashSet<>(dropped));
        dependencies.add(new DependentRequired.Dependency(entry.getKey(), required));
      }
    }
    if (!dependencies.isEmpty()) {
      keywords.add(new DependentRequired(target, keyword, dependencies));
    }
  }
}
