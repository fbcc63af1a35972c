package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A query parameter that filters a list allows the values the items can have. */
final class QueryEnumRule {
  private static final List<String> ANSWERS = List.of("200", "201", "202", "2XX", "default");

  private final Tree tree;
  private final Report report;

  QueryEnumRule(Tree tree, Report report) {
    this.tree = tree;
    this.report = report;
  }

  void check(List<Site> sites) {
    for (Site site : sites) {
      for (LocatedNode place : site.parameters()) {
        LocatedNode parameter = tree.resolve(place);
        LocatedNode enumeration = enumeration(parameter.member("schema"));
        if (Report.text(parameter, "in").equals("query") && enumeration != null) {
          compare(site, Report.text(parameter, "name"), enumeration);
        }
      }
    }
  }

  private void compare(Site site, String name, LocatedNode enumeration) {
    for (LocatedNode response : Tree.entries(site.node(), "responses")) {
      if (!ANSWERS.contains(response.key())) {
        continue;
      }
      for (LocatedNode mediaType : Tree.entries(tree.resolve(response), "content")) {
        LocatedNode ofItems = enumeration(property(tree.resolve(mediaType).member("schema"), name));
        if (ofItems != null && !values(ofItems).equals(values(enumeration))) {
          report.add(
              Rule.QUERY_ENUM_MISMATCH,
              enumeration.location(),
              "query parameter \"%s\" allows %s, but items of the %s response have %s"
                  .formatted(name, listed(enumeration), response.key(), listed(ofItems)),
              "use one schema for both");
          return;
        }
      }
    }
  }

  /** {@return the property of the items of an array schema, or null} */
  private @Nullable LocatedNode property(@Nullable LocatedNode schema, String name) {
    LocatedNode items = schema == null ? null : tree.resolve(schema).member("items");
    LocatedNode properties = items == null ? null : tree.resolve(items).member("properties");
    return properties == null ? null : properties.member(name);
  }

  /** {@return the values a schema, or the items of an array schema, allow; null for any} */
  private @Nullable LocatedNode enumeration(@Nullable LocatedNode schema) {
    if (schema == null) {
      return null;
    }
    LocatedNode resolved = tree.resolve(schema);
    LocatedNode items = resolved.member("items");
    LocatedNode own = resolved.member("enum");
    return own != null || items == null ? own : tree.resolve(items).member("enum");
  }

  private static Set<JsonNode> values(LocatedNode enumeration) {
    Set<JsonNode> values = new LinkedHashSet<>();
    enumeration.items().forEach(item -> values.add(item.node()));
    return values;
  }

  private static String listed(LocatedNode enumeration) {
    return values(enumeration).stream()
        .map(value -> value.isString() ? value.stringValue() : value.toString())
        .collect(Collectors.joining(", "));
  }
}
