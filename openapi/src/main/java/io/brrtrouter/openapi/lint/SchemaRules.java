package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.schema.Formats;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rules on one schema object by itself. */
final class SchemaRules {
  private static final Map<String, String> BOUNDS =
      Map.of(
          "minLength", "maxLength",
          "minItems", "maxItems",
          "minProperties", "maxProperties",
          "minContains", "maxContains");

  /** Formats of the OpenAPI Format Registry that are no tests of strings. */
  private static final Set<String> FORMATS_ELSEWHERE =
      Set.of(
          "base64url",
          "binary",
          "byte",
          "char",
          "commonmark",
          "decimal",
          "decimal128",
          "double",
          "double-int",
          "float",
          "html",
          "http-date",
          "int8",
          "int16",
          "int32",
          "int64",
          "media-range",
          "money",
          "password",
          "single",
          "uint8",
          "uint16",
          "uint32",
          "uint64");

  /** What keywords are about. */
  private static final Map<String, List<String>> KEYWORDS = new HashMap<>();

  private static final Map<String, String> PLURALS =
      Map.of("string", "texts", "number", "numbers", "array", "arrays", "object", "objects");

  static {
    List.of("minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType")
        .forEach(keyword -> KEYWORDS.put(keyword, List.of("string")));
    List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
        .forEach(keyword -> KEYWORDS.put(keyword, List.of("number", "integer")));
    List.of("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains")
        .forEach(keyword -> KEYWORDS.put(keyword, List.of("array")));
    List.of("properties", "required", "minProperties", "maxProperties", "additionalProperties")
        .forEach(keyword -> KEYWORDS.put(keyword, List.of("object")));
  }

  /** A property with one of these says what it is; one with the last two is binary. */
  private static final Set<String> SAYS_WHAT =
      Set.of(
          "type",
          "$ref",
          "$dynamicRef",
          "allOf",
          "anyOf",
          "oneOf",
          "not",
          "if",
          "enum",
          "const",
          "contentMediaType",
          "contentEncoding");

