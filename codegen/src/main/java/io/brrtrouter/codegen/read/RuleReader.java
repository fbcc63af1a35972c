package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Check;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Constant;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Rule;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads schemas that say nothing about the type of an object but how its properties depend on each
 * other: {@code not}, {@code if}, {@code dependentRequired} and the like. Answers nothing where it
 * takes more than the record to tell.
 */
final class RuleReader {
  private static final int DEEPEST = 8;

  private final TypeReader types;
  private final Map<String, Component> components;
  private final Map<String, Constant> constants;
  private final boolean closed;

  /**
   * Makes a reader for a record.
   *
   * @param closed whether it has no other properties
   */
  RuleReader(
      TypeReader types,
      Map<String, Component> components,
      Map<String, Constant> constants,
      boolean closed) {
    this.types = types;
    this.components = components;
    this.constants = constants;
    this.closed = closed;
  }

  /** {@return the rule of one keyword of a schema} */
  Optional<Rule> keyword(Site site, String keyword) {
    return keyword(site, keyword, 0);
  }

  private Optional<Rule> keyword(Site site, String keyword, int depth) {
    return switch (keyword) {
      case "type" ->
          Optional.of(new Rule.Always((Kinds.of(site.node.path(keyword)) & Kinds.OBJECT) != 0));
      case "required" -> required(site.node.path(keyword));
      case "properties" -> properties(site.map(keyword));
      case "allOf" -> list(site.list(keyword), depth).map(Rule::all);
      case "anyOf" -> list(site.list(keyword), depth).map(Rule::any);
      case "oneOf" -> list(site.list(keyword), depth).map(Rule.One::new);
      case "not" -> schema(site.child(keyword), depth).map(Rule::not);
      case "if" -> conditional(site, depth);
      case "then", "else" -> Optional.of(new Rule.Always(true));
      case "dependentRequired" -> dependentRequired(site.node.path(keyword));
      case "dependentSchemas" -> dependentSchemas(site.map(keyword), depth);
      case "$ref" ->
          types.references.target(site, keyword).flatMap(target -> schema(target, depth));
      default ->
          Merge.isAnnotation(keyword) ? Optional.of(new Rule.Always(true)) : Optional.empty();
    };
  }

  private Optional<Rule> schema(Site site, int depth) {
    if (site.node.isBoolean()) {
      return Optional.of(new Rule.Always(site.node.booleanValue()));
    }
    if (!site.node.isObject() || depth > DEEPEST) {
      return Optional.empty();
    }
    List<Rule> rules = new ArrayList<>();
    for (String keyword : site.node.propertyNames()) {
      Optional<Rule> rule = keyword(site, keyword, depth + 1);
      if (rule.isEmpty()) {
        return rule;
      }
      rules.add(rule.get());
    }
    return Optional.of(Rule.all(rules));
  }

  private Optional<List<Rule>> list(List<Site> sites, int depth) {
    List<Rule> rules = new ArrayList<>();
    for (Site site : sites) {
      Optional<Rule> rule = schema(site, depth);
      if (rule.isEmpty()) {
        return Optional.empty();
      }
      rules.add(rule.get());
    }
    return Optional.of(rules);
  }

  private Optional<Rule> conditional(Site site, int depth) {
    Optional<Rule> condition = schema(site.child("if"), depth);
    Optional<Rule> yes = branch(site, "then", depth);
    Optional<Rule> no = branch(site, "else", depth);
    if (condition.isEmpty() || yes.isEmpty() || no.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Rule.all(
            List.of(
                Rule.any(List.of(Rule.not(condition.get()), yes.get())),
                Rule.any(List.of(condition.get(), no.get())))));
  }

  private Optional<Rule> branch(Site site, String keyword, int depth) {
    return site.node.has(keyword)
        ? schema(site.child(keyword), depth)
        : Optional.of(new Rule.Always(true));
  }

