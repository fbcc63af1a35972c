package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Scalar;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** JSON values as Java expressions, where there is a short one. */
final class Literals {
  /** Class files give a constant 65,535 bytes, and a character takes up to three. */
  private static final int LONGEST = 65_535 / 3;

  private final Printing printing;
  private final JavaFile file;

  Literals(Printing printing, JavaFile file) {
    this.printing = printing;
    this.file = file;
  }

  /** {@return the expression for a value of a type; empty when it would take a decoder} */
  Optional<String> of(JavaType type, JsonNode value) {
    return switch (type) {
      case JavaType.Simple(var scalar) -> scalar(scalar, value);
      case JavaType.Declared(var name) ->
          printing.known().get(name) instanceof Declaration.TextEnum text
              ? constant(text, value)
              : Optional.empty();
      case JavaType.ListOf _ ->
          value.isEmpty() ? Optional.of(file.use("java.util.List") + ".of()") : Optional.empty();
      case JavaType.MapOf _ ->
          value.isEmpty() ? Optional.of(file.use("java.util.Map") + ".of()") : Optional.empty();
      case JavaType.JsonText _, JavaType.ItemsOf _, JavaType.Tree _ -> Optional.empty();
    };
  }

  private Optional<String> constant(Declaration.TextEnum text, JsonNode value) {
    return text.entries().stream()
        .filter(entry -> value.isString() && entry.value().equals(value.stringValue()))
        .map(entry ->
            file.use(text.name().qualified()) + (text.open() ? ".Known." : ".") + entry.name())
        .findFirst();
  }

  /** {@return the expression for a scalar} */
  Optional<String> scalar(Scalar scalar, JsonNode value) {
    return switch (scalar) {
      case INT -> Optional.of(value.decimalValue().toBigInteger().toString());
      case LONG, INTEGER -> Optional.of(value.decimalValue().toBigInteger() + "L");
      case FLOAT -> Optional.of(Float.toString(value.decimalValue().floatValue()) + "f");
      case DOUBLE -> Optional.of(Double.toString(value.decimalValue().doubleValue()));
      case BOOLEAN -> Optional.of(Boolean.toString(value.booleanValue()));
      case STRING -> Optional.of(string(value.stringValue()));
      case BIG_INTEGER ->
          Optional.of(
              "new "
                  + file.use("java.math.BigInteger")
                  + "(\""
                  + value.decimalValue().toBigInteger()
                  + "\")");
      case BIG_DECIMAL ->
          Optional.of(
              "new " + file.use("java.math.BigDecimal") + "(\"" + value.decimalValue() + "\")");
      case DECIMAL_TEXT, DATE_TIME, DATE, UUID, URI, BASE64, BINARY, FILE, STREAM, EVENT ->
          Optional.empty();
    };
  }

  /** {@return a string literal; more than one where class files have no room for it in one} */
  static String string(String text) {
    if (text.length() <= LONGEST) {
      return literal(text);
    }
    StringBuilder out = new StringBuilder();
    for (int from = 0; from < text.length(); from += LONGEST) {
      String part = literal(text.substring(from, Math.min(text.length(), from + LONGEST)));
      out.append(from == 0 ? part : ".concat(" + part + ")");
    }
    return out.toString();
  }

  private static String literal(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' '
              || Character.isISOControl(c)
              || Character.isSurrogate(c)
              || Character.getType(c) == Character.FORMAT) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
