package io.brrtrouter.cli;

import io.brrtrouter.codegen.GenerationJob;
import io.brrtrouter.codegen.GenerationJob.Outcome;
import io.brrtrouter.codegen.Integers;
import io.brrtrouter.codegen.Part;
import io.brrtrouter.codegen.UnknownEnums;
import io.brrtrouter.codegen.WritePlan;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.lint.FindingRenderer;
import java.io.IOException;
import java.nio.file.Path;
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
      "Generate Java from a document: records, handler interfaces and a client.",
      "Handlers get records of requests and return sealed responses.",
      "Only files that were generated from the same document are ever replaced or deleted."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt generate openapi.yaml -o target/generated-sources/brrtrouter",
      "  brrt generate openapi.yaml -o src/gen/java --package com.example.shop",
      "  brrt generate openapi.yaml -o src/gen/java --only models",
      "  brrt generate openapi.yaml -o src/gen/java --only models,codecs,handlers,client",
      "  brrt generate openapi.yaml -o src/gen/java --only models,codecs,senders",
      "  brrt generate openapi.yaml -o web/src/api --only typescript",
      "  brrt generate openapi.yaml -o src/gen/java --dry-run     only say what would be written",
      "  brrt generate orders/openapi.yaml -o src/gen/java --shared models/openapi.yaml=com.example.models"
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
      description =
          "Some parts only, separated by commas: ${COMPLETION-CANDIDATES}; all but"
              + " senders and typescript by default.")
  private Set<Part> only = Part.JAVA;

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

  @Mixin private UntypedOption untyped = new UntypedOption();

  @Option(
      names = "--shared",
      paramLabel = "DOCUMENT=PACKAGE",
      description =
          "A document whose code stands in a package already: classes of schemas that are written"
              + " there are imported. May be repeated.")
  private List<String> shared = List.of();

  @Mixin private WriteOptions writing = new WriteOptions();

  @Mixin private ReadOptions reading = new ReadOptions();

  @Mixin private LimitsOption limits = new LimitsOption();

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Outcome.Planned planned =
        switch (job().plan()) {
          case Outcome.Planned fine -> fine;
          case Outcome.Refused refused -> {
            show(refused.findings());
            throw Failure.failed(refused.sentence());
          }
        };
    show(planned.generation().findings());
    WritePlan plan = planned.plan();
    if (writing.dryRun()) {
      plan.steps().forEach(step -> console.out().println(step));
    } else {
      plan.write();
    }
    console
        .out()
        .println(
            output + ": " + plan.summary() + (writing.dryRun() ? "; nothing was written" : ""));
    planned.generation().unfused().forEach(each -> console.err().println(each.sentence()));
    return 0;
  }

  private GenerationJob job() {
    if (output.toString().isEmpty()) {
      throw Failure.usage("--output needs the name of a directory");
    }
    LoadOptions options = limits.options(reading.directories(), console);
    Inputs.file(document);
    List<GenerationJob.Shared> others = shared.stream().map(GenerateCommand::shared).toList();
    try {
      return new GenerationJob(
          document,
          options,
          output,
          packageName,
          only,
          unknownEnums,
          integers,
          untyped.names(),
          others);
    } catch (IllegalArgumentException invalid) {
      throw Failure.usage("--package: " + invalid.getMessage());
    }
  }

  private static GenerationJob.Shared shared(String option) {
    int equals = option.lastIndexOf('=');
    if (equals < 0) {
      throw Failure.usage(
          "--shared needs a document and its package, as in"
              + " --shared models/openapi.yaml=com.example.models");
    }
    Path document = Inputs.file(Path.of(option.substring(0, equals)));
    try {
      return new GenerationJob.Shared(document, option.substring(equals + 1));
    } catch (IllegalArgumentException invalid) {
      throw Failure.usage("--shared: " + invalid.getMessage());
    }
  }

  private void show(List<Finding> findings) {
    if (!findings.isEmpty()) {
      console.err().print(FindingRenderer.text(findings));
    }
  }
}
