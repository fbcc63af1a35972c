package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compiles the keywords that apply schemas to the instance itself. */
final class InPlaceKeywords {
  private final SchemaCompilation compilation;
  private final SchemaObject schema;
  private final Subschema target;
  private final List<Keyword> keywords = new ArrayList<>();

  InPlaceKeywords(SchemaCompilation compilation) {
    this.compilation = compilation;
    this.schema = compilation.schema();
    this.target = compilation.target();
  }

  List<Keyword> compile() {
    references();
    if (schema.mentions(Topic.COMBINATIONS)) {
      combinations();
    }
    return keywords;
  }

  private void combinations() {
    List<Location> all = schema.schemaArray("allOf");
    if (!all.isEmpty()) {
      keywords.add(new AllOf(target, all.stream().map(compilation::inPlace).toList()));
    }
    alternatives("anyOf", false);
    alternatives("oneOf", true);
    Location not = schema.schema("not", Vocabulary.APPLICATOR);
    if (not != null) {
      keywords.add(new Not(target, compilation.condition(not)));
    }
    conditional();
    dependentSchemas();
  }

  /** Whether a keyword found here may evaluate properties or items. */
  boolean evaluates() {
    for (Keyword keyword : keywords) {
      if (!(keyword instanceof Not)) {
        return true;
      }
    }
    return false;
  }

  private void references() {
    String reference = schema.text("$ref", Vocabulary.CORE);
    if (reference != null) {
      add(
          "$ref",
          compilation.builder().reference(schema.location, reference, compilation.context()));
    }
    String dynamic = schema.text("$dynamicRef", Vocabulary.CORE);
    if (dynamic != null) {
      add(
          "$dynamicRef",
          compilation.builder().dynamicReference(schema.location, dynamic, compilation.context()));
    }
  }

  private void add(String keyword, @Nullable Subschema referenced) {
    if (referenced != null) {
      keywords.add(new Reference(target, keyword, referenced));
    }
  }

  private void alternatives(String keyword, boolean exactlyOne) {
    List<Location> places = schema.schemaArray(keyword);
    if (places.isEmpty()) {
      return;
    }
    List<Alternatives.Branch> branches = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      branches.add(new Alternatives.Branch(compilation.inPlace(places.get(i)), name(places, i)));
    }
    keywords.add(new Alternatives(target, exactlyOne, branches, discriminator(places)));
  }

  private static String name(List<Location> places, int index) {
    String reference = text(places.get(index), "$ref");
    if (reference != null) {
      return referenceName(reference);
    }
    String title = text(places.get(index), "title");
    return title != null ? title : "alternative " + (index + 1);
  }

  /** The name of the schema a reference leads to: its last segment. */
  private static String referenceName(String reference) {
    return Pointers.lastToken(reference.substring(reference.indexOf('#') + 1));
  }

  private static @Nullable String text(Location location, String keyword) {
    JsonNode value = location.value();
    JsonNode text = value == null ? null : value.get(keyword);
    return text != null && text.isString() ? text.stringValue() : null;
  }

  private @Nullable Discriminator discriminator(List<Location> places) {
    JsonNode discriminator = schema.value("discriminator", Vocabulary.OAS_BASE);
    if (discriminator == null) {
      return null;
    }
    JsonNode propertyName = discriminator.path("propertyName");
    if (!propertyName.isString()) {
      schema.problem(
          "discriminator", "\"discriminator\" must be an object with a \"propertyName\"");
      return null;
    }
    Choices choices = choices(places);
    Map<String, Integer> branches = new LinkedHashMap<>();
    discriminator
        .path("mapping")
        .forEachEntry((value, reference) -> {
          Integer index = reference.isString() ? mapped(reference.stringValue(), choices) : null;
          if (index != null) {
            branches.put(value, index);
          }
        });
    Set<Integer> mapped = Set.copyOf(branches.values());
    choices
        .byName()
        .forEach((name, index) -> {
          if (!mapped.contains(index)) {
            branches.putIfAbsent(name, index);
          }
        });
    return branches.isEmpty() ? null : new Discriminator(propertyName.stringValue(), branches);
  }

  /** The first branch that refers to each schema, by the name and by the place of the schema. */
  private record Choices(Map<String, Integer> byName, Map<Location, Integer> byPlace) {}

  private Choices choices(List<Location> places) {
    Choices choices = new Choices(new LinkedHashMap<>(), new HashMap<>());
    for (int i = 0; i < places.size(); i++) {
      String reference = text(places.get(i), "$ref");
      if (reference != null) {
        choices.byName().putIfAbsent(referenceName(reference), i);
        Location schema = schemaAt(places.get(i), "$ref", reference);
        if (schema != null) {
          choices.byPlace().putIfAbsent(schema, i);
        }
      }
    }
    return choices;
  }

  /** The branch a mapping value means: by the name of the schema, or by a reference to it. */
  private @Nullable Integer mapped(String value, Choices choices) {
    Integer named = choices.byName().get(value);
    Location place = schemaAt(schema.location, "", value);
    Integer referred = place == null ? null : choices.byPlace().get(place);
    return named == null || (referred != null && referred < named) ? referred : named;
  }

  private @Nullable Location schemaAt(Location from, String keyword, String reference) {
    Registry.Target found =
        compilation.builder().registry().resolve(from, keyword, reference, new Problems());
    return found == null ? null : found.location();
  }

  private void conditional() {
    Location condition = schema.schema("if", Vocabulary.APPLICATOR);
    if (condition == null) {
      return;
    }
    Location then = schema.schema("then", Vocabulary.APPLICATOR);
    Location otherwise = schema.schema("else", Vocabulary.APPLICATOR);
    keywords.add(
        new Conditional(
            target,
            compilation.condition(condition),
            then == null ? null : compilation.inPlace(then),
            otherwise == null ? null : compilation.inPlace(otherwise)));
  }

  private void dependentSchemas() {
    add("dependentSchemas", schema.schemaMap("dependentSchemas"));
    Map<String, Location> old = schema.schemaMap("dependencies");
    old.values()
        .removeIf(place -> {
          JsonNode value = place.value();
          return value != null && value.isArray();
        });
    add("dependencies", old);
  }

  private void add(String keyword, Map<String, Location> places) {
    List<DependentSchemas.Dependency> dependencies = new ArrayList<>();
    places.forEach((name, place) -> {
      if (!compilation.context().dropped().contains(name)) {
        dependencies.add(new DependentSchemas.Dependency(name, compilation.inPlace(place)));
      }
    });
    if (!dependencies.isEmpty()) {
      keywords.add(new DependentSchemas(target, keyword, dependencies));
    }
  }
}
