package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Rules on the fields of server-sent events (HTML standard section 9.2.6): {@code data}, {@code
 * event} and {@code id}, which are texts, and {@code retry}, a number. To {@code itemSchema} an
 * event is an object of these (OpenAPI 3.2 section 4.14.3.1), so no event is valid where one of
 * them must be something else, and a property of another name is never sent.
 */
@SuppressWarnings("IdentityHashMapUsage")
final class EventRules {
  private static final Map<String, String> TYPES =
      Map.of("data", "string", "event", "string", "id", "string", "retry", "number");

  private static final int DEEPEST = 50;

  private final Tree tree;
  private final Report report;

  /** Whether what stands beside a {@code $ref} is ignored, as OpenAPI 3.0 demands. */
  private final boolean lonelyReferences;

  /** What is known of schemas, by type: many may refer to one, and those to others. */
  private final Map<String, Map<JsonNode, Boolean>> allowing = new HashMap<>();

  EventRules(Tree tree, Report report) {
    this.tree = tree;
    this.report = report;
    this.lonelyReferences = Report.text(tree.root(), "openapi").startsWith("3.0");
  }

  /** Looks at a media type. */
  void check(Walk.Content content) {
    LocatedNode declared = content.node().member("itemSchema");
    LocatedNode item =
        declared == null ? content.node().member(SequentialMediaType.FIELD) : declared;
    boolean events =
        SequentialMediaType.of(content.mediaType()).equals(Optional.of(SequentialMediaType.EVENTS));
    if (item != null && events && content.side() == Walk.Side.RESPONSE) {
      event(item, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
    }
  }

  private void event(LocatedNode schema, Set<JsonNode> seen, int depth) {
    if (depth > DEEPEST || !schema.node().isObject() || !seen.add(schema.node())) {
      return;
    }
    LocatedNode target = tree.target(schema);
    if (target != null) {
      event(target, seen, depth + 1);
      if (lonelyReferences) {
        return;
      }
    }
    LocatedNode properties = schema.member("properties");
    if (properties != null) {
      properties.members().forEach(this::field);
    }
    for (String part : List.of("allOf", "oneOf", "anyOf")) {
      Tree.items(schema, part).forEach(each -> event(each, seen, depth + 1));
    }
    for (String part : List.of("then", "else")) {
      LocatedNode conditional = schema.member(part);
      if (conditional != null) {
        event(conditional, seen, depth + 1);
      }
    }
  }

  private void field(LocatedNode property) {
    String name = property.key();
    String type = TYPES.get(name);
    if (property.node().isBoolean()) {
      // Anything may be there, or the field must not be there.
      return;
    }
    if (type == null) {
      report.add(
          Rule.EVENT_FIELD,
          property.nameLocation(),
          "an event has no field \"" + name + "\", so this is never sent",
          report.didYouMean(
              name,
              TYPES.keySet().stream().sorted().toList(),
              "remove it, or make it part of JSON in \"data\": type: string with"
                  + " contentMediaType: application/json and contentSchema"));
    } else if (!allows(property, type, 0)) {
      report.add(
          Rule.EVENT_FIELD,
          property.nameLocation(),
          "\""
              + name
              + "\" of an event is "
              + (type.equals("string") ? "text" : "a number of milliseconds")
              + ", which this never allows",
          fix(name));
    }
  }

  private static String fix(String name) {
    return switch (name) {
      case "data" ->
          "write type: string with contentMediaType: application/json, and what is there as its"
              + " contentSchema";
      case "retry" -> "write type: integer";
      default -> "write type: string";
    };
  }

  /** {@return whether a value of a type may satisfy a schema, as far as keywords on types say} */
  private boolean allows(LocatedNode schema, String type, int depth) {
    if (depth > DEEPEST) {
      return true;
    }
    Map<JsonNode, Boolean> known = allowing.computeIfAbsent(type, _ -> new IdentityHashMap<>());
    Boolean before = known.putIfAbsent(schema.node(), true); // What leads back to itself may.
    if (before != null) {
      return before;
    }
    boolean found = looksAllowed(schema, type, depth);
    known.put(schema.node(), found);
    return found;
  }

  private boolean looksAllowed(LocatedNode schema, String type, int depth) {
    if (!schema.node().isObject()) {
      return schema.node().asBoolean(true);
    }
    LocatedNode target = tree.target(schema);
    if (target != null && !allows(target, type, depth + 1)) {
      return false;
    }
    if (target != null && lonelyReferences) {
      return true;
    }
    List<String> types = SchemaRules.types(schema);
    boolean typed =
        types.isEmpty()
            || types.contains(type)
            || (type.equals("number") && types.contains("integer"));
    if (!typed || !lists(schema, type)) {
      return false;
    }
    for (String part : List.of("oneOf", "anyOf")) {
      LocatedNode alternatives = schema.member(part);
      if (alternatives != null
          && !alternatives.items().isEmpty()
          && alternatives.items().stream().noneMatch(each -> allows(each, type, depth + 1))) {
        return false;
      }
    }
    LocatedNode all = schema.member("allOf");
    return all == null || all.items().stream().allMatch(each -> allows(each, type, depth + 1));
  }

  /** {@return whether the values that a schema lists, if it does, have one of a type} */
  private static boolean lists(LocatedNode schema, String type) {
    LocatedNode constant = schema.member("const");
    LocatedNode listed = schema.member("enum");
    return (constant == null || is(constant.node(), type))
        && (listed == null || listed.items().stream().anyMatch(each -> is(each.node(), type)));
  }

  private static boolean is(JsonNode value, String type) {
    return type.equals("number") ? value.isNumber() : value.isString();
  }
}
