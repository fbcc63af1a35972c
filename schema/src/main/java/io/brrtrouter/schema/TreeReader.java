package io.brrtrouter.schema;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Builds the tree of a JSON text and judges it on the way: members and items as they arrive, what
 * needs a whole value when the value is complete. After the first violation only the tree is built.
 * Reads one text.
 */
final class TreeReader {

  /**
   * Without limits of its own: ours are checked here, so that they can differ from text to text
   * while the parser's table of known names is shared.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonLimits limits;
  private final Evaluation evaluation;
  private final JsonParser parser;
  private long tokens;
  private boolean valid = true;

  /** The text is refused; {@link JsonDiagnosis} finds out where and why. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Refused() {
      super(null, null, false, false);
    }
  }

  private TreeReader(JsonParser parser, JsonLimits limits, Evaluation evaluation) {
    this.parser = parser;
    this.limits = limits;
    this.evaluation = evaluation;
  }

  /** Makes what {@link #read} answers for a text that is JSON. */
  @FunctionalInterface
  interface Outcome {
    ParsedJson of(JsonNode value, boolean valid);
  }

  static ParsedJson read(
      byte[] json,
      JsonLimits limits,
      @Nullable Subschema schema,
      Evaluation evaluation,
      Outcome outcome) {
    if (!JsonText.isClean(json)) {
      return JsonDiagnosis.of(json, limits);
    }
    JsonNode value;
    boolean valid;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      TreeReader reader = new TreeReader(parser, limits, evaluation);
      value = reader.document(schema);
      valid = reader.valid;
    } catch (Refused | JacksonException e) {
      return JsonDiagnosis.of(json, limits);
    }
    return outcome.of(value, valid);
  }

  private JsonNode document(@Nullable Subschema schema) {
    JsonNode value = value(next(), schema, 0);
    if (parser.nextToken() != null) {
      throw new Refused();
    }
    return value;
  }

  private JsonToken next() {
    JsonToken token = parser.nextToken();
    if (token == null || ++tokens > limits.tokens()) {
      throw new Refused();
    }
    return token;
  }

  private JsonNode value(JsonToken token, @Nullable Subschema schema, int depth) {
    if (token == JsonToken.START_OBJECT) {
      return object(schema, depth + 1);
    }
    if (token == JsonToken.START_ARRAY) {
      return array(schema, depth + 1);
    }
    JsonNode value = scalar(token);
    if (schema != null && valid) {
      valid = schema.valid(value, evaluation);
    }
    return value;
  }

  private JsonNode scalar(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> string();
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      default -> throw new Refused();
    };
  }

  private JsonNode string() {
    String text = parser.getString();
    if (text.length() > limits.stringLength()) {
      throw new Refused();
    }
    return StringNode.valueOf(text);
  }

  private JsonNode integer() {
    checkNumberLength();
    return switch (parser.getNumberType()) {
      case INT -> IntNode.valueOf(parser.getIntValue());
      case LONG -> LongNode.valueOf(parser.getLongValue());
      default -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
    };
  }

  private JsonNode decimal() {
    checkNumberLength();
    try {
      return DecimalNode.valueOf(
          new BigDecimal(
              parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength()));
    } catch (NumberFormatException e) {
      throw new Refused();
    }
  }

  private void checkNumberLength() {
    if (parser.getStringLength() > limits.numberLength()) {
      throw new Refused();
    }
  }

  private void checkDepth(int depth) {
    if (depth > limits.depth()) {
      throw new Refused();
    }
  }

  /** The schema when it still matters and can accept the kind, else null. */
  private @Nullable Subschema live(@Nullable Subschema schema, int kind) {
    if (schema == null || !valid) {
      return null;
    }
    if (schema.keywordsFor(kind) == null) {
      valid = false;
      return null;
    }
    return schema;
  }

  private JsonNode object(@Nullable Subschema given, int depth) {
    checkDepth(depth);
    Subschema schema = live(given, Kind.OBJECT);
    ObjectShape shape = schema != null && schema.streams() ? schema.objectShape() : null;
    ObjectNode object = new ObjectNode(JsonNodeFactory.instance);
    int missing = shape == null ? 0 : shape.requiredCount();
    while (next() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (name.length() > limits.nameLength()) {
        throw new Refused();
      }
      JsonNode value;
      if (shape == null || !valid) {
        value = value(next(), null, depth);
      } else {
        int index = shape.find(name);
        missing -= shape.isRequired(index) ? 1 : 0;
        value = value(next(), shape.schemaFor(index), depth);
        if (shape.hasPatterns() && valid) {
          valid = shape.validByPattern(index, name, value, evaluation);
        }
      }
      if (object.replace(name, value) != null || object.size() > limits.members()) {
        throw new Refused();
      }
    }
    if (schema != null && valid) {
      valid =
          missing == 0
              && (shape == null || shape.hasValidSize(object.size()))
              && validRest(schema, shape, Kind.OBJECT, object);
    }
    return object;
  }

  private JsonNode array(@Nullable Subschema given, int depth) {
    checkDepth(depth);
    Subschema schema = live(given, Kind.ARRAY);
    ArrayShape shape = schema != null && schema.streams() ? schema.arrayShape() : null;
    ArrayNode array = new ArrayNode(JsonNodeFactory.instance);
    JsonToken token = next();
    while (token != JsonToken.END_ARRAY) {
      Subschema item = shape == null || !valid ? null : shape.schemaFor(array.size());
      array.add(value(token, item, depth));
      token = next();
    }
    if (schema != null && valid) {
      valid =
          (shape == null || shape.hasValidSize(array.size()))
              && validRest(schema, shape, Kind.ARRAY, array);
    }
    return array;
  }

  /** Judges a complete value by the keywords that were not judged while it was read. */
  private boolean validRest(Subschema schema, @Nullable Keyword done, int kind, JsonNode value) {
    Keyword[] keywords = schema.keywordsFor(kind);
    if (!schema.streams() || keywords == null) {
      return schema.valid(value, evaluation);
    }
    for (Keyword keyword : keywords) {
      if (!keyword.equals(done) && !keyword.valid(value, evaluation)) {
        return false;
      }
    }
    return true;
  }
}
