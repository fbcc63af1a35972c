package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Reference;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Rules on schemas that work together: {@code allOf}, {@code oneOf}, discriminators. */
@SuppressWarnings("IdentityHashMapUsage")
final class CompositionRules {
  private static final int DEEPEST = 50;

  private final Tree tree;
  private final Report report;

  /** Schemas that others take in with {@code allOf}. */
  private final Set<JsonNode> extended = identitySet();

  /** Where the entries of mappings lead, by the mapping and the value. */
  private final Map<JsonNode, Map<String, LocatedNode>> mapped = new IdentityHashMap<>();

  CompositionRules(Tree tree, Report report) {
    this.tree = tree;
    this.report = report;
    for (Reference reference : tree.references()) {
      LocatedNode holder = reference.from().parent();
      LocatedNode list = holder == null ? null : holder.parent();
      if (list != null && list.key().equals("allOf")) {
        extended.add(tree.resolve(reference.target()).node());
      }
      if (holder != null && holder.key().equals("mapping")) {
        mapped
            .computeIfAbsent(holder.node(), _ -> new HashMap<>())
            .put(reference.from().key(), tree.resolve(reference.target()));
      }
    }
  }

  private static Set<JsonNode> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  void check(LocatedNode schema) {
    closedAllOf(schema);
    LocatedNode discriminator = schema.member("discriminator");
    if (discriminator != null && discriminator.node().isObject()) {
      discriminator(schema, discriminator);
    }
  }

  /** A part that forbids what it does not know, beside parts that know more, accepts nothing. */
  private void closedAllOf(LocatedNode schema) {
    List<LocatedNode> parts = new ArrayList<>(List.of(schema));
    for (LocatedNode item : Tree.items(schema, "allOf")) {
      parts.add(tree.resolve(item));
    }
    if (parts.size() == 1) {
      return;
    }
    for (LocatedNode closed : parts) {
      LocatedNode additional = closed.member("additionalProperties");
      if (additional == null || !additional.node().isBoolean() || additional.node().asBoolean()) {
        continue;
      }
      Map<String, LocatedNode> own = direct(closed);
      for (LocatedNode other : parts) {
        if (Tree.isSame(other, closed)) {
          continue;
        }
        for (String name : properties(other, schema).keySet()) {
          if (!own.containsKey(name) && !matchesPattern(closed, name)) {
            report.add(
                Rule.CLOSED_ALL_OF,
                additional.nameLocation(),
                "additionalProperties: false refuses \""
                    + name
                    + "\", which another part of the allOf "
                    + Report.elsewhere(schema.location(), additional.location())
                    + " declares",
                Report.text(tree.root(), "openapi").startsWith("3.0")
                    ? "remove it; OpenAPI 3.0 cannot close a schema made of parts"
                    : "remove it and write unevaluatedProperties: false beside the allOf");
            break;
          }
        }
      }
    }
  }

  private static boolean matchesPattern(LocatedNode schema, String name) {
    LocatedNode patterns = schema.member("patternProperties");
    return patterns != null
        && patterns.members().stream()
            .anyMatch(pattern -> {
              try {
                return java.util.regex.Pattern.compile(pattern.key()).matcher(name).find();
              } catch (java.util.regex.PatternSyntaxException e) {
                return true;
              }
            });
  }

  private static Map<String, LocatedNode> direct(LocatedNode schema) {
    Map<String, LocatedNode> properties = new LinkedHashMap<>();
    LocatedNode declared = schema.member("properties");
    if (declared != null) {
      declared.members().forEach(property -> properties.put(property.key(), property));
    }
    return properties;
  }

  /**
   * {@return the properties a schema declares, those of its own parts too unless it is the whole}
   */
  private Map<String, LocatedNode> properties(LocatedNode schema, LocatedNode whole) {
    return Tree.isSame(schema, whole) ? direct(schema) : merged(schema, 0);
  }

  private Map<String, LocatedNode> merged(LocatedNode schema, int depth) {
    Map<String, LocatedNode> properties = new LinkedHashMap<>(direct(schema));
    if (depth < DEEPEST) {
      for (LocatedNode part : parts(schema)) {
        merged(part, depth + 1).forEach(properties::putIfAbsent);
      }
    }
    return properties;
  }

  private List<LocatedNode> parts(LocatedNode schema) {
    List<LocatedNode> parts = new ArrayList<>();
    LocatedNode target = tree.target(schema);
    if (target != null) {
      parts.add(target);
    }
    Tree.items(schema, "allOf").forEach(item -> parts.add(tree.resolve(item)));
    return parts;
  }

  private void discriminator(LocatedNode schema, LocatedNode discriminator) {
    String property = Report.text(discriminator, "propertyName");
    List<LocatedNode> branches = new ArrayList<>(Tree.items(schema, "oneOf"));
    branches.addAll(Tree.items(schema, "anyOf"));
    if (branches.isEmpty() && !extended.contains(schema.node())) {
      report.add(
          Rule.DISCRIMINATOR_WITHOUT_CHOICE,
          discriminator.nameLocation(),
          "the discriminator has nothing to choose from",
          "add oneOf or anyOf here, or refer to this schema in the allOf of others");
    }
    boolean optional = discriminator.node().has("defaultMapping");
    Set<JsonNode> targets = identitySet();
    for (LocatedNode branch : branches) {
      LocatedNode target = tree.target(branch);
      if (target == null && branch.node().has("$ref")) {
        // Refused where it was read: what it names is not known.
        continue;
      }
      if (target == null) {
        report.add(
            Rule.DISCRIMINATOR_BRANCH_UNNAMED,
            branch.location(),
            "the discriminator cannot choose a schema without a name",
            "move it to /components/schemas and refer to it");
        continue;
      }
      LocatedNode resolved = tree.resolve(branch);
      targets.add(resolved.node());
      if (!optional
          && !property.isEmpty()
          && !requires(resolved, property, 0)
          && !requires(schema, property, 0)) {
        report.add(
            Rule.DISCRIMINATOR_PROPERTY_OPTIONAL,
            branch.location(),
            "\"" + property + "\" decides, but " + resolved.key() + " does not require it",
            "add it to \"required\" of " + resolved.key());
      }
    }
    if (!branches.isEmpty()) {
      mapping(discriminator, targets);
    }
  }

  private boolean requires(LocatedNode schema, String property, int depth) {
    LocatedNode required = schema.member("required");
    if (required != null
        && required.items().stream().anyMatch(each -> each.node().asString("").equals(property))) {
      return true;
    }
    return depth < DEEPEST
        && parts(schema).stream().anyMatch(part -> requires(part, property, depth + 1));
  }

  private void mapping(LocatedNode discriminator, Set<JsonNode> branches) {
    LocatedNode mapping = discriminator.member("mapping");
    if (mapping == null) {
      return;
    }
    Map<String, LocatedNode> targets = mapped.getOrDefault(mapping.node(), Map.of());
    for (LocatedNode entry : mapping.members()) {
      LocatedNode target = targets.get(entry.key());
      if (target != null && !branches.contains(target.node())) {
        report.add(
            Rule.DISCRIMINATOR_MAPPING_FOREIGN,
            entry.location(),
            "\""
                + entry.key()
                + "\" leads to "
                + target.key()
                + ", which is not one of the choices",
            "add it to oneOf or anyOf, or correct the mapping");
      }
    }
  }
}
