package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonEncoder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Java values as trees, from which parameters and forms are written. Null is a value that is not
/// sent.
final class Values {
  /// Numbers of more digits than this are written with an exponent.
  private static final int LONGEST = 400;

  /// Bounds on values that were in memory already.
  static final JsonLimits OWN =
      new JsonLimits(
          JsonLimits.DEFAULT.depth(),
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Integer.MAX_VALUE,
          JsonLimits.DEFAULT.exponent());

  static final String READ_AS_NULL =
      "cannot have an empty list, which would be read as null; give null or an item";

  private Values() {}

  static @Nullable JsonNode of(@Nullable String value) {
    return value == null ? null : JsonNodeFactory.instance.stringNode(value);
  }

  static @Nullable JsonNode of(@Nullable Boolean value) {
    return value == null ? null : JsonNodeFactory.instance.booleanNode(value);
  }

  static @Nullable JsonNode of(@Nullable Number value) {
    return switch (value) {
      case null -> null;
      case BigDecimal decimal -> JsonNodeFactory.instance.numberNode(decimal);
      case BigInteger integer -> JsonNodeFactory.instance.numberNode(integer);
      default -> JsonNodeFactory.instance.numberNode(value.longValue());
    };
  }

  static @Nullable JsonNode of(@Nullable JsonNode value) {
    return value;
  }

  /// {@return a number whose JSON is a string}
  static @Nullable JsonNode text(@Nullable BigDecimal value) {
    return value == null ? null : of(plain(value));
  }

  static <T> @Nullable JsonNode of(JsonEncoder<T> encoder, @Nullable T value) {
    return value == null ? null : tree(Json.encode(encoder, value, Checks.SYNTAX).json());
  }

  static <T> @Nullable JsonNode field(Field<T> field, Function<T, @Nullable JsonNode> tree) {
    return switch (field) {
      case Field.Absent<T> _ -> null;
      case Field.Null<T> _ -> JsonNodeFactory.instance.nullNode();
      case Field.Value<T>(T value) -> tree.apply(value);
    };
  }

  /// {@return the value, or JSON `null` where that is what Java's null stands for}
  static JsonNode orNull(@Nullable JsonNode value) {
    return value == null ? JsonNodeFactory.instance.nullNode() : value;
  }

  /// {@return the value; the empty text, which the type has no other value for, where null is sent}
  ///
  /// @param name the parameter
  static JsonNode orEmpty(String name, @Nullable JsonNode value) {
    return value == null ? JsonNodeFactory.instance.stringNode("") : notEmpty(name, value);
  }

  /// {@return the value; the empty text, which the type has no other value for, where null is sent}
  ///
  /// @param name the parameter
  static <T> @Nullable JsonNode fieldOrEmpty(
      String name, Field<T> field, Function<T, @Nullable JsonNode> tree) {
    JsonNode value = field(field, tree);
    return value == null ? null : orEmpty(name, value.isNull() ? null : value);
  }

  private static JsonNode notEmpty(String name, JsonNode value) {
    if (value.isArray() && value.isEmpty()) {
      throw new IllegalArgumentException("parameter \"" + name + "\" " + READ_AS_NULL);
    }
    return value;
  }

  static JsonNode tree(byte[] json) {
    return switch (JsonReader.read(json, OWN)) {
      case ParsedJson.Valid(JsonNode tree) -> tree;
      case ParsedJson.Invalid(JsonNode tree, _) -> tree;
      case ParsedJson.Malformed problem ->
          throw new IllegalArgumentException(
              "the value cannot be sent, because its JSON would be none: "
                  + "line %d, column %d: %s"
                      .formatted(problem.line(), problem.column(), problem.message()));
    };
  }

  /// {@return a scalar as its text, anything else as JSON}
  ///
  /// @param what what is written, for messages
  static String text(String what, JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isNull()) {
      throw new IllegalArgumentException(what + " cannot have a null, which no text stands for");
    }
    return value.isNumber() ? plain(value.decimalValue()) : value.toString();
  }

  private static String plain(BigDecimal number) {
    boolean isShort =
        Math.abs((long) number.precision() - number.scale()) < LONGEST
            && Math.abs((long) number.scale()) < LONGEST;
    return isShort ? number.toPlainString() : number.toString();
  }
}
