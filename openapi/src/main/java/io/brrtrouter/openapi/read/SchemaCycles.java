package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds schemas that apply themselves to the same instance for ever: a circle of {@code $ref} and
 * in-place applicators (JSON Schema core section 10.2) without a step into the instance.
 */
final class SchemaCycles {
  private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SINGLE = List.of("not", "if", "then", "else");

  private final Findings findings;
  private final IdentityHashMap<JsonNode, LocatedNode> schemas = new IdentityHashMap<>();
  private final IdentityHashMap<JsonNode, Edge> references = new IdentityHashMap<>();
  private final List<JsonNode> holders = new ArrayList<>();
  private final IdentityHashMap<JsonNode, Boolean> finished = new IdentityHashMap<>();

  /**
   * A step to a schema that sees the same instance; {@code text} is the reference, if it is one.
   */
  private record Edge(JsonNode target, @Nullable LocatedNode text) {}

  /** A schema on the current path and the steps from it not taken yet. */
  private record Step(Edge into, Deque<Edge> open) {}

  SchemaCycles(Findings findings) {
    this.findings = findings;
  }

  void schema(LocatedNode schema) {
    schemas.put(schema.node(), schema);
  }

  void reference(LocatedNode schema, LocatedNode text, LocatedNode target) {
    if (references.put(schema.node(), new Edge(target.node(), text)) == null) {
      holders.add(schema.node());
    }
    finished.clear();
  }

  /** Reports each circle at one of its references. */
  void report() {
    for (JsonNode holder : holders) {
      if (!finished.containsKey(holder)) {
        walk(new Edge(holder, null));
      }
    }
  }

  private void walk(Edge start) {
    Deque<Step> path = new ArrayDeque<>();
    enter(start, path);
    while (!path.isEmpty()) {
      Step step = path.peek();
      Edge edge = step.open().poll();
      if (edge == null) {
        finished.put(step.into().target(), true);
        path.pop();
      } else if (Boolean.FALSE.equals(finished.get(edge.target()))) {
        circle(path, edge);
      } else if (!finished.containsKey(edge.target())) {
        enter(edge, path);
      }
    }
  }

  private void enter(Edge edge, Deque<Step> path) {
    finished.put(edge.target(), false);
    path.push(new Step(edge, edges(edge.target())));
  }

  private void circle(Deque<Step> path, Edge closing) {
    LocatedNode text = closing.text();
    for (Step step : path) {
      if (text != null || Nodes.same(step.into().target(), closing.target())) {
        break;
      }
      text = step.into().text();
    }
    if (text != null) {
      findings.error(
          "reference-cycle",
          text.location(),
          "the schema refers to itself without an end: no instance can ever be checked against it",
          "put a keyword such as \"properties\" or \"items\" between the schema and itself");
    }
  }

  private Deque<Edge> edges(JsonNode schema) {
    List<Edge> edges = new ArrayList<>();
    Edge reference = references.get(schema);
    if (reference != null) {
      edges.add(reference);
    }
    for (String keyword : LISTS) {
      schema.path(keyword).forEach(sub -> add(sub, edges));
    }
    for (String keyword : SINGLE) {
      add(schema.path(keyword), edges);
    }
    schema.path("dependentSchemas").forEach(sub -> add(sub, edges));
    return new ArrayDeque<>(edges);
  }

  private void add(JsonNode schema, List<Edge> edges) {
    if (schemas.containsKey(schema)) {
      edges.add(new Edge(schema, null));
    }
  }
}
