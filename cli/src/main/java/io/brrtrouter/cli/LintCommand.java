package io.brrtrouter.cli;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.lint.Linter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports every problem of documents. */
@Command(
    name = "lint",
    description = "Report every problem of a document, with its place and what would be right.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt lint openapi.yaml                          for people",
      "  brrt lint --fail-on warning api/*.yaml          several documents; warnings fail too",
      "  brrt lint --format sarif openapi.yaml           for code scanning services",
      "  brrt lint --format github openapi.yaml          annotations in a GitHub workflow"
    })
final class LintCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "DOCUMENT",
      arity = "1..*",
      description = "OpenAPI documents, YAML or JSON.")
  private List<Path> documents = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "How to write findings: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  private Format format = Format.text;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit with 1 from this severity on: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  private FailOn failOn = FailOn.error;

  @Option(
      names = "--ignore",
      paramLabel = "RULE",
      description =
          "A rule whose warnings do not count, operation-id-casing for example; may be repeated.")
  private Set<String> ignored = Set.of();

  @Mixin private ReadOptions reading = new ReadOptions();

  @Mixin private LimitsOption limits = new LimitsOption();

  /** The forms findings are written in; spelt as on the command line. */
  enum Format {
    text,
    json,
    sarif,
    github
  }

  /** The least severity that makes the command fail; spelt as on the command line. */
  enum FailOn {
    error,
    warning,
    never;

    boolean includes(Severity severity) {
      return switch (this) {
        case error -> severity == Severity.ERROR;
        case warning -> true;
        case never -> false;
      };
    }
  }

  LintCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkIgnored();
    LoadOptions options = limits.options(reading.directories(), console);
    Set<Finding> found = new LinkedHashSet<>();
    int unread = 0;
    for (Path document : documents) {
      try {
        found.addAll(Documents.findings(document, options));
      } catch (Failure noFile) {
        if (noFile.isUsage()) {
          throw noFile;
        }
        // The other documents are still worth looking at.
        console.say(noFile.sentence());
        unread++;
      }
    }
    found.removeIf(each -> each.severity() == Severity.WARNING && ignored.contains(each.rule()));
    List<Finding> findings = List.copyOf(found);
    if (unread < documents.size()) {
      console.out().print(rendered(findings));
    }
    boolean fails = findings.stream().anyMatch(each -> failOn.includes(each.severity()));
    return fails || unread > 0 ? 1 : 0;
  }

  private void checkIgnored() {
    Set<String> rules = Linter.rules();
    for (String rule : ignored) {
      if (!rules.contains(rule)) {
        throw Failure.usage(
            "--ignore "
                + rule
                + ": there is no such rule"
                + Spelling.nearest(rule, rules)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; docs/lint.md lists them"));
      }
    }
  }

  private String rendered(List<Finding> findings) {
    return switch (format) {
      case text -> FindingRenderer.text(findings);
      case json -> FindingRenderer.json(findings);
      case sarif -> FindingRenderer.sarif(findings, Product.version());
      case github -> FindingRenderer.github(findings);
    };
  }
}
