package io.brrtrouter.cli;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.diff.Change;
import io.brrtrouter.openapi.diff.DiffJob;
import io.brrtrouter.openapi.diff.DiffJob.FailOn;
import io.brrtrouter.openapi.diff.DiffJob.Format;
import io.brrtrouter.openapi.diff.DiffJob.UnreadableDocument;
import io.brrtrouter.openapi.lint.FindingRenderer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
  private Format format = Format.TEXT;

  @Option(
      names = "--fail-on",
      paramLabel = "IMPACT",
      description =
          "Exit with 1 from this impact on: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  private FailOn failOn = FailOn.BREAKING;

  @Option(
      names = "--ignore",
      paramLabel = "RULE",
      description =
          "A rule whose changes do not count, operation-id-changed for example; may be repeated.")
  private Set<String> ignored = Set.of();

  @Mixin private ReadOptions reading = new ReadOptions();

  @Mixin private LimitsOption limits = new LimitsOption();

  DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DiffJob job = job();
    LoadOptions options = limits.options(reading.directories(), console);
    return switch (job.run(Inputs.file(old), Inputs.file(now), options)) {
      case DiffJob.Outcome.Unreadable(List<UnreadableDocument> documents) -> {
        documents.forEach(each -> {
          console.err().print(FindingRenderer.text(each.errors()));
          console.say(each.sentence());
        });
        yield 1;
      }
      case DiffJob.Outcome.Compared(List<Change> changes, boolean failed) -> {
        console.out().print(format.render(changes, Product.version()));
        yield failed ? 1 : 0;
      }
    };
  }

  private DiffJob job() {
    try {
      return new DiffJob(failOn, ignored, LocalDate.now(ZoneId.systemDefault()));
    } catch (IllegalArgumentException unknown) {
      throw Failure.usage("--ignore " + unknown.getMessage());
    }
  }
}
