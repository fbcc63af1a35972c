package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.print.Printer;
import io.brrtrouter.codegen.read.ClientReader;
import io.brrtrouter.codegen.read.Hindrances;
import io.brrtrouter.codegen.read.ModelReader;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Generates Java from a document: the same text for the same document, options and version. Reads
 * and writes no files. Stateless.
 */
public final class Generator {
  private Generator() {}

  /**
   * Generates everything the options ask for. The first line of each file has the file name of the
   * document only: {@link GenerationJob} tells documents of one name apart.
   *
   * @param document the document, read without errors
   * @param options what to generate and how
   * @return the files, and what is not in them
   * @throws IllegalArgumentException when the document, or one that is shared, has errors
   */
  public static Generation generate(Loaded document, GeneratorOptions options) {
    return generate(document, options, String.valueOf(document.files().getFirst().getFileName()));
  }

  /**
   * Generates everything the options ask for.
   *
   * @param document the document, read without errors
   * @param options what to generate and how
   * @param name what the first line of each file calls the document
   * @return the files, and what is not in them
   * @throws IllegalArgumentException when the document, or one that is shared, has errors
   */
  static Generation generate(Loaded document, GeneratorOptions options, String name) {
    ModelReader.Reading reading =
        ModelReader.read(
            new ModelReader.Source(document, options.packageName()),
            new ModelReader.Choices(
                options.unknownEnums() == UnknownEnums.KEEP,
                options.integers() == Integers.EXACT,
                options.untyped(),
                options.parts().contains(Part.SENDERS)),
            options.shared().stream()
                .map(each -> new ModelReader.Source(each.document(), each.packageName()))
                .toList());
    JavaModel model = reading.model().from(name);
    JavaModel handled = Services.handled(document, model);
    List<SourceFile> files = new ArrayList<>();
    for (Part part : options.parts()) {
      Map<String, String> printed =
          switch (part) {
            case MODELS -> Printer.models(model);
            case CODECS -> Printer.codecs(model);
            case HANDLERS -> Printer.handlers(handled);
            case SERVER -> Printer.server(handled);
            case CLIENT ->
                Printer.client(model, ClientReader.read(document, model), ClientSources.java());
            case TYPESCRIPT ->
                Printer.typeScript(
                    model, ClientReader.read(document, model), ClientSources.typeScript());
            case SENDERS ->
                Printer.senders(model, ClientReader.sent(document, model), ClientSources.writing());
          };
      printed.forEach((path, text) -> files.add(new SourceFile(path, text)));
    }
    files.sort(Comparator.comparing(SourceFile::path));
    Set<String> directories =
        options.parts().stream()
            .filter(part -> part != Part.TYPESCRIPT)
            .map(part -> part.directory(options.packageName()))
            .collect(Collectors.toUnmodifiableSet());
    return new Generation(
        model, files, directories, findings(document, options, reading), model.unfused());
  }

  private static List<Finding> findings(
      Loaded document, GeneratorOptions options, ModelReader.Reading reading) {
    List<Finding> findings = new ArrayList<>(reading.findings());
    if (options.parts().contains(Part.SERVER)) {
      findings.addAll(Hindrances.ofServers(document, options.untyped()));
    }
    if (options.parts().contains(Part.CLIENT) || options.parts().contains(Part.TYPESCRIPT)) {
      findings.addAll(Hindrances.ofClients(reading.model()));
    }
    if (options.parts().contains(Part.TYPESCRIPT)) {
      findings.addAll(Hindrances.ofScripts(reading.model()));
    }
    return Hindrances.sorted(findings);
  }
}
