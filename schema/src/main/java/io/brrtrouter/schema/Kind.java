package io.brrtrouter.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The six primitive types of JSON Schema core section 4.2.1, as indexes and as bits of a mask. */
final class Kind {
  static final int NULL = 0;
  static final int BOOLEAN = 1;
  static final int NUMBER = 2;
  static final int STRING = 3;
  static final int ARRAY = 4;
  static final int OBJECT = 5;

  /** What a Jackson tree can hold although it is no JSON value: NaN, a POJO, a missing node. */
  static final int NONE = 6;

  static final int COUNT = 7;

  static final int ALL = (1 << NONE) - 1;

  private static final String[] NAMES = {
    "null", "a boolean", "a number", "a string", "an array", "an object", "not a JSON value"
  };

  private Kind() {}

  /** Ordered by how often each occurs; leaf classes make every test one comparison. */
  static int of(JsonNode node) {
    if (node instanceof StringNode) {
      return STRING;
    }
    if (node instanceof NumericNode number) {
      return number.isNaN() ? NONE : NUMBER;
    }
    if (node instanceof ObjectNode) {
      return OBJECT;
    }
    if (node instanceof ArrayNode) {
      return ARRAY;
    }
    if (node instanceof BooleanNode) {
      return BOOLEAN;
    }
    return node instanceof NullNode ? NULL : NONE;
  }

  /** The name with its article, as messages use it. */
  static String name(int kind) {
    return NAMES[kind];
  }

  static boolean isIn(int kind, int mask) {
    return ((mask >>> kind) & 1) != 0;
  }
}
