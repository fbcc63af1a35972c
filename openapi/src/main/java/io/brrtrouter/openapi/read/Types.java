package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Says that a value has the wrong type. */
final class Types {
  /** Longer values say less than their type. */
  private static final int LONGEST_SHOWN = 40;

  private Types() {}

  static void wrong(LocatedNode value, String wanted, Findings findings) {
    JsonNode node = value.node();
    String fix =
        switch (wanted) {
          case "text" ->
              node.isNull()
                  ? "write text, or remove the field"
                  : node.isValueNode() ? "put it in quotes" : "write text";
          case "a number" -> isNumber(node.asString("")) ? "remove the quotes" : "write a number";
          case "an object, true or false" -> "write a schema, {} allows anything";
          case "text or a list" -> "write one type, or a list of types";
          case "true or false" ->
              node.isString() && List.of("true", "false").contains(node.stringValue())
                  ? "remove the quotes"
                  : "write true or false";
          case "a list" ->
              node.isNull() || node.isMissingNode()
                  ? "write a list, or remove the field"
                  : "begin each entry with \"- \", or write [...]";
          default ->
              node.isNull() ? "write one, or remove the field" : "write its fields as name: value";
        };
    findings.error(
        "wrong-type",
        value.location(),
        subject(value) + " must be " + wanted + ", not " + noun(node),
        fix);
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]+([.][0-9]+)?");
  }

  private static String subject(LocatedNode value) {
    LocatedNode parent = value.parent();
    if (parent == null) {
      return "the document";
    }
    return parent.node().isArray()
        ? "entry " + value.key() + " of \"" + parent.key() + "\""
        : "\"" + value.key() + "\"";
  }

  /** {@return a number or a short text itself, else what it is} */
  static String shown(JsonNode node) {
    String text = node.toString();
    boolean scalar = node.isNumber() || node.isString();
    return scalar && text.length() <= LONGEST_SHOWN ? text : noun(node);
  }

  private static String noun(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "text";
      case NUMBER -> "a number";
      case BOOLEAN -> node.booleanValue() ? "true" : "false";
      case NULL -> "null";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }
}
