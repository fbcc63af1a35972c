package io.brrtrouter.openapi.diff;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Types of JSON values that exclude one another: a number is an integer or has a fraction. */
enum ValueType {
  NULL,
  BOOLEAN,
  INTEGER,
  FRACTION,
  STRING,
  ARRAY,
  OBJECT;

  static EnumSet<ValueType> all() {
    return EnumSet.allOf(ValueType.class);
  }

  /** {@return the types that the value of {@code type} names} */
  static EnumSet<ValueType> named(JsonNode type) {
    EnumSet<ValueType> types = EnumSet.noneOf(ValueType.class);
    if (type.isArray()) {
      type.forEach(each -> types.addAll(named(each)));
      return types;
    }
    switch (type.asString("")) {
      case "number" -> {
        types.add(INTEGER);
        types.add(FRACTION);
      }
      case "null" -> types.add(NULL);
      case "boolean" -> types.add(BOOLEAN);
      case "integer" -> types.add(INTEGER);
      case "string" -> types.add(STRING);
      case "array" -> types.add(ARRAY);
      case "object" -> types.add(OBJECT);
      default -> types.addAll(all());
    }
    return types;
  }

  static ValueType of(JsonNode value) {
    if (value.isNumber()) {
      boolean whole = value.decimalValue().stripTrailingZeros().scale() <= 0;
      return whole ? INTEGER : FRACTION;
    }
    if (value.isString()) {
      return STRING;
    }
    if (value.isBoolean()) {
      return BOOLEAN;
    }
    if (value.isArray()) {
      return ARRAY;
    }
    return value.isObject() ? OBJECT : NULL;
  }

  /** {@return the word of JSON Schema for it} */
  String word() {
    return this == FRACTION ? "number with fraction" : name().toLowerCase(Locale.ROOT);
  }

  /** {@return the types in the words of JSON Schema} */
  static String text(Set<ValueType> types) {
    if (types.size() == values().length) {
      return "any";
    }
    List<String> words = words(types);
    return words.isEmpty() ? "none" : String.join(", ", words);
  }

  /** {@return the words of JSON Schema for types: integers and those with fraction are numbers} */
  static List<String> words(Set<ValueType> types) {
    List<String> words = new ArrayList<>();
    boolean number = types.contains(INTEGER) && types.contains(FRACTION);
    for (ValueType type : types) {
      if (type == FRACTION && number) {
        words.add("number");
      } else if (type != INTEGER || !number) {
        words.add(type.word());
      }
    }
    return words;
  }
}
