package io.brrtrouter.codegen.read;

import tools.jackson.databind.JsonNode;

/** Sets of JSON types as bits; {@code number} is integers and the numbers between them. */
final class Kinds {
  static final int NULL = 1;
  static final int BOOLEAN = 2;
  static final int OBJECT = 4;
  static final int ARRAY = 8;
  static final int INTEGER = 16;
  static final int FRACTION = 32;
  static final int STRING = 64;
  static final int NUMBER = INTEGER | FRACTION;
  static final int ANY = 127;

  private Kinds() {}

  /** {@return the types the value of a {@code type} keyword allows} */
  static int of(JsonNode type) {
    if (type.isArray()) {
      int types = 0;
      for (JsonNode each : type) {
        types |= of(each);
      }
      return types;
    }
    return switch (type.asString("")) {
      case "null" -> NULL;
      case "boolean" -> BOOLEAN;
      case "object" -> OBJECT;
      case "array" -> ARRAY;
      case "integer" -> INTEGER;
      case "number" -> NUMBER;
      case "string" -> STRING;
      default -> ANY;
    };
  }

  /** {@return the type of a value} */
  static int ofValue(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> NULL;
      case BOOLEAN -> BOOLEAN;
      case OBJECT -> OBJECT;
      case ARRAY -> ARRAY;
      case STRING -> STRING;
      case NUMBER ->
          value.isIntegralNumber() || value.decimalValue().stripTrailingZeros().scale() <= 0
              ? INTEGER
              : FRACTION;
      default -> 0;
    };
  }

  /** {@return how many kinds of JSON value there are in a set, numbers being one} */
  static int count(int types) {
    int kinds = (types & FRACTION) != 0 ? types & ~INTEGER : types;
    return Integer.bitCount(kinds);
  }
}
