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
    String context = syntax.getContext() == null ? "" : syntax.getContext().strip();
    if (problem.contains("TAB")) {
      return refuse(
          "yaml-tab", mark, "a tab stands where YAML wants spaces", "indent with spaces", problems);
    }
    Mark start = syntax.getContextMark().orElse(mark);
    if (problem.contains("unexpected end of stream") || problem.contains("document separator")) {
      return refuse(start, "the quotation is not closed", "close it", problems);
    }
    if (problem.contains("<block end>")) {
      String what = context.contains("mapping") ? "mapping" : "sequence";
      return refuse(
          mark,
          "this does not line up with the "
              + what
              + " that begins in line "
              + (start.getLine() + 1),
          "begin all entries of the " + what + " in the same column",
          problems);
    }
    return other(mark, problem, context, problems);
  }

  private static Problems.Unreadable other(
      Mark mark, String problem, String context, Problems problems) {
    if (problem.contains("mapping values are not allowed")) {
      return refuse(
          mark,
          "a colon stands where no member can begin",
          "quote the text if it contains \": \", or correct the indentation",
          problems);
    }
    if (problem.contains("could not find expected ':'")) {
      return refuse(mark, "a colon is missing after the name", "write name: value", problems);
    }
    if (problem.contains("cannot start any token")) {
      int end = problem.indexOf(" that cannot");
      return refuse(
          mark,
          "text cannot begin with " + problem.substring("found character ".length(), end),
          "put the text in quotes",
          problems);
    }
    if (context.contains("flow") || problem.contains("expected ',' or")) {
      return refuse(
          mark,
          "the list or object in brackets is not complete",
          "separate its entries with commas and close the bracket",
          problems);
    }
    String message = context.isEmpty() ? problem : problem + " " + context;
    return refuse(mark, message, "correct this line or the one before it", problems);
  }

  private static Problems.Unreadable refuse(
      Mark mark, String message, String fix, Problems problems) {
    return refuse("yaml-syntax", mark, "the text is not YAML: " + message, fix, problems);
  }

  private static Problems.Unreadable refuse(
      String rule, Mark mark, String message, String fix, Problems problems) {
    return problems.fatal(rule, mark.getLine() + 1, mark.getColumn() + 1, message, fix);
  }

  static Problems.Unreadable explain(ReaderException bad, String text, Problems problems) {
    int line = 1;
    int column = 1;
    int position = 0;
    for (int i = 0; i < text.length() && position < bad.getPosition(); position++) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean breaks = c == '\n' || (c == '\r' && (i == text.length() || text.charAt(i) != '\n'));
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
