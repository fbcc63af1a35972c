package io.brrtrouter.openapi.diff;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.InstanceGenerator;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaException;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks for a number or string that one schema allows and another refuses: a bound that the other
 * keywords keep anyway refuses none.
 */
final class Witnesses {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Characters of strings that are tried; longer ones are made by the generator only. */
  private static final int LONGEST = 5_000;

  private static final Set<String> OF_NUMBERS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");

  private static final Set<String> OF_STRINGS = Set.of("minLength", "maxLength");

  private static final Set<String> OF_BOTH = Set.of("format", "pattern", "enum", "const");

  private static final List<String> TEXTS =
      List.of("", "a", "A", "0", " ", "/", "aA0 ", "2026-01-31", "2026-01-31T10:00:00Z");

  private final SchemaCompiler compiler =
      SchemaCompiler.builder().assertFormats(true).allowBacktrackingPatterns(true).build();

  private final SchemaView source;
  private final SchemaView judge;
  private final EnumSet<ValueType> types;

  private Witnesses(SchemaView source, SchemaView judge, EnumSet<ValueType> types) {
    this.source = source;
    this.judge = judge;
    this.types = types;
  }

  /** {@return whether a value of some types was found; true where the schemas cannot be tried} */
  static boolean exist(SchemaView source, SchemaView judge, EnumSet<ValueType> types) {
    EnumSet<ValueType> scalars =
        EnumSet.of(ValueType.INTEGER, ValueType.FRACTION, ValueType.STRING);
    scalars.retainAll(types);
    try {
      return new Witnesses(source, judge, scalars).exist();
    } catch (SchemaException notCompiled) {
      return true;
    }
  }

  private boolean exist() {
    ObjectNode allowing = scalar(source);
    CompiledSchema from = compile("source", allowing);
    CompiledSchema to = compile("judge", scalar(judge));
    List<JsonNode> values = new ArrayList<>(numbers());
    values.addAll(texts());
    return shows(values, from, to) || shows(generated(allowing), from, to);
  }

  private static boolean shows(List<JsonNode> values, CompiledSchema from, CompiledSchema to) {
    return values.stream().anyMatch(value -> from.isValid(value) && !to.isValid(value));
  }

  private CompiledSchema compile(String name, ObjectNode schema) {
    return compiler.compile(resource(name, schema), "", View.PLAIN);
  }

  private static SchemaResource resource(String name, ObjectNode schema) {
    return SchemaResource.of(URI.create("urn:brrtrouter:witness:" + name), schema);
  }

  /** {@return what a schema says of numbers and strings} */
  private ObjectNode scalar(SchemaView view) {
    ObjectNode schema = NODES.objectNode();
    ArrayNode words = schema.putArray("type");
    types.forEach(type -> words.add(type == ValueType.FRACTION ? "number" : type.word()));
    ArrayNode parts = schema.putArray("allOf");
    for (Place part : view.parts()) {
      ObjectNode kept = NODES.objectNode();
      part.node()
          .forEachEntry((keyword, value) -> {
            if (OF_NUMBERS.contains(keyword)
                || OF_STRINGS.contains(keyword)
                || OF_BOTH.contains(keyword)) {
              kept.set(keyword, value);
            }
          });
      parts.add(kept);
    }
    return schema;
  }

  private List<JsonNode> numbers() {
    List<JsonNode> numbers = new ArrayList<>();
    List<BigDecimal> near =
        new ArrayList<>(List.of(BigDecimal.ZERO, new BigDecimal("1e10"), new BigDecimal("-1e10")));
    for (SchemaView view : List.of(source, judge)) {
      OF_NUMBERS.forEach(keyword ->
          view.values(keyword).stream()
              .filter(JsonNode::isNumber)
              .forEach(value -> near.add(value.decimalValue())));
    }
    for (BigDecimal value : near) {
      for (String step : List.of("0", "1", "-1", "2", "-2", "0.5", "-0.5")) {
        numbers.add(NODES.numberNode(value.add(new BigDecimal(step))));
      }
    }
    return numbers;
  }

  private List<JsonNode> texts() {
    List<JsonNode> texts = new ArrayList<>();
    TEXTS.forEach(text -> texts.add(NODES.stringNode(text)));
    for (int length : lengths()) {
      for (int n = Math.max(0, length - 1); n <= Math.min(LONGEST, length + 1); n++) {
        texts.add(NODES.stringNode("a".repeat(n)));
        texts.add(NODES.stringNode("0".repeat(n)));
      }
    }
    return texts;
  }

  private List<Integer> lengths() {
    List<Integer> lengths = new ArrayList<>();
    for (SchemaView view : List.of(source, judge)) {
      OF_STRINGS.forEach(keyword ->
          view.values(keyword).stream()
              .filter(value -> value.isNumber() && value.canConvertToInt())
              .forEach(value -> lengths.add(value.decimalValue().intValue())));
    }
    return lengths;
  }

  /** {@return what the generator makes of the source, also just beyond the lengths there are} */
  private List<JsonNode> generated(ObjectNode allowing) {
    List<JsonNode> made = new ArrayList<>();
    generate(allowing, made);
    for (int length : lengths()) {
      generate(allowing.deepCopy().put("minLength", length + 1), made);
      generate(allowing.deepCopy().put("maxLength", Math.max(0, length - 1)), made);
    }
    return made;
  }

  private void generate(ObjectNode schema, List<JsonNode> made) {
    InstanceGenerator.generate(
            resource("generated:" + made.size() + ":" + schema.hashCode(), schema),
            "",
            View.PLAIN,
            compiler)
        .ifPresent(made::add);
  }
}
