package io.brrtrouter.openapi.source;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** Says in plain words why a text is not YAML and what would be right. */
final class YamlSyntax {
  private YamlSyntax() {}

  static Problems.Unreadable explain(MarkedYamlEngineException syntax, Problems problems) {
    Mark mark = syntax.getProblemMark().or(syntax::getContextMark).orElseThrow();
    String problem = String.valueOf(syntax.getProblem()).strip();
    int line = mark.getLine() + 1;
    int column = mark.getColumn() + 1;
    if (problem.contains("TAB")) {
      return problems.fatal(
          "yaml-tab", line, column, "a tab stands where YAML wants spaces", "indent with spaces");
    }
    StringBuilder message = new StringBuilder("the text is not YAML: ").append(problem);
    if (syntax.getContext() != null) {
      message.append(' ').append(syntax.getContext().strip());
      syntax
          .getContextMark()
          .filter(context -> context.getLine() != mark.getLine())
          .ifPresent(context -> message.append(" in line ").append(context.getLine() + 1));
    }
    return problems.fatal("yaml-syntax", line, column, message.toString(), fix(problem));
  }

  private static String fix(String problem) {
    if (problem.contains("mapping values are not allowed")) {
      return "quote the text if it contains \": \", or correct the indentation";
    }
    if (problem.contains("<block end>")) {
      return "begin the members of one mapping or sequence in the same column";
    }
    if (problem.contains("unexpected end of stream") || problem.contains("document separator")) {
      return "close the quotation";
    }
    if (problem.contains("could not find expected ':'")) {
      return "write name: value";
    }
    if (problem.contains("cannot start any token")) {
      return "quote text that begins with this character";
    }
    if (problem.contains("expected ',' or")) {
      return "separate the entries with commas and close the bracket";
    }
    return "correct this line or the one before it";
  }

  static Problems.Unreadable explain(ReaderException bad, String text, Problems problems) {
    int line = 1;
    int column = 1;
    int position = 0;
    for (int i = 0; i < text.length() && position < bad.getPosition(); position++) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean breaks = c == '\n' || c == '\r' && (i == text.length() || text.charAt(i) != '\n');
      line += breaks ? 1 : 0;
      column = breaks ? 1 : column + 1;
    }
    return problems.fatal(
        "yaml-syntax",
        line,
        column,
        String.format(
            java.util.Locale.ROOT, "the character U+%04X is not allowed", bad.getCodePoint()),
        "remove it, or write it as an escape in double quotes");
  }
}