  /** Beside these a name may be declared elsewhere. */
  private static final List<String> COMPOSITION =
      List.of("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "patternProperties");

  private final Report report;
  private final Set<JsonNode> files;

  /**
   * Makes the rules.
   *
   * @param report takes what they find
   * @param files the schemas, by identity, that stand for octets when they say nothing
   */
  SchemaRules(Report report, Set<JsonNode> files) {
    this.report = report;
    this.files = files;
  }

  void check(SchemaNode schema) {
    LocatedNode node = schema.node();
    BOUNDS.forEach((least, most) -> bounds(node, least, most));
    range(node);
    enumeration(node);
    types(node, types(node));
    format(node);
    required(schema);
    if (schema.role() == SchemaNode.Role.PROPERTY) {
      propertyType(node);
      money(node);
    }
  }

  private void bounds(LocatedNode schema, String least, String most) {
    LocatedNode lower = number(schema, least);
    LocatedNode upper = number(schema, most);
    if (lower != null && upper != null && value(lower).compareTo(value(upper)) > 0) {
      impossible(lower, upper, "is greater than");
    }
  }

  /** Numbers, with exclusive bounds as of draft 2020-12 and as of OpenAPI 3.0. */
  private void range(LocatedNode schema) {
    for (String least : List.of("minimum", "exclusiveMinimum")) {
      for (String most : List.of("maximum", "exclusiveMaximum")) {
        LocatedNode lower = number(schema, least);
        LocatedNode upper = number(schema, most);
        if (lower == null || upper == null) {
          continue;
        }
        boolean open =
            least.startsWith("ex")
                || most.startsWith("ex")
                || schema.node().path("exclusiveMinimum").asBoolean(false)
                || schema.node().path("exclusiveMaximum").asBoolean(false);
        int order = value(lower).compareTo(value(upper));
        if (order > 0) {
          impossible(lower, upper, "is greater than");
        } else if (order == 0 && open) {
          impossible(lower, upper, "leaves nothing below");
        }
      }
    }
  }

  private static @Nullable LocatedNode number(LocatedNode schema, String keyword) {
    LocatedNode value = schema.member(keyword);
    return value != null && value.node().isNumber() ? value : null;
  }

  private static BigDecimal value(LocatedNode number) {
    return number.node().decimalValue();
  }

  private void impossible(LocatedNode lower, LocatedNode upper, String relation) {
    report.add(
        Rule.IMPOSSIBLE_BOUNDS,
        lower.location(),
        "%s %s %s %s %s: no value is valid"
            .formatted(lower.key(), text(lower), relation, upper.key(), text(upper)),
        "swap or correct them");
  }

  private static String text(LocatedNode number) {
    return number.node().asString();
  }

  private void enumeration(LocatedNode schema) {
    LocatedNode enumeration = schema.member("enum");
    if (enumeration == null) {
      return;
    }
    Set<Object> seen = new HashSet<>();
    for (LocatedNode value : enumeration.items()) {
      JsonNode node = value.node();
      // 1 and 1.0 are the same number (JSON Schema core section 4.2.2).
      if (!seen.add(node.isNumber() ? node.decimalValue().stripTrailingZeros() : node)) {
        report.add(
            Rule.DUPLICATE_ENUM_VALUE,
            value.location(),
            node + " is in \"enum\" already",
            "remove it");
      }
    }
  }

  /** Values and keywords that are about other types than the schema allows. */
  private void types(LocatedNode schema, List<String> types) {
    if (types.isEmpty()) {
      return;
    }
    boolean nullable = schema.node().path("nullable").asBoolean(false);
    LocatedNode constant = schema.member("const");
    LocatedNode enumeration = schema.member("enum");
    List<LocatedNode> values = new ArrayList<>();
    values.addAll(constant == null ? List.of() : List.of(constant));
    values.addAll(enumeration == null ? List.of() : enumeration.items());
    for (LocatedNode value : values) {
      if (!(nullable && value.node().isNull()) && !isOf(value.node(), types)) {
        report.add(
            Rule.IMPOSSIBLE_ENUM_VALUE,
            value.location(),
            value.node() + " is no " + String.join(" or ", types) + ", so it is never valid",
            "correct the value or the type" + (isTextLike(value, types) ? "; quote a text" : ""));
      }
    }
    for (LocatedNode member : schema.members()) {
      List<String> about = KEYWORDS.get(member.key());
      if (about != null && about.stream().noneMatch(types::contains)) {
        report.add(
            Rule.KEYWORD_OF_OTHER_TYPE,
            member.nameLocation(),
            "\"%s\" is about %s, but the type is %s"
                .formatted(member.key(), PLURALS.get(about.getFirst()), String.join(" or ", types)),
            "remove it, or correct the type");
      }
    }
  }

  private static boolean isTextLike(LocatedNode value, List<String> types) {
    return types.contains("string") && value.node().isValueNode();
  }

  private static boolean isOf(JsonNode value, List<String> types) {
    return types.stream()
        .anyMatch(type ->
            switch (type) {
              case "null" -> value.isNull();
              case "boolean" -> value.isBoolean();
              case "string" -> value.isString();
              case "array" -> value.isArray();
              case "object" -> value.isObject();
              case "number" -> value.isNumber();
              case "integer" ->
                  value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
              // Reading has said that there is no such type.
              default -> true;
            });
  }

  /** Formats may be registered; one that is nearly the name of another is a slip. */
  private void format(LocatedNode schema) {
    LocatedNode format = schema.member("format");
    if (format == null || !format.node().isString()) {
      return;
    }
    String name = format.node().stringValue();
    if (Formats.named(name).isPresent() || FORMATS_ELSEWHERE.contains(name)) {
      return;
    }
    List<String> known = new ArrayList<>(FORMATS_ELSEWHERE);
    known.addAll(Formats.names());
    Spelling.nearest(name, known.stream().sorted().toList())
        .ifPresent(near ->
            report.add(
                Rule.MISSPELT_FORMAT,
                format.location(),
                "format \"" + name + "\" is unknown, so nothing is checked",
                "did you mean \"" + near + "\"?"));
  }

  private void required(SchemaNode schema) {
    LocatedNode node = schema.node();
    LocatedNode required = node.member("required");
    LocatedNode properties = node.member("properties");
    boolean elsewhere =
        schema.role() == SchemaNode.Role.PART || COMPOSITION.stream().anyMatch(node.node()::has);
    if (required == null || properties == null || elsewhere) {
      return;
    }
    Collection<String> declared = properties.node().propertyNames();
    for (LocatedNode name : required.items()) {
      String text = name.node().asString("");
      if (name.node().isString() && !declared.contains(text)) {
        report.add(
            Rule.UNDECLARED_REQUIRED,
            name.location(),
            "required property \"" + text + "\" is not declared under \"properties\"",
            report.didYouMean(text, declared, "declare it, so that its value is checked"));
      }
    }
  }

  private void propertyType(LocatedNode property) {
    if (SAYS_WHAT.stream().noneMatch(property.node()::has)) {
      String fix =
          property.node().has("properties") || property.node().has("additionalProperties")
              ? "add type: object"
              : property.node().has("items") ? "add type: array" : "add a type";
      if (fix.equals("add a type") && files.contains(property.node())) {
        return;
      }
      report.add(
          Rule.MISSING_PROPERTY_TYPE,
          property.nameLocation(),
          "property \"" + property.key() + "\" has no type, so every type is valid",
          fix);
    }
  }

  private void money(LocatedNode property) {
    if (!types(property).contains("number") || !Money.isMoney(property.key())) {
      return;
    }
    String format = Report.text(property, "format");
    if (!format.equals("decimal") && !format.equals("money")) {
      LocatedNode written = property.member("format");
      report.add(
          Rule.MONEY_WITHOUT_DECIMAL,
          written == null ? property.nameLocation() : written.location(),
          "property \""
              + property.key()
              + "\" looks like money"
              + (format.isEmpty() ? " but has no format" : " but has format " + format)
              + "; binary floating point loses cents",
          "write format: decimal");
    }
  }

  /** {@return the names under {@code type}, one or several} */
  static List<String> types(LocatedNode schema) {
    LocatedNode type = schema.member("type");
    if (type == null) {
      return List.of();
    }
    List<String> types = new ArrayList<>();
    Stream.concat(Stream.of(type), type.items().stream())
        .filter(each -> each.node().isString())
        .forEach(each -> types.add(each.node().stringValue()));
    return types;
  }
}
