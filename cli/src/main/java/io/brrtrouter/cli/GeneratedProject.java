package io.brrtrouter.cli;

import io.brrtrouter.codegen.GenerationJob;
import io.brrtrouter.codegen.GeneratorOptions;
import io.brrtrouter.codegen.Integers;
import io.brrtrouter.codegen.Part;
import io.brrtrouter.codegen.UnknownEnums;
import io.brrtrouter.openapi.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * A Maven project whose pom has a document's code generated.
 *
 * @param document the document
 * @param packageName the package, if the pom names one
 * @param unknownEnums what becomes of strings that an enum does not list
 * @param integers what integers without format and bounds become
 * @param untyped names of the handlers of operations that nothing is generated for
 * @param shared documents whose classes are imported
 */
record GeneratedProject(
    Path document,
    Optional<String> packageName,
    UnknownEnums unknownEnums,
    Integers integers,
    Set<String> untyped,
    List<GenerationJob.Shared> shared) {
  static final String PLUGIN = "brrtrouter-maven-plugin";

  /** Reads a project's pom. */
  static GeneratedProject at(Path directory) {
    Pom pom = Pom.in(directory);
    Element plugin =
        pom.plugin(PLUGIN)
            .orElseThrow(() ->
                Failure.failed(
                    directory.resolve("pom.xml")
                        + " has no plugin "
                        + PLUGIN
                        + "; \"brrt new\" makes a project that has it"));
    Path document = in(directory, Pom.setting(plugin, "document").orElse("openapi.yaml"));
    if (!Files.exists(document)) {
      throw Failure.failed(
          "%s generates code from %s, which is not there"
              .formatted(directory.resolve("pom.xml"), document));
    }
    return new GeneratedProject(
        document,
        Pom.setting(plugin, "packageName"),
        Pom.setting(plugin, "unknownEnums")
            .map(word -> UnknownEnums.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(UnknownEnums.REFUSE),
        Pom.setting(plugin, "integers")
            .map(word -> Integers.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Integers.LONG),
        Set.copyOf(Pom.settings(plugin, "untyped")),
        Pom.elements(plugin, "shared").stream().map(each -> shared(directory, each)).toList());
  }

  /** {@return a file that a pom names} */
  static Path in(Path directory, String path) {
    return directory.resolve(path.replaceFirst("^\\$\\{(project\\.)?basedir}/", ""));
  }

  private static GenerationJob.Shared shared(Path directory, Element element) {
    String document = Pom.text(element, "document").orElse("");
    String name = Pom.text(element, "package").orElse("");
    if (document.isEmpty() || name.isEmpty()) {
      throw Failure.failed(
          directory.resolve("pom.xml")
              + " has a shared document without <document> or <package>; give it both");
    }
    return new GenerationJob.Shared(Inputs.file(in(directory, document)), name);
  }

  /** {@return the document} */
  Loaded read(List<Path> directories) {
    return read(document, directories);
  }

  private Loaded read(Path file, List<Path> directories) {
    List<Path> more = new ArrayList<>(directories);
    shared.forEach(each -> more.add(each.directory()));
    return Documents.read(file, more);
  }

  /** {@return the options its code is generated with} */
  GeneratorOptions options(Loaded loaded, List<Path> directories) {
    return new GeneratorOptions(
        packageName.orElseGet(() -> GeneratorOptions.packageFor(loaded)),
        Part.SERVICE,
        unknownEnums,
        integers,
        untyped,
        shared.stream()
            .map(each ->
                new GeneratorOptions.Shared(read(each.document(), directories), each.packageName()))
            .toList());
  }
}
