package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes findings as text for people, or as JSON, SARIF and GitHub annotations for machines. Every
 * form ends with a line feed.
 */
public final class FindingRenderer {
  /** Characters of a source line that are shown; documents are sometimes a single line. */
  private static final int SNIPPET_WIDTH = 120;

  /** What stands for what cannot be shown. */
  private static final int REPLACEMENT = 0xFFFD;

  /** A line with more characters than this that cannot be shown... */
  private static final int FEW = 3;

  /** ...and with more than one in so many of them is no text. */
  private static final int PART = 5;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private FindingRenderer() {}

  /**
   * {@return the findings for people: a line that compilers and editors understand, the source line
   * with a caret, what would be right, and a summary at the end}
   *
   * @param findings what was found
   */
  public static String text(List<Finding> findings) {
    return String.join("", entries(findings)) + summary(findings) + "\n";
  }

  /**
   * {@return what {@link #text} says of each finding, several lines that end with a line feed, for
   * tools that say errors and warnings in their own way}
   *
   * @param findings what was found
   */
  public static List<String> entries(List<Finding> findings) {
    SourceLines sources = new SourceLines();
    return findings.stream().map(finding -> entry(finding, sources)).toList();
  }

  private static String entry(Finding finding, SourceLines sources) {
    StringBuilder text = new StringBuilder();
    text.append(printable(headline(finding))).append('\n');
    appendSnippet(text, finding.location(), sources);
    if (!finding.fix().isEmpty()) {
      text.append("  fix: ").append(printable(finding.fix())).append('\n');
    }
    return text.toString();
  }

  private static String headline(Finding finding) {
    return "%s: %s[%s]: %s"
        .formatted(finding.location(), word(finding.severity()), finding.rule(), finding.message());
  }

  private static void appendSnippet(
      StringBuilder text, SourceLocation location, SourceLines sources) {
    int[] characters = sources.characters(location.file(), location.line());
    int caret = Math.clamp(location.column() - 1, 0, characters.length);
    int start = caret < SNIPPET_WIDTH ? 0 : caret - SNIPPET_WIDTH / 2;
    int end = Math.min(characters.length, start + SNIPPET_WIDTH);
    if (characters.length == 0 || isBinary(characters, start, end)) {
      return;
    }
    String margin = "%5d | ".formatted(location.line());
    String before = start > 0 ? "..." : "";
    text.append(margin)
        .append(before)
        .append(printable(new String(characters, start, end - start)))
        .append(end < characters.length ? "..." : "")
        .append('\n');
    text.append(" ".repeat(margin.length() - 2)).append("| ").append(" ".repeat(before.length()));
    for (int i = start; i < caret; i++) {
      // A tab in the line is a tab before the caret, however wide the reader's are.
      text.append(characters[i] == '\t' ? '\t' : ' ');
    }
    text.append("^\n");
  }

  /** Of a picture or an archive nobody wants to see a line; of text in Latin-1 they do. */
  private static boolean isBinary(int[] characters, int start, int end) {
    int odd = 0;
    for (int i = start; i < end; i++) {
      boolean control = characters[i] != '\t' && Character.isISOControl(characters[i]);
      odd += control || characters[i] == REPLACEMENT ? 1 : 0;
    }
    return odd > FEW && odd * PART > end - start;
  }

  /**
   * {@return a line that no terminal obeys: controls and changes of the writing direction replaced}
   *
   * @param text one line; documents, and names given on a command line, may hold anything
   */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c != '\t' && isCommand(c) ? REPLACEMENT : c)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }

  /** Controls, and what makes a reader see lines or an order of characters that is not there. */
  private static boolean isCommand(int c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u061c'
        || c == '\u200e'
        || c == '\u200f'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }

  /**
   * {@return how many errors and warnings there are, for example {@code 1 error, 2 warnings}}
   *
   * @param findings what was found
   */
  public static String summary(List<Finding> findings) {
    int errors = count(findings, Severity.ERROR);
    int warnings = count(findings, Severity.WARNING);
    if (errors == 0 && warnings == 0) {
      return "no findings";
    }
    if (errors == 0) {
      return plural(warnings, "warning");
    }
    return plural(errors, "error") + (warnings == 0 ? "" : ", " + plural(warnings, "warning"));
  }

  private static int count(List<Finding> findings, Severity severity) {
    return (int) findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  private static String plural(int count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }

  /**
   * {@return the findings as a JSON object with {@code findings}, {@code errors} and {@code
   * warnings}}
   *
   * @param findings what was found
   */
  public static String json(List<Finding> findings) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode array = root.putArray("findings");
    for (Finding finding : findings) {
      array
          .addObject()
          .put("rule", finding.rule())
          .put("severity", word(finding.severity()))
          .put("file", finding.location().file())
          .put("line", finding.location().line())
          .put("column", finding.location().column())
          .put("message", finding.message())
          .put("fix", finding.fix());
    }
    root.put("errors", count(findings, Severity.ERROR));
    root.put("warnings", count(findings, Severity.WARNING));
    return pretty(root);
  }

  /**
   * {@return the findings as a SARIF 2.1.0 log, for code scanning services and editors}
   *
   * @param findings what was found
   * @param version the version of the tool
   */
  public static String sarif(List<Finding> findings, String version) {
    return pretty(Sarif.log(findings, version));
  }

  /**
   * {@return the findings as workflow commands, which GitHub shows beside the changed lines}
   *
   * @param findings what was found
   */
  public static String github(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      SourceLocation location = finding.location();
      text.append("::")
          .append(word(finding.severity()))
          .append(" file=")
          .append(property(location.file()));
      if (location.line() > 0) {
        text.append(",line=").append(location.line()).append(",col=").append(location.column());
      }
      text.append(",title=")
          .append(property(finding.rule()))
          .append("::")
          .append(escaped(sentence(finding)))
          .append('\n');
    }
    return text.append(summary(findings)).append('\n').toString();
  }

  /** {@return message and fix in one} */
  static String sentence(Finding finding) {
    return finding.fix().isEmpty() ? finding.message() : finding.message() + "; " + finding.fix();
  }

  private static String property(String value) {
    return escaped(value).replace(":", "%3A").replace(",", "%2C");
  }

  private static String escaped(String value) {
    // Line ends are commands of GitHub's, and are escaped; other controls are nobody's business.
    String escaped = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    return printable(escaped);
  }

  /** {@return the severity as it is written in every form} */
  static String word(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
    };
  }

  private static String pretty(ObjectNode root) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }
}
