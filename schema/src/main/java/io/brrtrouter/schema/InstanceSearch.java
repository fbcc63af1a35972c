package io.brrtrouter.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * One search for an instance. At each value it makes candidates, the best first, and takes the
 * first that the schemas of that value find valid; so a wrong choice is noticed where it was made.
 */
final class InstanceSearch {
  /** Values tried in all; so a value found has no more parts. */
  private static final int MAX_VALUES = 10_000;

  /**
   * Characters of all strings made: an example is for people, and thousands of them are kept while
   * a document is served.
   */
  static final int MAX_CHARACTERS = 1 << 16;

  /** What a string with a pattern counts for, found or not: the search may visit many states. */
  private static final int PATTERN_COST = 256;

  /** Values nested deeper than this are given up. */
  private static final int MAX_DEPTH = 60;

  /** Deeper than this, only what is required. */
  private static final int OPTIONAL_DEPTH = 6;

  /** The same failure is not repeated more often; around it something else may have changed. */
  private static final int MAX_FAILURES = 3;

  /** When so many values were tried, only what is required. */
  private static final int OPTIONAL_VALUES = 2_000;

  final SchemaCompiler compiler;
  final View view;
  private final boolean everything;
  private final DemandsReader reader;
  private final Map<Location, CompiledSchema> compiled = new HashMap<>();
  private final Deque<List<Location>> enclosing = new ArrayDeque<>();
  private final Map<Question, Integer> failures = new HashMap<>();
  private int values;
  private long characters;

  /** What was looked for in vain. */
  private record Question(List<Location> schemas, int variant) {}

  /** Starts a search that includes optional parts or not. */
  InstanceSearch(SchemaCompiler compiler, View view, boolean everything) {
    this.compiler = compiler;
    this.view = view;
    this.everything = everything;
    this.reader = new DemandsReader(compiler);
  }

  @Nullable JsonNode find(Location schema) {
    return find(List.of(schema), 0, List.of());
  }

  /**
   * Finds a value.
   *
   * @param schemas what it must satisfy
   * @param variant asks for another value with each number from 0, where there are others
   * @param hints values to try first
   * @return a value, or null
   */
  @Nullable JsonNode find(List<Location> schemas, int variant, List<JsonNode> hints) {
    Question question = new Question(schemas, variant);
    if (++values > MAX_VALUES
        || enclosing.size() > MAX_DEPTH
        || failures.getOrDefault(question, 0) >= MAX_FAILURES) {
      return null;
    }
    List<Demands> ways = new ArrayList<>(reader.read(schemas));
    // What recurs may never end.
    ways.sort((a, b) -> Boolean.compare(isRecursive(a), isRecursive(b)));
    for (Demands way : ways) {
      JsonNode found = first(candidates(way, variant, hints), schemas);
      if (found != null) {
        return found;
      }
    }
    failures.merge(question, 1, Integer::sum);
    return null;
  }

  /** Whether every way to satisfy the schemas leads back into a value around this one. */
  boolean isRecursive(List<Location> schemas) {
    List<Demands> ways = reader.read(schemas);
    return !ways.isEmpty() && ways.stream().allMatch(this::isRecursive);
  }

  private boolean isRecursive(Demands way) {
    return enclosing.stream().anyMatch(places -> !Collections.disjoint(places, way.places()));
  }

  /** Whether optional parts of a value are to be included. */
  boolean includesOptional() {
    return everything && enclosing.size() <= OPTIONAL_DEPTH && values < OPTIONAL_VALUES;
  }

  /** Whether the view drops a property that must satisfy these schemas. */
  boolean isDropped(List<Location> schemas) {
    String keyword =
        switch (view) {
          case PLAIN -> "";
          case REQUEST -> "readOnly";
          case RESPONSE -> "writeOnly";
        };
    List<Demands> ways = keyword.isEmpty() ? List.of() : reader.read(schemas);
    return !ways.isEmpty()
        && ways.stream()
            .allMatch(way ->
                way.values(keyword).stream()
                    .anyMatch(flag -> flag.isBoolean() && flag.booleanValue()));
  }

  boolean isValid(List<Location> schemas, JsonNode value) {
    return schemas.stream().allMatch(schema -> compiled(schema).isValid(value));
  }

