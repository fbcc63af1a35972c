package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Collects violations while a program walks an invalid instance, until the allowance of its {@link
 * Evaluation} is spent. Confined to a thread.
 */
final class Explanation {

  /**
   * Characters of all violations together, roughly: an answer to a client must not be many times
   * larger than its question. The first violation is exempt.
   */
  private static final int MAX_TEXT = 1 << 16;

  /** What a value of an {@code expected} list counts for. */
  private static final int TEXT_PER_VALUE = 16;

  private final Evaluation evaluation;
  private final int limit;
  private final StringBuilder instanceLocation = new StringBuilder();
  private final StringBuilder evaluationPath = new StringBuilder();
  private final List<Violation> violations = new ArrayList<>();
  private final Set<Place> places = new HashSet<>();
  private final Set<Visit> visits = new HashSet<>();

  /** A hash of the instance location. */
  private long location;

  private int count;
  private long text;

  /** What messages start with when they are not about a value. */
  private String subject = "";

  /** Two ways to the same keyword on the same value are one violation. */
  private record Place(String instanceLocation, String schemaLocation, String message) {}

  /** A schema explained at a place. A node that stands at two places is told apart by the hash. */
  @SuppressWarnings("ReferenceEquality")
  private record Visit(Subschema schema, JsonNode instance, long location) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Visit(Subschema thatSchema, JsonNode that, long thatLocation)
          && schema == thatSchema
          && instance == that
          && location == thatLocation;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(schema) * 31 + System.identityHashCode(instance);
    }
  }

  private Explanation(JsonNode instance, int limit) {
    this.evaluation = Evaluation.explaining(instance);
    this.limit = limit;
  }

  /** Explains why a schema refuses an instance: at least one violation. */
  static Violations of(Subschema schema, JsonNode instance, int limit) {
    Explanation explanation = new Explanation(instance, limit);
    try {
      schema.explain(instance, explanation);
    } catch (Evaluation.Exhausted e) {
      return explanation.cutShort(schema);
    }
    if (explanation.count == 0) {
      // Only schemas that lead back to themselves can be invalid without any keyword to blame.
      explanation.reportFalse(schema);
    }
    return new Violations(
        explanation.violations, explanation.count - explanation.violations.size());
  }

  /** What was found when the allowance was spent; counts what was not looked at as one. */
  private Violations cutShort(Subschema schema) {
    if (count == 0) {
      instanceLocation.setLength(0);
      evaluationPath.setLength(0);
      subject = "";
      report(schema, "", "false", null, "does not match its schema, and is too large to say where");
      return new Violations(violations, count - violations.size());
    }
    return new Violations(violations, Math.max(count - violations.size(), 1));
  }

  Evaluation evaluation() {
    return evaluation;
  }

  /**
   * Whether a schema has not been explained at the current place before. A second time it would
   * find the same violations, and a third and fourth when nested.
   */
  boolean isFirst(Subschema schema, JsonNode instance) {
    return visits.add(new Visit(schema, instance, location));
  }

  int count() {
    return count;
  }

  /** Whether further violations are only counted, so that nobody need word them. */
  boolean isFull() {
    return violations.size() >= limit || text > MAX_TEXT;
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
    below(token.hashCode(), path, schema, child);
    instanceLocation.setLength(length);
  }

  void child(String path, int index, Subschema schema, JsonNode child) {
    int length = instanceLocation.length();
    instanceLocation.append('/').append(index);
    below(index, path, schema, child);
    instanceLocation.setLength(length);
  }

  private void below(int hash, String path, Subschema schema, JsonNode child) {
    long outer = location;
    location = (location + hash + 1) * 0x9E3779B97F4A7C15L;
    inPlace(path, schema, child);
    location = outer;
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
    if (isFull()) {
      count++;
      return;
    }
    String message = subject + text;
    String where = instanceLocation.toString();
    String schemaLocation = schema.origin.uri(path);
    if (places.add(new Place(where, schemaLocation, message))) {
      count++;
      String walked = evaluationPath + path;
      violations.add(
          new Violation(
              where,
              walked,
              schemaLocation,
              schema.origin.source(path),
              keyword,
              expected,
              message));
      int values = expected == null ? 0 : expected.size();
      this.text += where.length() + walked.length() + message.length() + values * TEXT_PER_VALUE;
    }
  }

  /** Reports that a member of the current object violates a keyword. */
  void reportMember(
      String name, Subschema schema, String keyword, @Nullable JsonNode expected, String message) {
    if (isFull()) {
      count++;
      return;
    }
    int length = instanceLocation.length();
    instanceLocation.append('/').append(Pointers.escape(name));
    report(schema, keyword, expected, message);
    instanceLocation.setLength(length);
  }
}
