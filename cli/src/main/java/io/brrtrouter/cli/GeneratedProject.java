package io.brrtrouter.cli;

import io.brrtrouter.codegen.GeneratorOptions;
import io.brrtrouter.codegen.Integers;
import io.brrtrouter.codegen.Part;
import io.brrtrouter.codegen.UnknownEnums;
import io.brrtrouter.openapi.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
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
 */
record GeneratedProject(
    Path document,
    Optional<String> packageName,
    UnknownEnums unknownEnums,
    Integers integers,
    Set<String> untyped) {
  private static final String PLUGIN = "brrtrouter-maven-plugin";

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
    Path document =
        directory.resolve(
            Pom.setting(plugin, "document")
                .map(path -> path.replaceFirst("^\\$\\{(project\\.)?basedir}/", ""))
                .orElse("openapi.yaml"));
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
        Set.copyOf(Pom.settings(plugin, "untyped")));
  }

  /** {@return the options its code is generated with} */
  GeneratorOptions options(Loaded loaded) {
    return new GeneratorOptions(
        packageName.orElseGet(() -> GeneratorOptions.packageFor(loaded)),
        Part.SERVICE,
        unknownEnums,
        integers,
        untyped);
  }
}
