package io.brrtrouter.schema;

import io.brrtrouter.schema.pattern.EcmaPattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The keywords that look at an object's members by name, in one pass: {@code properties}, {@code
 * patternProperties}, {@code additionalProperties} (JSON Schema core section 10.3.2), {@code
 * required}, {@code minProperties} and {@code maxProperties} (validation section 6.5).
 *
 * <p>A member the view drops is known but has no schema: present or not, nothing is asked of it.
 */
final class ObjectShape extends Keyword {
  /** Up to so many names more than members, looking names up is faster than looking members up. */
  private static final int BY_NAME_SURPLUS = 4;

  private final Rules rules;
  private final PropertyTable table;
  private final long minimum;
  private final long maximum;
  private final int requiredCount;
  private final boolean[] required;

  /** Whether a name counts as evaluated here: it is in {@code properties} or dropped. */
  private final boolean[] evaluated;

  /** What decides about each name; null where nothing can refuse it. */
  private final @Nullable Subschema[] schemas;

  private final @Nullable Subschema[] patternSchemas;
  private @Nullable Subschema additionalSchema;

  /**
   * A name the shape knows.
   *
   * @param schema its schema in {@code properties}, else null
   * @param required whether {@code required} lists it and the view does not drop it
   * @param dropped whether the view drops it
   */
  record Member(String name, @Nullable Subschema schema, boolean required, boolean dropped) {}

  /** An entry of {@code patternProperties}. */
  record PatternMember(String written, EcmaPattern pattern, Subschema schema, boolean dropped) {}

  /**
   * What applies to members without a name or pattern of their own.
   *
   * @param keyword {@code additionalProperties}, or {@code unevaluatedProperties} where it means
   *     the same
   */
  record Rest(String keyword, @Nullable Subschema schema, boolean dropped) {
    static final Rest NONE = new Rest("additionalProperties", null, false);
  }

  /** The keywords as written. */
  record Rules(
      List<Member> members,
      List<PatternMember> patterns,
      Rest rest,
      @Nullable JsonNode minProperties,
      @Nullable JsonNode maxProperties) {}

  ObjectShape(Subschema owner, Rules rules) {
    super(owner);
    this.rules = rules;
    int size = rules.members.size();
    table = new PropertyTable(rules.members.stream().map(Member::name).toList());
    minimum = SizeLimit.value(rules.minProperties, 0);
    maximum = SizeLimit.value(rules.maxProperties, Long.MAX_VALUE);
    requiredCount = (int) rules.members.stream().filter(Member::required).count();
    required = new boolean[size];
    evaluated = new boolean[size];
    for (int i = 0; i < size; i++) {
      Member member = rules.members.get(i);
      required[i] = member.required;
      evaluated[i] = member.dropped || member.schema != null;
    }
    schemas = new @Nullable Subschema[size];
    patternSchemas = new @Nullable Subschema[rules.patterns.size()];
  }

  @Override
  void link() {
    for (int i = 0; i < schemas.length; i++) {
      Member member = rules.members.get(i);
      schemas[i] = deciding(member.schema, member.dropped);
    }
    for (int i = 0; i < patternSchemas.length; i++) {
      PatternMember member = rules.patterns.get(i);
      patternSchemas[i] = deciding(member.schema, member.dropped);
    }
    additionalSchema = deciding(rules.rest.schema, rules.rest.dropped);
  }

  private static @Nullable Subschema deciding(@Nullable Subschema schema, boolean dropped) {
    if (schema == null || dropped) {
      return null;
    }
    Subschema resolved = schema.resolved();
    return resolved.isTrue() ? null : resolved;
  }

  @Override
  int kinds() {
    return 1 << Kind.OBJECT;
  }

  @Override
  int rank() {
    return CHILDREN;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    ObjectNode object = (ObjectNode) instance;
    int size = object.size();
    if (!hasValidSize(size)) {
      return false;
    }
    boolean byName = schemas.length <= size + BY_NAME_SURPLUS && namesSuffice();
    return byName ? validByName(object, size, evaluation) : validByMember(object, evaluation);
  }

