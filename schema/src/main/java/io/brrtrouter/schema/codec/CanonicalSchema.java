package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaTarget;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Writes a schema in one way: keywords in alphabetical order, references as the number of the
 * schema they lead to, counted in the order they are met, each written where it is met first. Used
 * once.
 */
final class CanonicalSchema {

  /** How much of a schema is written. */
  enum Detail {
    /** What decides Java types. */
    SHAPE,
    /** What decides Java types and verdicts. */
    CONSTRAINTS
  }

  /** Keywords that decide Java types, {@code format} and bounds aside. */
  private static final Set<String> SHAPE =
      Set.of(
          "$dynamicRef",
          "$ref",
          "additionalProperties",
          "allOf",
          "anyOf",
          "const",
          "contentEncoding",
          "contentSchema",
          "default",
          "discriminator",
          "enum",
          "items",
          "oneOf",
          "patternProperties",
          "prefixItems",
          "properties",
          "readOnly",
          "required",
          "type",
          "unevaluatedItems",
          "unevaluatedProperties",
          "writeOnly");

  /** Keywords that decide verdicts only. */
  private static final Set<String> CHECKS =
      Set.of(
          "contains",
          "dependentRequired",
          "dependentSchemas",
          "else",
          "exclusiveMaximum",
          "exclusiveMinimum",
          "if",
          "maxContains",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minContains",
          "minItems",
          "minLength",
          "minProperties",
          "minimum",
          "multipleOf",
          "not",
          "pattern",
          "propertyNames",
          "then",
          "uniqueItems");

  /** Formats that Java has a type for; the others are checks of a string. */
  private static final Set<String> TYPED_FORMATS =
      Set.of(
          "binary",
          "byte",
          "date",
          "date-time",
          "decimal",
          "double",
          "float",
          "int32",
          "int64",
          "uri",
          "uuid");

  private static final List<String> BOUNDS =
      List.of("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum");

  /**
   * Around these a bound decides about the width of an integer: the least and greatest of each
   * type, and what they are when the bound itself is excluded.
   */
  private static final List<BigDecimal> MAGNITUDES =
      Stream.of(Long.MIN_VALUE, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE, Long.MAX_VALUE)
          .map(BigDecimal::valueOf)
          .flatMap(
              limit -> Stream.of(-2, -1, 0, 1).map(step -> limit.add(BigDecimal.valueOf(step))))
          .toList();

  private final SchemaCompiler compiler;
  private final Detail detail;
  private final StringBuilder text = new StringBuilder();
  private final List<SchemaTarget> children = new ArrayList<>();

  private CanonicalSchema(SchemaCompiler compiler, Detail detail) {
    this.compiler = compiler;
    this.detail = detail;
  }

  /**
   * One schema without those in it.
   *
   * @param text what it says; each schema in it is a mark
   * @param children the schemas in it, in the order of their marks
   */
  record Canonical(String text, List<SchemaTarget> children) {}

  /** {@return what a schema says that is no mere reference} */
  static Canonical of(SchemaCompiler compiler, SchemaTarget place, Detail detail) {
    CanonicalSchema canonical = new CanonicalSchema(compiler, detail);
    JsonNode schema = node(place);
    if (schema.isObject()) {
      canonical.keywords(place, schema);
    } else {
      canonical.value(schema);
    }
    return new Canonical(canonical.text.toString(), canonical.children);
  }

  private void child(SchemaTarget place) {
    children.add(target(compiler, place));
    text.append('#');
  }

  /** {@return the schema itself, or the other one if it only refers to another} */
  static SchemaTarget target(SchemaCompiler compiler, SchemaTarget place) {
    SchemaTarget at = place;
    Set<SchemaPlace> seen = new HashSet<>();
    while (seen.add(SchemaPlace.of(at))) {
      JsonNode schema = node(at);
      JsonNode reference = schema.path("$ref");
      if (schema.size() != 1 || !reference.isString()) {
        return at;
      }
      at = compiler.target(at.resource(), at.pointer(), reference.stringValue()).orElse(at);
    }
    return at;
  }

  private static JsonNode node(SchemaTarget place) {
    return place.resource().root().at(place.pointer());
  }

  private void reference(SchemaTarget place, String reference) {
    Optional<SchemaTarget> target = compiler.target(place.resource(), place.pointer(), reference);
    if (target.isPresent()) {
      child(target.get());
    } else {
      text.append('?').append(reference);
    }
  }

