package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The path template of an operation, taken apart. */
final class PathPieces {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

  private PathPieces() {}

  /** A piece of a path template. */
  sealed interface Piece {}

  /**
   * What is the same in every path.
   *
   * @param text the text, encoded
   */
  record Literal(String text) implements Piece {}

  /**
   * The place of a parameter.
   *
   * @param parameter the parameter
   */
  record Variable(Parameter parameter) implements Piece {}

  static List<Piece> of(Operation operation) {
    List<Piece> pieces = new ArrayList<>();
    Matcher variables = VARIABLE.matcher(operation.path());
    int from = 0;
    while (variables.find()) {
      add(operation.path().substring(from, variables.start()), pieces);
      from = variables.end();
      String name = variables.group(1);
      operation.request().parameters().stream()
          .filter(each -> each.in() == ParameterLocation.PATH)
          .filter(each -> each.component().property().equals(name))
          .findFirst()
          .ifPresent(parameter -> pieces.add(new Variable(parameter)));
    }
    add(operation.path().substring(from), pieces);
    return pieces;
  }

  private static void add(String literal, List<Piece> pieces) {
    if (!literal.isEmpty()) {
      pieces.add(new Literal(encoded(literal)));
    }
  }

  /** A piece of a template as a path may have it. */
  private static String encoded(String literal) {
    StringBuilder out = new StringBuilder();
    for (byte octet : literal.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean kept =
          (c < 0x80 && Character.isLetterOrDigit(c)) || "-._~!$&'()*+,;=:@/%".indexOf(c) >= 0;
      out.append(kept ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return out.toString();
  }
}