  boolean hasValidSize(int size) {
    return size >= requiredCount && size >= minimum && size <= maximum;
  }

  /** Whether looking up the known names finds everything there is to check. */
  private boolean namesSuffice() {
    return patternSchemas.length == 0 && (additionalSchema == null || additionalSchema.isFalse());
  }

  /** Needs no iterator, so it allocates nothing. */
  private boolean validByName(ObjectNode object, int size, Evaluation evaluation) {
    int found = 0;
    for (int i = 0; i < schemas.length; i++) {
      JsonNode value = object.get(table.name(i));
      if (value == null) {
        if (required[i]) {
          return false;
        }
        continue;
      }
      if (evaluated[i]) {
        found++;
      }
      Subschema schema = schemas[i];
      if (schema != null && !schema.valid(value, evaluation)) {
        return false;
      }
    }
    return additionalSchema == null || found == size;
  }

  private boolean validByMember(ObjectNode object, Evaluation evaluation) {
    int missing = requiredCount;
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      int index = table.find(entry.getKey());
      if (index >= 0 && required[index]) {
        missing--;
      }
      if (!validMember(index, entry.getKey(), entry.getValue(), evaluation)) {
        return false;
      }
    }
    return missing == 0;
  }

  private boolean validMember(int index, String name, JsonNode value, Evaluation evaluation) {
    Subschema schema = schemaFor(index);
    return (schema == null || schema.valid(value, evaluation))
        && (patternSchemas.length == 0 || validByPattern(index, name, value, evaluation));
  }

  /** The index of a known name, or -1. */
  int find(String name) {
    return table.find(name);
  }

  int requiredCount() {
    return requiredCount;
  }

  boolean isRequired(int index) {
    return index >= 0 && required[index];
  }

  boolean hasPatterns() {
    return patternSchemas.length > 0;
  }

  /** The schema of the name at an index, patterns aside; null when there is none. */
  @Nullable Subschema schemaFor(int index) {
    if (index >= 0 && evaluated[index]) {
      return schemas[index];
    }
    return patternSchemas.length == 0 ? additionalSchema : null;
  }

  /** Applies {@code patternProperties}, and {@code additionalProperties} to what is left. */
  boolean validByPattern(int index, String name, JsonNode value, Evaluation evaluation) {
    if (isDropped(index)) {
      return true;
    }
    boolean matched = index >= 0 && evaluated[index];
    for (int i = 0; i < patternSchemas.length; i++) {
      if (rules.patterns.get(i).pattern.find(name)) {
        matched = true;
        Subschema schema = patternSchemas[i];
        if (schema != null && !schema.valid(value, evaluation)) {
          return false;
        }
      }
    }
    return matched || additionalSchema == null || additionalSchema.valid(value, evaluation);
  }

  private boolean isDropped(int index) {
    return index >= 0 && rules.members.get(index).dropped;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    ObjectNode object = (ObjectNode) instance;
    explainSize(object.size(), explanation);
    for (Member member : rules.members) {
      if (member.required && object.get(member.name) == null) {
        explanation.report(
            owner,
            "required",
            StringNode.valueOf(member.name),
            "must have the property " + Wording.quote(member.name));
      }
    }
    object.forEachEntry((name, value) -> explainMember(name, value, explanation));
  }

  private void explainSize(int size, Explanation explanation) {
    if (size < minimum) {
      explanation.report(
          owner,
          "minProperties",
          rules.minProperties,
          SizeLimit.message("at least", minimum, "property", size));
    }
    if (size > maximum) {
      explanation.report(
          owner,
          "maxProperties",
          rules.maxProperties,
          SizeLimit.message("at most", maximum, "property", size));
    }
  }

  private void explainMember(String name, JsonNode value, Explanation explanation) {
    int index = table.find(name);
    if (isDropped(index)) {
      return;
    }
    boolean matched = false;
    Subschema schema = index < 0 ? null : rules.members.get(index).schema;
    if (schema != null) {
      matched = true;
      explanation.child("/properties/" + Pointers.escape(name), name, schema, value);
    }
    for (PatternMember member : rules.patterns) {
      if (member.pattern.find(name)) {
        matched = true;
        if (!member.dropped) {
          String path = "/patternProperties/" + Pointers.escape(member.written);
          explanation.child(path, name, member.schema, value);
        }
      }
    }
    if (!matched && rules.rest.schema != null && additionalSchema != null) {
      explainAdditional(name, value, rules.rest.schema, explanation);
    }
  }

  private void explainAdditional(
      String name, JsonNode value, Subschema schema, Explanation explanation) {
    if (!schema.resolved().isFalse()) {
      explanation.child("/" + rules.rest.keyword, name, schema, value);
      return;
    }
    explanation.reportMember(
        name,
        owner,
        rules.rest.keyword,
        null,
        "is not allowed here" + (explanation.isFull() ? "" : suggestion(name)));
  }

  private String suggestion(String name) {
    String nearest = Wording.nearest(name, table.names());
    return nearest == null ? "" : "; did you mean " + Wording.quote(nearest) + "?";
  }

  @Override
  void claim(JsonNode instance, Evaluation evaluation, Marks marks) {
    if (rules.rest.schema != null) {
      marks.addAll();
      return;
    }
    int position = 0;
    for (String name : instance.propertyNames()) {
      int index = table.find(name);
      if ((index >= 0 && evaluated[index]) || matchesPattern(name)) {
        marks.add(position);
      }
      position++;
    }
  }

  private boolean matchesPattern(String name) {
    for (PatternMember member : rules.patterns) {
      if (member.pattern.find(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  void strip(JsonNode instance, Stripping stripping) {
    instance.forEachEntry((name, value) -> stripMember(name, stripping));
  }

  private void stripMember(String name, Stripping stripping) {
    int index = table.find(name);
    boolean matched = index >= 0 && evaluated[index];
    if (isDropped(index)) {
      stripping.drop(name);
    } else if (matched) {
      stripping.member(name, schemas[index]);
    }
    for (int i = 0; i < patternSchemas.length; i++) {
      PatternMember member = rules.patterns.get(i);
      if (member.pattern.find(name)) {
        matched = true;
        stripping.memberOrDrop(name, patternSchemas[i], member.dropped);
      }
    }
    if (!matched) {
      stripping.memberOrDrop(name, additionalSchema, rules.rest.dropped);
    }
  }

  @Override
  int distance(JsonNode instance, Evaluation evaluation, int depth) {
    ObjectNode object = (ObjectNode) instance;
    int distance = hasValidSize(object.size()) ? 0 : 1;
    for (int i = 0; i < schemas.length; i++) {
      if (required[i] && object.get(table.name(i)) == null) {
        distance++;
      }
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      int index = table.find(entry.getKey());
      if (!validMember(index, entry.getKey(), entry.getValue(), evaluation)) {
        Subschema schema = schemaFor(index);
        distance += schema == null ? 1 : schema.tagDistance(entry.getValue());
      }
    }
    return distance;
  }

  /** The names whose values must be one of a few, added to a map, and those that must be there. */
  void tags(Map<String, Set<Object>> tags, Set<String> requiredNames) {
    for (int i = 0; i < schemas.length; i++) {
      if (required[i]) {
        requiredNames.add(table.name(i));
      }
      Subschema schema = schemas[i];
      Set<Object> values = schema == null ? null : schema.onlyTags();
      if (values != null) {
        tags.putIfAbsent(table.name(i), values);
      }
    }
  }

  @Override
  void children(Consumer<Subschema> action) {
    for (Member member : rules.members) {
      if (member.schema != null && !member.dropped) {
        action.accept(member.schema);
      }
    }
    rules.patterns.forEach(member -> action.accept(member.schema));
    if (rules.rest.schema != null) {
      action.accept(rules.rest.schema);
    }
  }

  /** A name can be in {@code properties} and match patterns too. */
  @Override
  boolean isAmbiguous() {
    return hasPatterns();
  }

  @Override
  boolean drops() {
    return rules.rest.dropped
        || rules.members.stream().anyMatch(Member::dropped)
        || rules.patterns.stream().anyMatch(PatternMember::dropped);
  }
}
