package io.brrtrouter.cli;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.diff.Change;
import io.brrtrouter.openapi.diff.ChangeRenderer;
import io.brrtrouter.openapi.diff.ChangeRule;
import io.brrtrouter.openapi.diff.DocumentDiff;
import io.brrtrouter.openapi.diff.Impact;
import io.brrtrouter.openapi.lint.FindingRenderer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what changed between two documents, and whether clients of the old one still work. */
@Command(
    name = "diff",
    description = "Tell what changed between two documents, and which clients it breaks.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt diff old.yaml new.yaml                       for people; fails if clients break",
      "  brrt diff --fail-on risky old.yaml new.yaml       what may break some clients fails too",
      "  brrt diff --ignore tags-changed old.yaml new.yaml without changes of tags",
      "  brrt diff --format github old.yaml new.yaml       annotations in a GitHub workflow"
    })
final class DiffCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "OLD", description = "The document that clients know.")
  private Path old = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "The document that is to replace it.")
  private Path now = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "How to write changes: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  private Format format = Format.text;

  @Option(
      names = "--fail-on",
      paramLabel = "IMPACT",
      description =
          "Exit with 1 from this impact on: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  private FailOn failOn = FailOn.breaking;

  @Option(
      names = "--ignore",
      paramLabel = "RULE",
      description =
          "A rule whose changes do not count, operation-id-changed for example; may be repeated.")
  private Set<String> ignored = Set.of();

  @Mixin private ReadOptions reading = new ReadOptions();

  @Mixin private LimitsOption limits = new LimitsOption();

  /** The forms changes are written in; spelt as on the command line. */
  enum Format {
    text,
    json,
    sarif,
    github
  }

  /** The least impact that makes the command fail; spelt as on the command line. */
  enum FailOn {
    breaking,
    risky,
    compatible,
    never;

    boolean includes(Impact impact) {
      return switch (this) {
        case breaking -> impact.isAtLeast(Impact.BREAKING);
        case risky -> impact.isAtLeast(Impact.RISKY);
        case compatible -> true;
        case never -> false;
      };
    }
  }

  DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkIgnored();
    LoadOptions options = limits.options(reading.directories(), console);
    Loaded before = Documents.read(old, options);
    Loaded after = Documents.read(now, options);
    // The errors of both documents are worth knowing.
    boolean oldReadable = isReadable(old, before);
    boolean newReadable = isReadable(now, after);
    if (!oldReadable || !newReadable) {
      return 1;
    }
    List<Change> changes =
        DocumentDiff.between(before, after, LocalDate.now(ZoneId.systemDefault()))
            .changes()
            .stream()
            .filter(change -> !ignored.contains(change.rule().id()))
            .toList();
    console.out().print(rendered(changes));
    return changes.stream().anyMatch(change -> failOn.includes(change.impact())) ? 1 : 0;
  }

  private boolean isReadable(Path document, Loaded loaded) {
    List<Finding> errors =
        loaded.findings().stream().filter(each -> each.severity() == Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      console.err().print(FindingRenderer.text(errors));
      console.say(document + " cannot be compared; correct the errors above");
    }
    return errors.isEmpty();
  }

  private void checkIgnored() {
    Set<String> rules = ChangeRule.all().stream().map(ChangeRule::id).collect(Collectors.toSet());
    for (String rule : ignored) {
      if (!rules.contains(rule)) {
        throw Failure.usage(
            "--ignore "
                + rule
                + ": there is no such rule"
                + Spelling.nearest(rule, rules)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; docs/diff-rules.md lists them"));
      }
    }
  }

  private String rendered(List<Change> changes) {
    return switch (format) {
      case text -> ChangeRenderer.text(changes);
      case json -> ChangeRenderer.json(changes);
      case sarif -> ChangeRenderer.sarif(changes, Product.version());
      case github -> ChangeRenderer.github(changes);
    };
  }
}
