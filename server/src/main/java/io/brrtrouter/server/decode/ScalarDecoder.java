package io.brrtrouter.server.decode;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SourceLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * Decodes one text into a string, number, boolean or null, as the schema's types allow and never by
 * guessing: a string schema keeps {@code 5} a string.
 *
 * <p>Where several types are allowed, the readings of the text are tried in the order boolean,
 * number, string, null, and the first that the schema accepts is the value; when it accepts none,
 * the first. Only {@code true} and {@code false} read as boolean, only JSON's numbers as number,
 * only an empty text and {@code null} as null.
 */
final class ScalarDecoder implements TextDecoder {
  private final int types;
  private final Percent percent;

  /** Chooses between readings; null when there can be only one. */
  private final @Nullable CompiledSchema arbiter;

  private final SourceLocation source;

  private ScalarDecoder(
      int types, Percent percent, @Nullable CompiledSchema arbiter, SourceLocation source) {
    this.types = types;
    this.percent = percent;
    this.arbiter = arbiter;
    this.source = source;
  }

  /** {@return a decoder for scalars of a shape} */
  static ScalarDecoder of(Shape shape, Percent percent, Schemas schemas) {
    int types = shape.types() & Types.SCALAR;
    if (types == 0 || shape.isUntyped()) {
      // No schema for text, or one that says nothing: the text itself.
      return new ScalarDecoder(Types.STRING, percent, null, shape.typeSource());
    }
    int kinds = Integer.bitCount(types) - ((types & Types.NUMBER) == Types.NUMBER ? 1 : 0);
    CompiledSchema arbiter = kinds > 1 ? schemas.compile(shape.origin()) : null;
    return new ScalarDecoder(types, percent, arbiter, shape.typeSource());
  }

  @Override
  public JsonNode decode(String raw, int start, int end, Flaws flaws) {
    if (types != Types.STRING && percent.isPlain(raw, start, end)) {
      return read(raw, start, end, flaws);
    }
    String text = percent.decode(raw, start, end);
    if (text == null) {
      flaws.addEncoding(percent, raw, start, end);
      return StringNode.valueOf("");
    }
    return types == Types.STRING ? StringNode.valueOf(text) : read(text, 0, text.length(), flaws);
  }

  private JsonNode read(String text, int start, int end, Flaws flaws) {
    JsonNode first = null;
    for (int type = Types.BOOLEAN; type != 0; type = next(type)) {
      JsonNode reading = (types & type) == 0 ? null : read(type, text, start, end);
      if (reading != null && (arbiter == null || arbiter.isValid(reading))) {
        return reading;
      }
      first = first == null ? reading : first;
    }
    if (first != null) {
      return first;
    }
    String limit = limit(text, start, end);
    flaws.add(new Flaws.Flaw("", "type", "must be " + wanted() + limit, expected(), source));
    return StringNode.valueOf(text.substring(start, end));
  }

  /** What else is wanted of a text that would be a number if it were not too large. */
  private String limit(String text, int start, int end) {
    boolean integer = (types & Types.NUMBER) == Types.INTEGER;
    if ((types & Types.NUMBER) == 0 || !NumberText.isBeyondLimit(text, start, end, integer)) {
      return "";
    }
    return integer
        ? " of at most " + NumberText.MAX_LENGTH + " digits"
        : " of at most "
            + NumberText.MAX_LENGTH
            + " characters and with an exponent between -2147483647 and 2147483647";
  }

  /** The order in which readings are tried. */
  private static int next(int type) {
    return switch (type) {
      case Types.BOOLEAN -> Types.INTEGER;
      case Types.INTEGER -> Types.STRING;
      case Types.STRING -> Types.NULL;
      default -> 0;
    };
  }

  private @Nullable JsonNode read(int type, String text, int start, int end) {
    int length = end - start;
    return switch (type) {
      case Types.BOOLEAN ->
          length == 4 && text.startsWith("true", start)
              ? BooleanNode.TRUE
              : length == 5 && text.startsWith("false", start) ? BooleanNode.FALSE : null;
      case Types.INTEGER ->
          NumberText.parse(text, start, end, (types & Types.NUMBER) == Types.INTEGER);
      case Types.STRING -> StringNode.valueOf(text.substring(start, end));
      default ->
          length == 0 || (length == 4 && text.startsWith("null", start))
              ? NullNode.getInstance()
              : null;
    };
  }

  private String wanted() {
    String wanted =
        switch (types & ~Types.NULL) {
          case 0 -> "empty";
          case Types.INTEGER -> "an integer";
          case Types.NUMBER -> "a number";
          case Types.BOOLEAN -> "true or false";
          default -> "a number or true or false"; // any text is a string
        };
    boolean orNull = (types & Types.NULL) != 0 && types != Types.NULL;
    return orNull ? wanted + " or null" : wanted;
  }

  private JsonNode expected() {
    List<String> names = Types.names(types);
    if (names.size() == 1) {
      return StringNode.valueOf(names.getFirst());
    }
    var array = JsonNodeFactory.instance.arrayNode();
    names.forEach(array::add);
    return array;
  }
}
