package io.brrtrouter.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What the {@code data} of events must be where {@code itemSchema} says that it is JSON: {@code
 * contentMediaType} and {@code contentSchema} (JSON Schema validation section 8) of the property
 * {@code data}. JSON Schema takes them for annotations, and OpenAPI 3.2 section 4.14.3.1 names them
 * for this. As annotations they count where their schema applies (JSON Schema core section 7.7.1):
 * through {@code $ref} and {@code allOf} always, in {@code oneOf}, {@code anyOf} and {@code if}
 * where the event, its data a text, is valid there. Of several alternatives that match, one must
 * take the data. Immutable.
 */
public final class EventContent {
  private static final String DATA = "data";

  private final List<Rule> rules;

  private EventContent(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * {@return what the schema of an event says of its data}
   *
   * @param resource the document the schema is in
   * @param pointer JSON Pointer of the schema in the document
   * @param view which side of an exchange has the events
   * @param compiler what compiles the schema and finds the documents it refers to
   * @param limits bounds on JSON in data
   * @throws SchemaException when a schema does not compile
   */
  public static EventContent compile(
      SchemaResource resource,
      String pointer,
      View view,
      SchemaCompiler compiler,
      JsonLimits limits) {
    Compilation compilation = new Compilation(compiler, view, limits);
    return new EventContent(compilation.rules(new SchemaTarget(resource, pointer), false));
  }

  /**
   * {@return what is wrong with the data of an event; empty where nothing is, or the data is no
   * text, which the schema itself judges}
   *
   * @param event an object of its fields
   */
  public List<Violation> check(JsonNode event) {
    List<Violation> violations = new ArrayList<>();
    rules.forEach(rule -> rule.check(event, violations));
    return violations;
  }

  /** What is said of an event, or of its data. */
  private sealed interface Rule {
    void check(JsonNode value, List<Violation> violations);
  }

  /** What the data of an event must be. */
  private record Member(List<Rule> rules) implements Rule {
    @Override
    public void check(JsonNode event, List<Violation> violations) {
      JsonNode data = event.path(DATA);
      if (!data.isMissingNode()) {
        rules.forEach(rule -> rule.check(data, violations));
      }
    }
  }

  /**
   * Alternatives of which one must hold, if any matches.
   *
   * @param branches the alternatives, those that say nothing of data too
   */
  private record Alternatives(List<Branch> branches) implements Rule {
    @Override
    public void check(JsonNode value, List<Violation> violations) {
      List<Violation> first = List.of();
      for (Branch branch : branches) {
        if (branch.matches.isValid(value)) {
          List<Violation> found = new ArrayList<>();
          branch.rules.forEach(rule -> rule.check(value, found));
          if (found.isEmpty()) {
            return;
          }
          first = first.isEmpty() ? found : first;
        }
      }
      violations.addAll(first);
    }
  }

  /** One of some alternatives. */
  private record Branch(CompiledSchema matches, List<Rule> rules) {}

  /** What holds if a value is valid, and what holds otherwise. */
  private record Condition(CompiledSchema matches, List<Rule> met, List<Rule> unmet)
      implements Rule {
    @Override
    public void check(JsonNode value, List<Violation> violations) {
      List<Rule> holding = matches.isValid(value) ? met : unmet;
      holding.forEach(rule -> rule.check(value, violations));
    }
  }

  /**
   * A text that must be JSON.
   *
   * @param schema what it must satisfy, null if any will do
   * @param place where the document says so
   * @param limits bounds on the JSON
   */
  private record Json(@Nullable CompiledSchema schema, SchemaTarget place, JsonLimits limits)
      implements Rule {
    @Override
    public void check(JsonNode data, List<Violation> violations) {
      if (!data.isString()) {
        return;
      }
      byte[] text = data.stringValue().getBytes(StandardCharsets.UTF_8);
      ParsedJson parsed =
          schema == null ? JsonReader.read(text, limits) : schema.parse(text, limits);
      switch (parsed) {
        case ParsedJson.Valid _ -> {}
        case ParsedJson.Malformed(int line, int column, String message) ->
            violations.add(
                violation(
                    "contentMediaType",
                    "must be JSON: line " + line + ", column " + column + ": " + message,
                    source()));
        case ParsedJson.Invalid(JsonNode _, var found) -> {
          for (Violation wrong : found.list()) {
            String place = wrong.instanceLocation();
            violations.add(
                violation(
                    "contentSchema",
                    "must be JSON of which "
                        + (place.isEmpty() ? "the value" : place)
                        + " "
                        + wrong.message(),
                    wrong.source()));
          }
        }
      }
    }

    private SourceLocation source() {
      return place.resource().sources().locate(place.pointer());
    }

    private Violation violation(String keyword, String message, SourceLocation source) {
      String pointer = place.pointer() + "/" + keyword;
      return new Violation(
          "/" + DATA,
          pointer,
          place.resource().uri() + "#" + pointer,
          source,
          keyword,
          null,
          message);
    }
  }

  /** Finds the rules in a schema. */
  private static final class Compilation {
    private final SchemaCompiler compiler;
    private final View view;
    private final JsonLimits limits;

    /** By place: many may refer to one, and those to others. Empty as long as it is looked at. */
    private final Map<String, List<Rule>> known = new HashMap<>();

    Compilation(SchemaCompiler compiler, View view, JsonLimits limits) {
      this.compiler = compiler;
      this.view = view;
      this.limits = limits;
    }

    private CompiledSchema compile(SchemaTarget schema) {
      return compiler.compile(schema.resource(), schema.pointer(), view);
    }

    private static JsonNode node(SchemaTarget schema) {
      return schema.resource().find(schema.pointer()).orElse(MissingNode.getInstance());
    }

    /**
     * {@return what a schema says}
     *
     * @param data whether it is about the data, and not about the event
     */
    List<Rule> rules(SchemaTarget schema, boolean data) {
      String place = data + " " + schema.resource().uri() + "#" + schema.pointer();
      List<Rule> before = known.putIfAbsent(place, List.of());
      if (before != null) {
        return before;
      }
      List<Rule> found = distinct(found(schema, data));
      known.put(place, found);
      return found;
    }

    /** {@return each rule once} Two of two places are never the same. */
    private static List<Rule> distinct(List<Rule> rules) {
      Set<Rule> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      return rules.stream().filter(seen::add).toList();
    }

    private List<Rule> found(SchemaTarget schema, boolean data) {
      List<Rule> rules = new ArrayList<>();
      JsonNode node = node(schema);
      if (data) {
        json(schema, node).ifPresent(rules::add);
      } else if (node.path("properties").has(DATA)) {
        List<Rule> inner = rules(child(schema, "/properties/" + DATA), true);
        if (!inner.isEmpty()) {
          rules.add(new Member(inner));
        }
      }
      JsonNode reference = node.path("$ref");
      if (reference.isString()) {
        compiler
            .target(schema.resource(), schema.pointer(), reference.stringValue())
            .ifPresent(target -> rules.addAll(rules(target, data)));
      }
      for (int i = 0; i < node.path("allOf").size(); i++) {
        rules.addAll(rules(child(schema, "/allOf/" + i), data));
      }
      alternatives(schema, "oneOf", data).ifPresent(rules::add);
      alternatives(schema, "anyOf", data).ifPresent(rules::add);
      condition(schema, node, data).ifPresent(rules::add);
      return rules;
    }

    private Optional<Rule> json(SchemaTarget schema, JsonNode node) {
      boolean json =
          EmbeddedJson.isJson(node.path("contentMediaType").asString(""))
              && !node.has("contentEncoding");
      if (!json) {
        return Optional.empty();
      }
      CompiledSchema content =
          node.has("contentSchema") ? compile(child(schema, "/contentSchema")) : null;
      return Optional.of(new Json(content, schema, limits));
    }

    private Optional<Rule> alternatives(SchemaTarget schema, String keyword, boolean data) {
      List<SchemaTarget> children = new ArrayList<>();
      for (int i = 0; i < node(schema).path(keyword).size(); i++) {
        children.add(child(schema, "/" + keyword + "/" + i));
      }
      List<List<Rule>> rules = children.stream().map(each -> rules(each, data)).toList();
      if (rules.stream().allMatch(List::isEmpty)) {
        return Optional.empty();
      }
      List<Branch> branches = new ArrayList<>();
      for (int i = 0; i < children.size(); i++) {
        branches.add(new Branch(compile(children.get(i)), rules.get(i)));
      }
      return Optional.of(new Alternatives(branches));
    }

    private Optional<Rule> condition(SchemaTarget schema, JsonNode node, boolean data) {
      if (!node.has("if")) {
        return Optional.empty();
      }
      SchemaTarget when = child(schema, "/if");
      List<Rule> met = new ArrayList<>(rules(when, data));
      met.addAll(rules(child(schema, "/then"), data));
      List<Rule> unmet = rules(child(schema, "/else"), data);
      return met.isEmpty() && unmet.isEmpty()
          ? Optional.empty()
          : Optional.of(new Condition(compile(when), List.copyOf(met), unmet));
    }

    private static SchemaTarget child(SchemaTarget schema, String tokens) {
      return new SchemaTarget(schema.resource(), schema.pointer() + tokens);
    }
  }
}
