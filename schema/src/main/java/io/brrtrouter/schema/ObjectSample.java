package io.brrtrouter.schema;

import io.brrtrouter.schema.pattern.EcmaPattern;
import io.brrtrouter.schema.pattern.PatternRefused;
import io.brrtrouter.schema.pattern.PatternSample;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes objects. */
final class ObjectSample {
  /** Larger ones are not made. */
  private static final int MAX_PROPERTIES = 1_000;

  private final InstanceSearch search;
  private final Demands demands;
  private final int variant;
  private final Set<String> required = new LinkedHashSet<>();
  private final Set<String> declared = new LinkedHashSet<>();
  private final int min;
  private final int max;

  ObjectSample(InstanceSearch search, Demands demands, int variant) {
    this.search = search;
    this.demands = demands;
    this.variant = variant;
    this.min = demands.atLeast("minProperties");
    this.max = demands.atMost("maxProperties");
    demands.values("required").forEach(names -> names.forEach(n -> required.add(n.asString(""))));
    demands.values("properties").forEach(all -> declared.addAll(all.propertyNames()));
    demands.hints().forEach(hint -> declared.add(hint.property()));
    // In the order they are declared, as a reader expects them.
    required.stream().filter(name -> !declared.contains(name)).toList().forEach(declared::add);
  }

  /** An object with the required properties and the optional ones or not. */
  @Nullable JsonNode find(boolean optional) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Set<String> needed = new LinkedHashSet<>(required);
    int left = max - required.size();
    for (String name : declared) {
      boolean need = needed.contains(name);
      if (!need && (!optional || left <= 0)) {
        continue;
      }
      List<Location> schemas = propertySchemas(name);
      if (search.isDropped(schemas)) {
        continue;
      }
      JsonNode value = !need && search.isRecursive(schemas) ? null : value(name, schemas);
      if (value != null) {
        object.set(name, value);
        left -= need ? 0 : 1;
      } else if (need) {
        return null;
      }
    }
    addDependent(object);
    addFurther(object, optional);
    return object;
  }

  /**
   * The object with as many optional properties as stay valid one after the other, for schemas that
   * exclude some of them together.
   */
  @Nullable JsonNode findLargest() {
    JsonNode least = find(false);
    if (!(least instanceof ObjectNode object)) {
      return null;
    }
    if (!search.includesOptional() || !search.isValid(demands.places(), object)) {
      return object;
    }
    for (String name : declared) {
      List<Location> schemas = propertySchemas(name);
      if (object.has(name) || search.isDropped(schemas) || search.isRecursive(schemas)) {
        continue;
      }
      JsonNode value = value(name, schemas);
      if (value != null) {
        object.set(name, value);
        if (!search.isValid(demands.places(), object)) {
          object.remove(name);
        }
      }
    }
    return object;
  }

  private @Nullable JsonNode value(String name, List<Location> schemas) {
    List<JsonNode> hints = new ArrayList<>();
    for (Demands.Hint hint : demands.hints()) {
      if (hint.property().equals(name)) {
        hints.add(JsonNodeFactory.instance.stringNode(hint.value()));
      }
    }
    return search.find(schemas, variant, hints);
  }

  /** Adds what {@code dependentRequired} asks for beside what is there. */
  private void addDependent(ObjectNode object) {
    for (JsonNode dependencies : demands.values("dependentRequired")) {
      for (Map.Entry<String, JsonNode> entry : dependencies.properties()) {
        if (object.has(entry.getKey())) {
          entry.getValue().forEach(name -> addIfMissing(object, name.asString("")));
        }
      }
    }
  }

  private void addIfMissing(ObjectNode object, String name) {
    if (!object.has(name)) {
      JsonNode value = value(name, propertySchemas(name));
      if (value != null) {
        object.set(name, value);
      }
    }
  }

  /** Adds properties without a name of their own: up to the least number, and one to maps. */
  private void addFurther(ObjectNode object, boolean optional) {
    boolean map = optional && declared.isEmpty() && max > 0 && isMap();
    int size = Math.min(Math.max(min, map ? 1 : 0), MAX_PROPERTIES);
    for (int i = 0; object.size() < size && i < 2 * size + 10; i++) {
      String name = furtherName(i);
      if (!object.has(name)) {
        List<Location> schemas = propertySchemas(name);
        if (object.size() < min || !search.isRecursive(schemas)) {
          addIfMissing(object, name);
        }
      }
    }
  }

  private boolean isMap() {
    return demands.has("patternProperties")
        || demands.values("additionalProperties").stream().anyMatch(JsonNode::isObject);
  }

  private String furtherName(int index) {
    List<Location> names = new ArrayList<>();
    for (Location place : demands.places()) {
      if (Demands.keyword(place, "propertyNames") != null) {
        names.add(place.child("propertyNames"));
      }
    }
    JsonNode name = names.isEmpty() ? null : search.find(names, index, List.of());
    if (name != null && name.isString()) {
      return name.stringValue();
    }
    for (JsonNode patterns : demands.values("patternProperties")) {
      for (String pattern : patterns.propertyNames()) {
        EcmaPattern compiled = compile(pattern);
        if (compiled != null) {
          return PatternSample.of(List.of(compiled), 1, 100, index).orElse("key" + index);
        }
      }
    }
    return index == 0 ? "key" : "key" + index;
  }

  /** Every schema a property's value must satisfy. */
  private List<Location> propertySchemas(String name) {
    List<Location> schemas = new ArrayList<>();
    for (Location place : demands.places()) {
      boolean evaluated = false;
      JsonNode properties = Demands.keyword(place, "properties");
      if (properties != null && properties.has(name)) {
        schemas.add(place.child("properties").child(name));
        evaluated = true;
      }
      JsonNode patterns = Demands.keyword(place, "patternProperties");
      for (String source : patterns == null ? Set.<String>of() : patterns.propertyNames()) {
        EcmaPattern pattern = compile(source);
        if (pattern != null && pattern.find(name)) {
          schemas.add(place.child("patternProperties").child(source));
          evaluated = true;
        }
      }
      if (!evaluated && Demands.keyword(place, "additionalProperties") != null) {
        schemas.add(place.child("additionalProperties"));
      }
    }
    if (schemas.isEmpty()) {
      for (Location place : demands.places()) {
        if (Demands.keyword(place, "unevaluatedProperties") != null) {
          schemas.add(place.child("unevaluatedProperties"));
        }
      }
    }
    return schemas;
  }

  private static @Nullable EcmaPattern compile(String source) {
    try {
      return EcmaPattern.compile(source, true);
    } catch (PatternRefused e) {
      // Compiling the schema says so.
      return null;
    }
  }
}
