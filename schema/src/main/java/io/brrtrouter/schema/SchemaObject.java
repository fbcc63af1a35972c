package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the keywords of one schema object: only those of vocabularies in force, and only values of
 * the right shape; the others are problems.
 */
final class SchemaObject {
  final Location location;
  private final JsonNode schema;
  private final Dialect dialect;
  private final Problems problems;

  /** What the keywords are about, as a mask. */
  private final int topics;

  SchemaObject(Location location, JsonNode schema, Dialect dialect, Problems problems) {
    this.location = location;
    this.schema = schema;
    this.dialect = dialect;
    this.problems = problems;
    this.topics = Topic.of(schema);
  }

  /** Whether a keyword of a topic is there. */
  boolean mentions(Topic topic) {
    return topic.isIn(topics);
  }

  boolean has(Vocabulary vocabulary) {
    return dialect.has(vocabulary);
  }

  @Nullable JsonNode value(String keyword, Vocabulary vocabulary) {
    return dialect.has(vocabulary) ? schema.get(keyword) : null;
  }

  void problem(String keyword, String message) {
    problems.add(location, keyword, message);
  }

  private void mustBe(String keyword, String what) {
    problem(keyword, Wording.quote(keyword) + " must be " + what);
  }

  @Nullable JsonNode number(String keyword) {
    JsonNode value = value(keyword, Vocabulary.VALIDATION);
    if (value != null && Kind.of(value) != Kind.NUMBER) {
      mustBe(keyword, "a number");
      return null;
    }
    return value;
  }

  /** The value of a keyword like {@code minItems}. */
  @Nullable JsonNode size(String keyword) {
    JsonNode value = value(keyword, Vocabulary.VALIDATION);
    if (value == null) {
      return null;
    }
    boolean fits =
        Kind.of(value) == Kind.NUMBER
            && Numbers.isInteger(value)
            && Numbers.decimal(value).signum() >= 0;
    if (!fits) {
      mustBe(keyword, "an integer that is not negative");
      return null;
    }
    return value;
  }

  boolean flag(String keyword) {
    JsonNode value = value(keyword, Vocabulary.VALIDATION);
    if (value != null && !value.isBoolean()) {
      mustBe(keyword, "true or false");
    }
    return value != null && value.isBoolean() && value.booleanValue();
  }

  @Nullable String text(String keyword, Vocabulary vocabulary) {
    JsonNode value = value(keyword, vocabulary);
    if (value != null && !value.isString()) {
      mustBe(keyword, "a string");
      return null;
    }
    return value == null ? null : value.stringValue();
  }

  @Nullable JsonNode array(String keyword, Vocabulary vocabulary) {
    JsonNode value = value(keyword, vocabulary);
    if (value != null && !value.isArray()) {
      mustBe(keyword, "an array");
      return null;
    }
    return value;
  }

  /** The names in an array below a keyword; null when it is not an array of strings. */
  @Nullable List<String> names(String keyword, @Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (JsonNode name : value) {
      if (name.isString()) {
        names.add(name.stringValue());
      }
    }
    if (!value.isArray() || names.size() < value.size()) {
      mustBe(keyword, "an array of property names");
      return null;
    }
    return names;
  }

  /** The places of the schemas in an array; empty when the keyword is absent. */
  List<Location> schemaArray(String keyword) {
    JsonNode value = value(keyword, Vocabulary.APPLICATOR);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray() || value.isEmpty()) {
      mustBe(keyword, "an array of at least one schema");
      return List.of();
    }
    List<Location> places = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      places.add(location.child(keyword).child(i));
    }
    return places;
  }

  /** The places of the schemas in an object, by name; empty when the keyword is absent. */
  Map<String, Location> schemaMap(String keyword) {
    JsonNode value = value(keyword, Vocabulary.APPLICATOR);
    Map<String, Location> places = new LinkedHashMap<>();
    if (value == null) {
      return places;
    }
    if (!value.isObject()) {
      mustBe(keyword, "an object whose values are schemas");
      return places;
    }
    Location place = location.child(keyword);
    value.propertyNames().forEach(name -> places.put(name, place.child(name)));
    return places;
  }

  /** The place of a schema; null when the keyword is absent. */
  @Nullable Location schema(String keyword, Vocabulary vocabulary) {
    return value(keyword, vocabulary) == null ? null : location.child(keyword);
  }
}