  private CompiledSchema compiled(Location schema) {
    CompiledSchema known = compiled.get(schema);
    if (known == null) {
      known = compiler.compile(schema.document().resource, schema.pointer(), view);
      compiled.put(schema, known);
    }
    return known;
  }

  private @Nullable JsonNode first(
      List<Supplier<@Nullable JsonNode>> candidates, List<Location> schemas) {
    for (Supplier<@Nullable JsonNode> candidate : candidates) {
      JsonNode value = candidate.get();
      if (value != null && isValid(schemas, value)) {
        return value;
      }
    }
    return null;
  }

  private List<Supplier<@Nullable JsonNode>> candidates(
      Demands way, int variant, List<JsonNode> hints) {
    List<JsonNode> fixed = new ArrayList<>(way.values("const"));
    way.values("enum")
        .forEach(values -> fixed.addAll(rotated(values.valueStream().toList(), variant)));
    List<Supplier<@Nullable JsonNode>> candidates = new ArrayList<>();
    if (!fixed.isEmpty()) {
      preferred(hints, fixed).forEach(value -> candidates.add(() -> value));
      return candidates;
    }
    hints.forEach(value -> candidates.add(() -> value));
    List<JsonNode> examples = new ArrayList<>(way.values("example"));
    way.values("examples").forEach(values -> values.forEach(examples::add));
    examples.addAll(way.values("default"));
    Optional<EmbeddedJson> json = EmbeddedJson.of(this, way);
    examples.stream()
        .skip(variant)
        .filter(value -> json.isEmpty() || json.get().allows(value))
        .forEach(value -> candidates.add(() -> value));
    List<String> types = way.types();
    // Without a type a scalar ends what recurs.
    for (String type : isRecursive(way) ? types.reversed() : types) {
      candidates.addAll(ofType(type, way, variant));
    }
    return candidates;
  }

  private static Set<JsonNode> preferred(List<JsonNode> hints, List<JsonNode> values) {
    Set<JsonNode> ordered = new LinkedHashSet<>(hints);
    ordered.addAll(values);
    return ordered;
  }

  private static List<JsonNode> rotated(List<JsonNode> values, int by) {
    List<JsonNode> rotated = new ArrayList<>(values);
    Collections.rotate(rotated, -by);
    return rotated;
  }

  private List<Supplier<@Nullable JsonNode>> ofType(String type, Demands way, int variant) {
    return switch (type) {
      case "string" -> strings(way, variant);
      case "integer" -> fixed(NumberSample.of(way, variant, true));
      case "number" -> fixed(NumberSample.of(way, variant, false));
      case "boolean" ->
          fixed(
              Stream.of(
                  BooleanNode.valueOf(variant % 2 == 0), BooleanNode.valueOf(variant % 2 == 1)));
      case "null" -> fixed(Stream.of(JsonNodeFactory.instance.nullNode()));
      case "array" -> List.of(() -> within(way, () -> new ArraySample(this, way).find(variant)));
      case "object" -> {
        ObjectSample object = new ObjectSample(this, way, variant);
        yield List.of(
            () -> within(way, () -> object.find(includesOptional())),
            () -> within(way, object::findLargest));
      }
      default -> List.of();
    };
  }

  private List<Supplier<@Nullable JsonNode>> strings(Demands way, int variant) {
    characters += way.atLeast("minLength") + (way.has("pattern") ? PATTERN_COST : 1);
    if (characters > MAX_CHARACTERS) {
      return List.of();
    }
    List<StringNode> texts = StringSample.of(way, variant).toList();
    characters += texts.stream().mapToInt(text -> text.stringValue().length()).max().orElse(0);
    List<Supplier<@Nullable JsonNode>> candidates = new ArrayList<>();
    EmbeddedJson.of(this, way)
        .ifPresent(json -> candidates.add(() -> within(way, () -> json.find(variant))));
    candidates.addAll(fixed(texts.stream()));
    return candidates;
  }

  private static List<Supplier<@Nullable JsonNode>> fixed(Stream<? extends JsonNode> values) {
    List<Supplier<@Nullable JsonNode>> suppliers = new ArrayList<>();
    values.forEach(value -> suppliers.add(() -> value));
    return suppliers;
  }

  private @Nullable JsonNode within(Demands way, Supplier<@Nullable JsonNode> body) {
    enclosing.push(way.places());
    JsonNode value = body.get();
    enclosing.pop();
    return value;
  }
}
