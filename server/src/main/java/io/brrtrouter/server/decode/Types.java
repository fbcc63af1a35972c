package io.brrtrouter.server.decode;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Sets of JSON Schema types as bits, so that {@code allOf} is an intersection and {@code anyOf} a
 * union (JSON Schema validation section 6.1.1). {@code number} is both its bits: what is an integer
 * is a number.
 */
final class Types {
  static final int NULL = 1;
  static final int BOOLEAN = 2;
  static final int INTEGER = 4;
  private static final int FRACTION = 8;
  static final int NUMBER = INTEGER | FRACTION;
  static final int STRING = 16;
  static final int ARRAY = 32;
  static final int OBJECT = 64;
  static final int ANY = 127;

  /** What one text can be without being split. */
  static final int SCALAR = NULL | BOOLEAN | NUMBER | STRING;

  private Types() {}

  /** {@return the types a {@code type} keyword names, a string or an array of strings} */
  static int of(JsonNode keyword) {
    if (keyword.isString()) {
      return named(keyword.stringValue());
    }
    int types = 0;
    for (JsonNode name : keyword) {
      types |= named(name.asString());
    }
    return types;
  }

  /** {@return the type of a value} */
  static int ofValue(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> NULL;
      case BOOLEAN -> BOOLEAN;
      case NUMBER -> value.isIntegralNumber() ? INTEGER : NUMBER;
      case ARRAY -> ARRAY;
      case OBJECT, POJO -> OBJECT;
      case STRING, BINARY -> STRING;
    };
  }

  private static int named(String name) {
    return switch (name) {
      case "null" -> NULL;
      case "boolean" -> BOOLEAN;
      case "integer" -> INTEGER;
      case "number" -> NUMBER;
      case "string" -> STRING;
      case "array" -> ARRAY;
      case "object" -> OBJECT;
      default -> 0;
    };
  }

  /** {@return the names of the types in a set, the widest numeric one only} */
  static List<String> names(int types) {
    List<String> names = new ArrayList<>();
    add(names, types, STRING, "string");
    add(names, types, NUMBER, "number");
    if ((types & NUMBER) == INTEGER) {
      names.add("integer");
    }
    add(names, types, BOOLEAN, "boolean");
    add(names, types, ARRAY, "array");
    add(names, types, OBJECT, "object");
    add(names, types, NULL, "null");
    return names;
  }

  private static void add(List<String> names, int types, int type, String name) {
    if ((types & type) == type) {
      names.add(name);
    }
  }
}
