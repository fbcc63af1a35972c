package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.report.Annotations;
import io.brrtrouter.openapi.report.Sarif;
import io.brrtrouter.openapi.report.Snippets;
import io.brrtrouter.openapi.report.SourceLines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes findings as text for people, or as JSON, SARIF and GitHub annotations for machines. Every
 * form ends with a line feed.
 */
public final class FindingRenderer {
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
    Snippets.append(text, finding.location(), sources);
    if (!finding.fix().isEmpty()) {
      text.append("  fix: ").append(printable(finding.fix())).append('\n');
    }
    return text.toString();
  }

  private static String headline(Finding finding) {
    return "%s: %s[%s]: %s"
        .formatted(finding.location(), word(finding.severity()), finding.rule(), finding.message());
  }

  /**
   * {@return a line that no terminal obeys: controls and changes of the writing direction replaced}
   *
   * @param text one line; documents, and names given on a command line, may hold anything
   */
  public static String printable(String text) {
    return Snippets.printable(text);
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
    Map<String, RuleText> texts = RuleText.all();
    List<Sarif.Rule> rules =
        findings.stream()
            .map(Finding::rule)
            .distinct()
            .sorted()
            .map(rule -> described(rule, texts.get(rule)))
            .toList();
    return pretty(
        Sarif.log(rules, findings.stream().map(FindingRenderer::result).toList(), version));
  }

  /** A rule without a text has its id only. */
  private static Sarif.Rule described(String id, @Nullable RuleText rule) {
    return rule == null
        ? Sarif.Rule.named(id)
        : new Sarif.Rule(
            id,
            Optional.of(
                new Sarif.Description(
                    RuleText.plain(rule.summary()),
                    new Sarif.Text(RuleText.plain(rule.reason()), rule.reason()),
                    new Sarif.Text(
                        RuleText.plain("Fix: " + rule.advice()), "Fix: " + rule.advice()),
                    word(rule.severity()))));
  }

  private static Sarif.Result result(Finding finding) {
    return new Sarif.Result(
        finding.rule(),
        word(finding.severity()),
        sentence(finding),
        finding.location(),
        Optional.empty());
  }

  /**
   * {@return the findings as workflow commands, which GitHub shows beside the changed lines}
   *
   * @param findings what was found
   */
  public static String github(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(
          Annotations.line(
              word(finding.severity()), finding.location(), finding.rule(), sentence(finding)));
    }
    return text.append(summary(findings)).append('\n').toString();
  }

  /** {@return message and fix in one} */
  static String sentence(Finding finding) {
    return finding.fix().isEmpty() ? finding.message() : finding.message() + "; " + finding.fix();
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
