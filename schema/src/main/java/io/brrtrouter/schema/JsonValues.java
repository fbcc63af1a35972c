package io.brrtrouter.schema;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Equality of JSON values as JSON Schema core section 4.2.2 defines it: {@code 1} is {@code 1.0}.
 */
final class JsonValues {

  /** Up to here comparing all pairs is faster than hashing, and allocates nothing. */
  static final int PAIRWISE = 8;

  private JsonValues() {}

  static boolean equal(JsonNode a, JsonNode b) {
    int kind = Kind.of(a);
    if (kind != Kind.of(b)) {
      return false;
    }
    return switch (kind) {
      case Kind.NUMBER -> Numbers.equal(a, b);
      case Kind.ARRAY -> equalArrays((ArrayNode) a, (ArrayNode) b);
      case Kind.OBJECT -> equalObjects((ObjectNode) a, (ObjectNode) b);
      default -> a.equals(b);
    };
  }

  private static boolean equalArrays(ArrayNode a, ArrayNode b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalObjects(ObjectNode a, ObjectNode b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> entry : a.properties()) {
      JsonNode other = b.get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Finds the first item that equals an earlier one; -1 when all differ. Takes time in proportion
   * to the array's text even when its strings are chosen to collide: the canonical texts are
   * comparable, so a crowded hash bucket becomes a tree.
   */
  static int firstDuplicate(ArrayNode array) {
    int size = array.size();
    if (size <= PAIRWISE) {
      for (int i = 1; i < size; i++) {
        if (indexOfEqual(array, array.get(i), i) >= 0) {
          return i;
        }
      }
      return -1;
    }
    Set<String> seen = HashSet.newHashSet(size);
    for (int i = 0; i < size; i++) {
      if (!seen.add(canonical(array.get(i)))) {
        return i;
      }
    }
    return -1;
  }

  /** The first of the items before {@code end} that equals {@code value}, or -1. */
  static int indexOfEqual(ArrayNode array, JsonNode value, int end) {
    for (int i = 0; i < end; i++) {
      if (equal(array.get(i), value)) {
        return i;
      }
    }
    return -1;
  }

  /** Equal values and only they have equal canonical texts. */
  static String canonical(JsonNode value) {
    if (value instanceof StringNode) {
      return "\"" + value.stringValue();
    }
    StringBuilder out = new StringBuilder();
    appendCanonical(value, out);
    return out.toString();
  }

  private static void appendCanonical(JsonNode value, StringBuilder out) {
    switch (Kind.of(value)) {
      case Kind.STRING -> appendCanonical(value.stringValue(), out);
      case Kind.NUMBER -> Numbers.appendCanonical(value, out);
      case Kind.ARRAY -> {
        out.append('[');
        for (JsonNode item : value) {
          appendCanonical(item, out);
          out.append(',');
        }
        out.append(']');
      }
      case Kind.OBJECT -> {
        String[] names = value.propertyNames().toArray(new String[0]);
        Arrays.sort(names);
        out.append('{');
        for (String name : names) {
          appendCanonical(name, out);
          appendCanonical(value.get(name), out);
        }
        out.append('}');
      }
      default -> out.append(value);
    }
  }

  /** The length first, so that no text can look like two. */
  private static void appendCanonical(String text, StringBuilder out) {
    out.append('"').append(text.length()).append(':').append(text);
  }
}
