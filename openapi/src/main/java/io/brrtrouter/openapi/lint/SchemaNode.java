package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A schema object and how it stands in the one around it.
 *
 * @param node the object
 * @param role how it stands there
 */
record SchemaNode(LocatedNode node, Role role) {
  private static final Set<String> BY_NAME =
      Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");
  private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
  private static final Set<String> SINGLE =
      Set.of(
          "items",
          "additionalProperties",
          "unevaluatedItems",
          "unevaluatedProperties",
          "contains",
          "propertyNames",
          "not",
          "if",
          "then",
          "else",
          "contentSchema");

  /** How a schema stands in another. */
  enum Role {
    /** Not in another, or as one of its definitions. */
    DEFINITION,
    /** As a property. */
    PROPERTY,
    /** Beside others that look at the same value. */
    PART,
    /** Any other way. */
    OTHER
  }

  /** {@return this schema and all within it, in document order} */
  List<SchemaNode> all() {
    List<SchemaNode> all = new ArrayList<>(List.of(this));
    for (LocatedNode keyword : node.members()) {
      for (SchemaNode inner : inner(keyword)) {
        if (inner.node().node().isObject()) {
          all.addAll(inner.all());
        }
      }
    }
    return all;
  }

  private static List<SchemaNode> inner(LocatedNode keyword) {
    String name = keyword.key();
    if (BY_NAME.contains(name)) {
      Role role =
          switch (name) {
            case "properties" -> Role.PROPERTY;
            case "dependentSchemas" -> Role.PART;
            case "patternProperties" -> Role.OTHER;
            default -> Role.DEFINITION;
          };
      return keyword.members().stream().map(each -> new SchemaNode(each, role)).toList();
    }
    if (LISTS.contains(name)) {
      Role role = name.equals("prefixItems") ? Role.OTHER : Role.PART;
      return keyword.items().stream().map(each -> new SchemaNode(each, role)).toList();
    }
    if (SINGLE.contains(name)) {
      Role role = Set.of("not", "if", "then", "else").contains(name) ? Role.PART : Role.OTHER;
      return List.of(new SchemaNode(keyword, role));
    }
    return List.of();
  }
}
