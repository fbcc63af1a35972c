package io.brrtrouter.cli;

import io.brrtrouter.codegen.Generation;
import io.brrtrouter.codegen.Generator;
import io.brrtrouter.codegen.GeneratorOptions;
import io.brrtrouter.codegen.Integers;
import io.brrtrouter.codegen.Part;
import io.brrtrouter.codegen.UnknownEnums;
import io.brrtrouter.codegen.WritePlan;
import io.brrtrouter.codegen.WritePlan.Action;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.FindingRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes Java sources for a document. */
@Command(
    name = "generate",
    description = {
      "Generate Java from a document: records, requests, sealed responses, handler interfaces.",
      "Only files that were generated from the same document are ever replaced or deleted."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt generate openapi.yaml -o target/generated-sources/brrtrouter",
      "  brrt generate openapi.yaml -o src/gen/java --package com.example.shop",
      "  brrt generate openapi.yaml -o src/gen/java --only models",
      "  brrt generate openapi.yaml -o src/gen/java --dry-run     only say what would be written"
    })
final class GenerateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DOCUMENT", description = "An OpenAPI document, YAML or JSON.")
  private Path document = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The directory of sources to write into; made if it is not there.")
  private Path output = Path.of("");

  @Option(
      names = "--package",
      paramLabel = "NAME",
      description = "The package of everything; the document's title in small letters by default.")
  private @Nullable String packageName;

  @Option(
      names = "--only",
      paramLabel = "PARTS",
      split = ",",
      description = "Some parts only, separated by commas: ${COMPLETION-CANDIDATES}.")
  private Set<Part> only = EnumSet.allOf(Part.class);

  @Option(
      names = "--unknown-enums",
      paramLabel = "POLICY",
      description =
          "What becomes of a string that an enum does not list: ${COMPLETION-CANDIDATES};"
              + " ${DEFAULT-VALUE} by default.")
  private UnknownEnums unknownEnums = UnknownEnums.REFUSE;

  @Option(
      names = "--integers",
      paramLabel = "POLICY",
      description =
          "What an integer without format and bounds becomes: ${COMPLETION-CANDIDATES};"
              + " ${DEFAULT-VALUE} by default.")
  private Integers integers = Integers.LONG;

  @Option(names = "--dry-run", description = "Print what would be written, and write nothing.")
  private boolean dryRun;

  @Mixin private ReadOptions reading = new ReadOptions();

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    requireDirectory();
    Loaded loaded = Documents.read(document, reading.directories());
    if (loaded.hasErrors()) {
      console.err().print(FindingRenderer.text(loaded.findings()));
      throw Failure.failed("nothing was generated from " + document + "; correct the errors above");
    }
    Generation generation = Generator.generate(loaded, options(loaded));
    if (!generation.findings().isEmpty()) {
      console.err().print(FindingRenderer.text(generation.findings()));
    }
    if (generation.findings().stream().anyMatch(each -> each.severity() == Severity.ERROR)) {
      throw Failure.failed("nothing was generated from " + document + "; correct the errors above");
    }
    WritePlan plan = WritePlan.of(generation, output);
    refuseForeignFiles(plan);
    if (dryRun) {
      plan.steps().forEach(step -> console.out().println(step));
    } else {
      plan.write();
    }
    console.out().println(summary(plan));
    generation.unfused().forEach(each -> console.err().println("judged by the schema: " + each));
    return 0;
  }

  private void requireDirectory() {
    if (output.toString().isEmpty()) {
      throw Failure.usage("--output needs the name of a directory");
    }
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw Failure.failed(output + " is no directory; name one to write into");
    }
  }

  private GeneratorOptions options(Loaded loaded) {
    String name = packageName == null ? GeneratorOptions.packageFor(loaded) : packageName;
    try {
      return new GeneratorOptions(name, only, unknownEnums, integers);
    } catch (IllegalArgumentException invalid) {
      throw Failure.usage("--package: " + invalid.getMessage());
    }
  }

  private static void refuseForeignFiles(WritePlan plan) {
    List<WritePlan.Step> refused = plan.steps(Action.REFUSE);
    if (!refused.isEmpty()) {
      throw Failure.failed(
          "%s was not generated from this document and is in the way%s; move it, or generate into"
                  .formatted(
                      plan.directory().resolve(refused.getFirst().path()),
                      refused.size() == 1
                          ? ""
                          : ", as are %d other files".formatted(refused.size() - 1))
              + " another directory or package");
    }
  }

  private String summary(WritePlan plan) {
    return "%s: %d created, %d replaced, %d deleted, %d unchanged%s"
        .formatted(
            output,
            plan.steps(Action.CREATE).size(),
            plan.steps(Action.REPLACE).size(),
            plan.steps(Action.DELETE).size(),
            plan.steps(Action.KEEP).size(),
            dryRun ? "; nothing was written" : "");
  }
}
