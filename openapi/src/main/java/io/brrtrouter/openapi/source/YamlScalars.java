package io.brrtrouter.openapi.source;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tag resolution of plain scalars by the core schema (YAML 1.2.2 section 10.3.2). */
final class YamlScalars {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private YamlScalars() {}

  /** The kinds the core schema knows. */
  enum Kind {
    NULL,
    BOOL,
    INT,
    FLOAT,
    /** {@code .inf} and {@code .nan}, which JSON cannot say. */
    NOT_JSON,
    STR
  }

  static Kind kind(String text) {
    if (text.isEmpty()) {
      return Kind.NULL;
    }
    char first = text.charAt(0);
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
      return number(text);
    }
    return switch (text) {
      case "~", "null", "Null", "NULL" -> Kind.NULL;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> Kind.BOOL;
      default -> Kind.STR;
    };
  }

  /**
   * The value of a scalar of a kind other than {@code STR} and {@code NOT_JSON}.
   *
   * @return null when it is a number no machine should be asked to hold
   */
  static @Nullable JsonNode value(Kind kind, String text) {
    return switch (kind) {
      case NULL -> NODES.nullNode();
      case BOOL -> NODES.booleanNode(text.charAt(0) == 't' || text.charAt(0) == 'T');
      case INT -> text.length() > Numbers.MAX_LENGTH ? null : integer(text);
      case FLOAT -> text.length() > Numbers.MAX_LENGTH ? null : Numbers.decimal(text);
      case NOT_JSON -> null;
      case STR -> NODES.stringNode(text);
    };
  }

  private static JsonNode integer(String text) {
    if (text.startsWith("0x")) {
      return Numbers.integer(text.substring(2), 16);
    }
    return text.startsWith("0o")
        ? Numbers.integer(text.substring(2), 8)
        : Numbers.integer(text, 10);
  }

  private static Kind number(String text) {
    if (text.startsWith("0x")) {
      return allDigits(text, 2, 16) ? Kind.INT : Kind.STR;
    }
    if (text.startsWith("0o")) {
      return allDigits(text, 2, 8) ? Kind.INT : Kind.STR;
    }
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    if (allDigits(text, start, 10)) {
      return Kind.INT;
    }
    return switch (text.substring(start)) {
      case ".inf", ".Inf", ".INF" -> Kind.NOT_JSON;
      case ".nan", ".NaN", ".NAN" -> start == 0 ? Kind.NOT_JSON : Kind.STR;
      default -> isFloat(text, start) ? Kind.FLOAT : Kind.STR;
    };
  }

  /** {@code ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?} after the sign. */
  private static boolean isFloat(String text, int start) {
    int whole = skipDigits(text, start);
    int at = whole;
    int fraction = 0;
    if (at < text.length() && text.charAt(at) == '.') {
      at = skipDigits(text, at + 1);
      fraction = at - whole - 1;
    }
    if (whole == start && fraction == 0) {
      return false;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
        at++;
      }
      int exponent = at;
      at = skipDigits(text, at);
      return at > exponent && at == text.length();
    }
    return at == text.length();
  }

  private static boolean allDigits(String text, int from, int radix) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), radix) < 0) {
        return false;
      }
    }
    return text.length() > from;
  }

  private static int skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
