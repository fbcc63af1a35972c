package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code errors} of a problem. A few octets sent must not be answered with many: names that a
 * client made up stand in pointers, and a keyword's value can be an enumeration of thousands.
 *
 * @param list as many violations as fit
 * @param omitted how many did not
 */
record ProblemErrors(ArrayNode list, int omitted) {

  /** Characters of a pointer; of a longer one the beginning is shown. */
  static final int POINTER = 256;

  /** Characters of a message; of a longer one the beginning is shown. */
  static final int MESSAGE = 1024;

  /** Characters of a keyword's value as JSON; a longer one is left out. */
  static final int EXPECTED = 1024;

  /** Characters of all errors together as JSON, the last one aside. */
  static final int ALL = 32 * 1024;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * {@return the errors of a problem}
   *
   * @param violations what is wrong
   * @param places writes where the document says so
   */
  static ProblemErrors of(
      List<RequestViolation> violations, Function<SourceLocation, String> places) {
    ArrayNode list = JSON.arrayNode();
    int length = 0;
    for (RequestViolation violation : violations) {
      if (length > ALL) {
        break;
      }
      ObjectNode error = error(violation, places);
      length += error.toString().length();
      list.add(error);
    }
    return new ProblemErrors(list, violations.size() - list.size());
  }

  private static ObjectNode error(
      RequestViolation violation, Function<SourceLocation, String> places) {
    ObjectNode error =
        JSON.objectNode()
            .put("in", violation.in().word())
            .put("name", violation.name())
            .put("pointer", beginning(violation.pointer(), POINTER))
            .put("keyword", violation.keyword())
            .put("message", beginning(violation.message(), MESSAGE));
    JsonNode expected = violation.expected();
    if (expected != null && left(expected, EXPECTED) >= 0) {
      error.set("expected", expected);
    }
    return error.put("schema", places.apply(violation.source()));
  }

  private static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /**
   * {@return what writing a value leaves of some characters; negative as soon as it is too long}
   */
  private static int left(JsonNode value, int characters) {
    int left = characters - 2;
    if (!value.isContainer()) {
      return left - (value.isString() ? value.stringValue().length() : value.toString().length());
    }
    for (String name : value.propertyNames()) {
      left -= name.length() + 3;
      if (left < 0) {
        return left;
      }
    }
    for (JsonNode part : value) {
      left = left(part, left - 1);
      if (left < 0) {
        return left;
      }
    }
    return left;
  }
}
