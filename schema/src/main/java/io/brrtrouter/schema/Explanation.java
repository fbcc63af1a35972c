package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Collects violations while a program walks an invalid instance. Confined to a thread. */
final class Explanation {
  private final Evaluation evaluation;
  private final int limit;
  private final StringBuilder instanceLocation = new StringBuilder();
  private final StringBuilder evaluationPath = new StringBuilder();
  private final List<Violation> violations = new ArrayList<>();
  private final Set<Place> places = new HashSet<>();
  private final Set<Visit> visits = new HashSet<>();
  private int count;

  /** What messages start with when they are not about a value. */
  private String subject = "";

  /** Two ways to the same keyword on the same value are one violation. */
  private record Place(String instanceLocation, String schemaLocation, String message) {}

  /** A schema explained at a place. */
  private record Visit(Subschema schema, String instanceLocation) {}

  Explanation(JsonNode instance, int limit) {
    this.evaluation = new Evaluation(instance);
    this.limit = limit;
  }

  Evaluation evaluation() {
    return evaluation;
  }

  /**
   * Whether a schema has not been explained at the current place before. A second time it would
   * find the same violations, and a third and fourth when nested.
   */
  boolean isFirst(Subschema schema) {
    return visits.add(new Visit(schema, instanceLocation.toString()));
  }

  int count() {
    return count;
  }

  Violations result() {
    return new Violations(violations, count - violations.size());
  }

  /** Explains a schema applied to the same instance. */
  void inPlace(String path, Subschema schema, JsonNode instance) {
    int length = evaluationPath.length();
    evaluationPath.append(path);
    schema.explain(instance, this);
    evaluationPath.setLength(length);
  }

  /** Explains a schema applied to a part of the instance. */
  void child(String path, String token, Subschema schema, JsonNode child) {
    int length = instanceLocation.length();
    instanceLocation.append('/').append(Pointers.escape(token));
    inPlace(path, schema, child);
    instanceLocation.setLength(length);
  }

  void child(String path, int index, Subschema schema, JsonNode child) {
    int length = instanceLocation.length();
    instanceLocation.append('/').append(index);
    inPlace(path, schema, child);
    instanceLocation.setLength(length);
  }

  /** Explains a schema applied to the name of a member of the current object. */
  void name(String path, String name, Subschema schema) {
    String outer = subject;
    subject = "the name of this property ";
    child(path, name, schema, StringNode.valueOf(name));
    subject = outer;
  }

  /** Reports that the current value violates a keyword. */
  void report(Subschema schema, String keyword, @Nullable JsonNode expected, String message) {
    report(schema, "/" + keyword, keyword, expected, message);
  }

  /** Reports that nothing is allowed where the current value stands. */
  void reportFalse(Subschema schema) {
    report(schema, "", "false", null, "is not allowed here");
  }

  private void report(
      Subschema schema, String path, String keyword, @Nullable JsonNode expected, String text) {
    if (violations.size() >= limit) {
      count++;
      return;
    }
    String message = subject + text;
    String where = instanceLocation.toString();
    String schemaLocation = schema.origin.uri(path);
    if (places.add(new Place(where, schemaLocation, message))) {
      count++;
      violations.add(
          new Violation(
              where,
              evaluationPath + path,
              schemaLocation,
              schema.origin.source(path),
              keyword,
              expected,
              message));
    }
  }

  /** Reports that a member of the current object violates a keyword. */
  void reportMember(
      String name, Subschema schema, String keyword, @Nullable JsonNode expected, String message) {
    int length = instanceLocation.length();
    instanceLocation.append('/').append(Pointers.escape(name));
    report(schema, keyword, expected, message);
    instanceLocation.setLength(length);
  }
}
