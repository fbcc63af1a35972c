package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code type}, JSON Schema validation section 6.1.1. */
final class TypeKeyword extends Keyword {
  private final int allowed;
  private final boolean integerOnly;
  private final JsonNode written;

  /**
   * Builds the keyword.
   *
   * @param allowed the kinds, {@code integer} counted as number
   * @param integerOnly whether {@code integer} is allowed and {@code number} is not
   * @param written the keyword's value
   */
  TypeKeyword(Subschema owner, int allowed, boolean integerOnly, JsonNode written) {
    super(owner);
    this.allowed = allowed;
    this.integerOnly = integerOnly;
    this.written = written;
  }

  /** Whether an instance of an allowed kind must still be looked at. */
  boolean isNeededFor(int kind) {
    return integerOnly && kind == Kind.NUMBER;
  }

  @Override
  int kinds() {
    return Kind.ALL;
  }

  @Override
  int rank() {
    return SCALAR;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    int kind = Kind.of(instance);
    return Kind.isIn(kind, allowed) && (!isNeededFor(kind) || Numbers.isInteger(instance));
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    if (!valid(instance, explanation.evaluation())) {
      explanation.report(owner, "type", written, explanation.isFull() ? "" : message(instance));
    }
  }

  private String message(JsonNode instance) {
    int kind = Kind.of(instance);
    String actual =
        integerOnly && kind == Kind.NUMBER ? "a number with a fraction" : Kind.name(kind);
    return "must be " + Wording.list(names(), "or") + ", not " + actual;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (JsonNode name : written.isArray() ? written.values() : List.of(written)) {
      names.add(withArticle(name.stringValue()));
    }
    return names;
  }

  private static String withArticle(String type) {
    return switch (type) {
      case "null" -> type;
      case "array", "integer", "object" -> "an " + type;
      default -> "a " + type;
    };
  }
}