  private void keywords(SchemaTarget place, JsonNode schema) {
    text.append('{');
    for (Map.Entry<String, JsonNode> entry : sorted(schema).entrySet()) {
      if (isWritten(entry.getKey(), entry.getValue())) {
        text.append(entry.getKey()).append(':');
        keyword(child(place, entry.getKey()), place, entry.getKey(), entry.getValue());
        text.append(';');
      }
    }
    if (detail == Detail.SHAPE && mayBeInteger(schema.path("type"))) {
      BOUNDS.forEach(bound -> magnitude(bound, schema.path(bound)));
    }
    text.append('}');
  }

  private boolean isWritten(String keyword, JsonNode value) {
    if (keyword.equals("format")) {
      return detail == Detail.CONSTRAINTS || TYPED_FORMATS.contains(value.asString(""));
    }
    if (keyword.equals("contentMediaType")) {
      // Only JSON in a text may have a Java type: its contentSchema's.
      return value.asString("").toLowerCase(Locale.ROOT).contains("json");
    }
    return SHAPE.contains(keyword) || (detail == Detail.CONSTRAINTS && CHECKS.contains(keyword));
  }

  /** A schema without type may stand beside one that has it. */
  private static boolean mayBeInteger(JsonNode type) {
    if (type.isMissingNode()) {
      return true;
    }
    if (type.isString()) {
      return type.stringValue().equals("integer");
    }
    for (JsonNode each : type) {
      if (mayBeInteger(each)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Integers are int, long or BigInteger by what their bounds leave; how large a bound is says
   * which.
   */
  private void magnitude(String keyword, JsonNode bound) {
    if (bound.isNumber()) {
      BigDecimal value = bound.decimalValue();
      long passed = MAGNITUDES.stream().filter(each -> value.compareTo(each) > 0).count();
      text.append(keyword).append('>').append(passed).append(';');
    }
  }

  private void keyword(SchemaTarget place, SchemaTarget owner, String keyword, JsonNode value) {
    switch (keyword) {
      case "$ref", "$dynamicRef" -> reference(owner, value.asString(""));
      case "additionalProperties",
          "contains",
          "contentSchema",
          "else",
          "if",
          "items",
          "not",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties" ->
          child(place);
      case "allOf", "prefixItems" -> schemas(place, value);
      case "anyOf", "oneOf" -> alternatives(place, owner, value);
      case "dependentSchemas", "patternProperties", "properties" -> schemasByName(place, value);
      case "enum", "required", "type" -> set(value);
      default -> value(value);
    }
  }

  private void schemas(SchemaTarget place, JsonNode array) {
    for (int i = 0; i < array.size(); i++) {
      child(child(place, Integer.toString(i)));
      text.append(',');
    }
  }

  /** With a discriminator, a branch may be chosen by the name it is referred to by. */
  private void alternatives(SchemaTarget place, SchemaTarget owner, JsonNode array) {
    boolean named = owner.resource().root().at(owner.pointer()).has("discriminator");
    for (int i = 0; i < array.size(); i++) {
      if (named) {
        String reference = array.get(i).path("$ref").asString("");
        text.append(reference, reference.lastIndexOf('/') + 1, reference.length()).append('=');
      }
      child(child(place, Integer.toString(i)));
      text.append(',');
    }
  }

  private void schemasByName(SchemaTarget place, JsonNode object) {
    for (String name : sorted(object).keySet()) {
      quoted(name);
      child(child(place, name));
      text.append(',');
    }
  }

  /** Writes an array whose order says nothing, or a single value. */
  private void set(JsonNode value) {
    if (!value.isArray()) {
      value(value);
      return;
    }
    List<String> members = new ArrayList<>();
    value.forEach(member -> members.add(member.toString()));
    members.stream().sorted().distinct().forEach(member -> text.append(member).append(','));
  }

  private void value(JsonNode value) {
    if (value.isObject()) {
      text.append('{');
      sorted(value)
          .forEach((name, member) -> {
            quoted(name);
            value(member);
            text.append(',');
          });
      text.append('}');
    } else if (value.isArray()) {
      text.append('[');
      for (JsonNode item : value) {
        value(item);
        text.append(',');
      }
      text.append(']');
    } else if (value.isNumber()) {
      text.append(value.decimalValue().stripTrailingZeros());
    } else {
      text.append(value);
    }
  }

  private void quoted(String name) {
    text.append(name.length()).append('"').append(name).append('"');
  }

  private static NavigableMap<String, JsonNode> sorted(JsonNode object) {
    NavigableMap<String, JsonNode> sorted = new TreeMap<>();
    object.forEachEntry(sorted::put);
    return sorted;
  }

  private static SchemaTarget child(SchemaTarget place, String token) {
    return new SchemaTarget(
        place.resource(), place.pointer() + '/' + token.replace("~", "~0").replace("/", "~1"));
  }
}