  private Optional<Rule> required(JsonNode names) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode name : names) {
      Optional<Rule> rule = has(name.asString(""));
      if (rule.isEmpty()) {
        return rule;
      }
      rules.add(rule.get());
    }
    return Optional.of(Rule.all(rules));
  }

  private Optional<Rule> has(String property) {
    if (components.containsKey(property)) {
      return Optional.of(new Rule.Has(property));
    }
    if (constants.containsKey(property)) {
      return Optional.of(new Rule.Always(true));
    }
    return closed ? Optional.of(new Rule.Always(false)) : Optional.empty();
  }

  private Optional<Rule> dependentRequired(JsonNode dependents) {
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : dependents.properties()) {
      Optional<Rule> has = has(entry.getKey());
      Optional<Rule> others = required(entry.getValue());
      if (has.isEmpty() || others.isEmpty()) {
        return Optional.empty();
      }
      rules.add(Rule.any(List.of(Rule.not(has.get()), others.get())));
    }
    return Optional.of(Rule.all(rules));
  }

  private Optional<Rule> dependentSchemas(Map<String, Site> dependents, int depth) {
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, Site> entry : dependents.entrySet()) {
      Optional<Rule> has = has(entry.getKey());
      Optional<Rule> schema = schema(entry.getValue(), depth);
      if (has.isEmpty() || schema.isEmpty()) {
        return Optional.empty();
      }
      rules.add(Rule.any(List.of(Rule.not(has.get()), schema.get())));
    }
    return Optional.of(Rule.all(rules));
  }

  private Optional<Rule> properties(Map<String, Site> properties) {
    List<Rule> rules = new ArrayList<>();
    for (Map.Entry<String, Site> entry : properties.entrySet()) {
      Optional<Rule> rule = property(entry.getKey(), entry.getValue());
      if (rule.isEmpty()) {
        return rule;
      }
      rules.add(rule.get());
    }
    return Optional.of(Rule.all(rules));
  }

  private Optional<Rule> property(String property, Site site) {
    Constant constant = constants.get(property);
    if (constant != null) {
      boolean passes = types.references.compile(site, View.PLAIN).isValid(constant.value());
      return Optional.of(new Rule.Always(passes));
    }
    Component component = components.get(property);
    if (component == null) {
      return closed ? Optional.of(new Rule.Always(true)) : Optional.empty();
    }
    boolean nullable = component.form() == Component.Form.FIELD || component.value().nullable();
    return nullable ? Optional.empty() : passes(property, component.value(), site);
  }

  private Optional<Rule> passes(String property, Value value, Site site) {
    Facets facets = types.merge.of(Group.of(site));
    if (facets.never) {
      return Optional.of(new Rule.Not(new Rule.Has(property)));
    }
    int kinds = kinds(value.type());
    boolean simple =
        kinds != 0
            && facets.unions.isEmpty()
            && facets.unfusable.isEmpty()
            && facets.rules.isEmpty()
            && facets.places.isEmpty()
            && !facets.readOnly
            && !facets.writeOnly
            && facets.formats.isEmpty()
            && !facets.untyped
            && facets.items.isEmpty()
            && facets.array.isEmpty()
            && !facets.hasObjectKeywords();
    if (!simple || ((facets.types & kinds) != 0 && !covers(facets, kinds))) {
      return Optional.empty();
    }
    if ((facets.types & kinds) == 0) {
      return Optional.of(new Rule.Not(new Rule.Has(property)));
    }
    List<Check> checks = checks(facets, kinds);
    if (value.type() instanceof JavaType.Declared
        && checks.stream().anyMatch(check -> !(check instanceof Check.Allowed))) {
      return Optional.empty();
    }
    return Optional.of(
        checks.isEmpty()
            ? new Rule.Always(true)
            : new Rule.Passes(
                property, new Value(value.type(), false, checks, List.of(), site.origin())));
  }

  /** Whether a schema allows every type of a component, or lists the values it allows. */
  private static boolean covers(Facets facets, int kinds) {
    return (facets.types & kinds) == kinds
        || (facets.allowed != null && (kinds & Kinds.NUMBER) != 0);
  }

  private static List<Check> checks(Facets facets, int kinds) {
    List<Check> checks = new ArrayList<>();
    if (kinds == Kinds.STRING) {
      checks.addAll(facets.text);
    } else if ((kinds & Kinds.NUMBER) != 0) {
      checks.addAll(facets.number);
    }
    if (facets.allowed != null && facets.allowedOrigin != null) {
      List<JsonNode> values = facets.allowed.values().stream().map(Facets.Choice::value).toList();
      checks.add(new Check.Allowed(facets.allowedOrigin, values));
    }
    return checks;
  }

  /** The JSON types of values that can be tested in Java as they are; 0 for others. */
  private int kinds(@Nullable JavaType type) {
    if (type instanceof JavaType.Declared(var name)) {
      return types.isEnum(name) ? Kinds.STRING : 0;
    }
    if (!(type instanceof JavaType.Simple(var scalar))) {
      return 0;
    }
    return switch (scalar) {
      case STRING -> Kinds.STRING;
      case BOOLEAN -> Kinds.BOOLEAN;
      case INT, LONG, INTEGER, BIG_INTEGER -> Kinds.INTEGER;
      case BIG_DECIMAL -> Kinds.NUMBER;
      default -> 0;
    };
  }
}
