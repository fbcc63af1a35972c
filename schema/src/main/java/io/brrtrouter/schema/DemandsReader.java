package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Opens schemas into the {@link Demands} a value may choose between. */
final class DemandsReader {
  /** Of nested alternatives more are not looked at; they multiply. */
  private static final int MAX_ALTERNATIVES = 64;

  private final SchemaCompiler compiler;

  DemandsReader(SchemaCompiler compiler) {
    this.compiler = compiler;
  }

  /** The ways to satisfy all schemas at once, in the order they are written; none for "false". */
  List<Demands> read(List<Location> schemas) {
    List<Demands> ways = List.of(Demands.EMPTY);
    for (Location schema : schemas) {
      ways = add(ways, schema);
    }
    return ways;
  }

  private List<Demands> add(List<Demands> ways, Location place) {
    JsonNode schema = place.value();
    if (schema == null || (schema.isBoolean() && !schema.booleanValue())) {
      return List.of();
    }
    List<Demands> result = new ArrayList<>();
    for (Demands way : ways) {
      if (way.places().contains(place) || !schema.isObject()) {
        result.add(way);
      } else {
        result.addAll(open(way.and(place), place, schema));
      }
      if (result.size() >= MAX_ALTERNATIVES) {
        return result.subList(0, MAX_ALTERNATIVES);
      }
    }
    return result;
  }

  private List<Demands> open(Demands way, Location place, JsonNode schema) {
    List<Demands> ways = List.of(way);
    for (String keyword : List.of("$ref", "$dynamicRef")) {
      JsonNode reference = schema.path(keyword);
      if (reference.isString()) {
        Location target = compiler.follow(place, reference.stringValue());
        ways = target == null ? List.of() : add(ways, target);
      }
    }
    for (int i = 0; i < schema.path("allOf").size(); i++) {
      ways = add(ways, place.child("allOf").child(i));
    }
    ways = addOneOf(ways, place, schema, "oneOf");
    ways = addOneOf(ways, place, schema, "anyOf");
    if (schema.has("if")) {
      ways = addConditional(ways, place, schema);
    }
    for (Map.Entry<String, JsonNode> entry : schema.path("dependentSchemas").properties()) {
      ways = add(ways, place.child("dependentSchemas").child(entry.getKey()));
    }
    return ways;
  }

  private List<Demands> addOneOf(
      List<Demands> ways, Location place, JsonNode schema, String keyword) {
    JsonNode branches = schema.path(keyword);
    if (!branches.isArray()) {
      return ways;
    }
    List<Demands> result = new ArrayList<>();
    List<Demands> nulls = new ArrayList<>();
    for (int i = 0; i < branches.size() && result.size() < MAX_ALTERNATIVES; i++) {
      Demands.Hint hint = hint(schema, branches.get(i));
      List<Demands> with = hint == null ? ways : ways.stream().map(way -> way.and(hint)).toList();
      boolean isNull = branches.get(i).path("type").asString("").equals("null");
      (isNull ? nulls : result).addAll(add(with, place.child(keyword).child(i)));
    }
    result.addAll(nulls);
    return result;
  }

  /** OpenAPI 3.1.1 section 4.8.25.3: a mapping names a reference or a schema of the document. */
  private static Demands.@Nullable Hint hint(JsonNode schema, JsonNode branch) {
    JsonNode property = schema.path("discriminator").path("propertyName");
    String reference = branch.path("$ref").asString("");
    if (!property.isString() || reference.isEmpty()) {
      return null;
    }
    String name = Pointers.lastToken(reference);
    for (Map.Entry<String, JsonNode> entry :
        schema.path("discriminator").path("mapping").properties()) {
      String target = entry.getValue().asString("");
      if (target.equals(reference) || target.equals(name)) {
        return new Demands.Hint(property.stringValue(), entry.getKey());
      }
    }
    return new Demands.Hint(property.stringValue(), name);
  }

  private List<Demands> addConditional(List<Demands> ways, Location place, JsonNode schema) {
    List<Demands> result = new ArrayList<>();
    List<Demands> met = add(ways, place.child("if"));
    result.addAll(schema.has("then") ? add(met, place.child("then")) : met);
    result.addAll(schema.has("else") ? add(ways, place.child("else")) : ways);
    return result;
  }
}
