package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.Violation;
import io.brrtrouter.server.decode.RequestViolation.In;
import io.brrtrouter.server.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the {@code data} of events must be where {@code itemSchema} says that it is JSON: {@code
 * contentMediaType} and {@code contentSchema} (JSON Schema validation section 8) of the property
 * {@code data}. JSON Schema takes them for annotations, and OpenAPI 3.2 section 4.14.3.1 names them
 * for this. As annotations they count where their schema applies (JSON Schema core section 7.7.1):
 * through {@code $ref} and {@code allOf} always, in {@code oneOf}, {@code anyOf} and {@code if}
 * where the event, its data a text, is valid there. Of several alternatives that match, one must
 * take the data. Immutable.
 */
final class EventCheck {
  private static final String DATA = "data";

  private final List<Rule> rules;

  private EventCheck(List<Rule> rules) {
    this.rules = rules;
  }

  static EventCheck compile(Schema item, Schemas schemas) {
    return new EventCheck(new Compilation(schemas).rules(item, false));
  }

  /** Adds what is wrong with the data of an event. */
  void check(JsonNode event, List<RequestViolation> violations) {
    rules.forEach(rule -> rule.check(event, violations));
  }

  /** What is said of an event, or of its data. */
  private sealed interface Rule {
    void check(JsonNode value, List<RequestViolation> violations);
  }

  /** What the data of an event must be. */
  private record Member(List<Rule> rules) implements Rule {
    @Override
    public void check(JsonNode event, List<RequestViolation> violations) {
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
    public void check(JsonNode value, List<RequestViolation> violations) {
      List<RequestViolation> first = List.of();
      for (Branch branch : branches) {
        if (branch.matches.isValid(value)) {
          List<RequestViolation> found = new ArrayList<>();
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
    public void check(JsonNode value, List<RequestViolation> violations) {
      List<Rule> holding = matches.isValid(value) ? met : unmet;
      holding.forEach(rule -> rule.check(value, violations));
    }
  }

  /**
   * A text that must be JSON.
   *
   * @param schema what it must satisfy, null if any will do
   * @param source where the document says so
   * @param schemas bounds on the JSON
   */
  private record Json(@Nullable CompiledSchema schema, SourceLocation source, Schemas schemas)
      implements Rule {
    @Override
    public void check(JsonNode data, List<RequestViolation> violations) {
      if (!data.isString()) {
        return;
      }
      byte[] text = data.stringValue().getBytes(StandardCharsets.UTF_8);
      ParsedJson parsed =
          schema == null
              ? JsonReader.read(text, schemas.json())
              : schema.parse(text, schemas.json());
      switch (parsed) {
        case ParsedJson.Valid _ -> {}
        case ParsedJson.Malformed(int line, int column, String message) ->
            violations.add(
                violation(
                    "contentMediaType",
                    "must be JSON: line " + line + ", column " + column + ": " + message,
                    source));
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

    private static RequestViolation violation(
        String keyword, String message, SourceLocation source) {
      return new RequestViolation(In.BODY, "", "/" + DATA, keyword, message, null, source);
    }
  }

  /** Finds the rules in a schema. */
  private static final class Compilation {
    private final Schemas schemas;
    private final Set<String> open = new HashSet<>();

    Compilation(Schemas schemas) {
      this.schemas = schemas;
    }

    /**
     * {@return what a schema says}
     *
     * @param data whether it is about the data, and not about the event
     */
    List<Rule> rules(Schema schema, boolean data) {
      String place = data + " " + schema.resource().uri() + "#" + schema.pointer();
      if (!open.add(place)) {
        return List.of();
      }
      List<Rule> rules = new ArrayList<>();
      JsonNode node = schema.node();
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
        schemas
            .compiler()
            .target(schema.resource(), schema.pointer(), reference.stringValue())
            .map(target -> new Schema(target.resource(), target.pointer()))
            .ifPresent(target -> rules.addAll(rules(target, data)));
      }
      for (int i = 0; i < node.path("allOf").size(); i++) {
        rules.addAll(rules(child(schema, "/allOf/" + i), data));
      }
      alternatives(schema, "oneOf", data).ifPresent(rules::add);
      alternatives(schema, "anyOf", data).ifPresent(rules::add);
      condition(schema, node, data).ifPresent(rules::add);
      open.remove(place);
      return List.copyOf(rules);
    }

    private Optional<Rule> json(Schema schema, JsonNode node) {
      boolean json =
          ContentType.parse(node.path("contentMediaType").asString(""))
                  .filter(ContentType::isJson)
                  .isPresent()
              && !node.has("contentEncoding");
      if (!json) {
        return Optional.empty();
      }
      CompiledSchema content =
          node.has("contentSchema") ? schemas.compile(child(schema, "/contentSchema")) : null;
      return Optional.of(new Json(content, schema.location(), schemas));
    }

    private Optional<Rule> alternatives(Schema schema, String keyword, boolean data) {
      List<Schema> children = new ArrayList<>();
      for (int i = 0; i < schema.node().path(keyword).size(); i++) {
        children.add(child(schema, "/" + keyword + "/" + i));
      }
      List<List<Rule>> rules = children.stream().map(each -> rules(each, data)).toList();
      if (rules.stream().allMatch(List::isEmpty)) {
        return Optional.empty();
      }
      List<Branch> branches = new ArrayList<>();
      for (int i = 0; i < children.size(); i++) {
        branches.add(new Branch(schemas.compile(children.get(i)), rules.get(i)));
      }
      return Optional.of(new Alternatives(branches));
    }

    private Optional<Rule> condition(Schema schema, JsonNode node, boolean data) {
      if (!node.has("if")) {
        return Optional.empty();
      }
      Schema when = child(schema, "/if");
      List<Rule> met = new ArrayList<>(rules(when, data));
      met.addAll(rules(child(schema, "/then"), data));
      List<Rule> unmet = rules(child(schema, "/else"), data);
      return met.isEmpty() && unmet.isEmpty()
          ? Optional.empty()
          : Optional.of(new Condition(schemas.compile(when), List.copyOf(met), unmet));
    }

    private static Schema child(Schema schema, String tokens) {
      return new Schema(schema.resource(), schema.pointer() + tokens);
    }
  }
}
