package io.brrtrouter.cli;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.ServiceExtension;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.ServedOperation;
import io.brrtrouter.server.runtime.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what a document serves. */
@Command(
    name = "routes",
    description =
        "List the operations of a document: method, path with base path, handler, and the service that answers.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt routes openapi.yaml                  a table",
      "  brrt routes --format json openapi.yaml    for programs"
    })
final class RoutesCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DOCUMENT", description = "An OpenAPI document, YAML or JSON.")
  private Path document = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "How to write them: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  private Format format = Format.text;

  @Mixin private ReadOptions reading = new ReadOptions();

  @Mixin private LimitsOption limits = new LimitsOption();

  /** The forms routes are written in; spelt as on the command line. */
  enum Format {
    text,
    json
  }

  RoutesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LoadOptions options = limits.options(reading.directories(), console);
    List<ServedOperation> operations = operations(Documents.read(document, options));
    Function<String, Optional<String>> services = services(operations);
    console
        .out()
        .print(
            switch (format) {
              case text -> Routes.text(operations, services);
              case json -> Routes.json(operations, services);
            });
    return 0;
  }

  /** Who names no services does not wait until all settings are known. */
  private Function<String, Optional<String>> services(List<ServedOperation> operations) {
    return operations.stream().anyMatch(each -> ServiceExtension.of(each.operation()).isPresent())
        ? ServerConfig.services(limits.file(console), console.environment())
        : _ -> Optional.empty();
  }

  private List<ServedOperation> operations(Loaded loaded) {
    return switch (Documents.compile(loaded)) {
      case Compilation.Compiled compiled -> compiled.api().operations();
      case Compilation.Refused refused ->
          throw Documents.refused(document, refused.findings(), console);
    };
  }
}
