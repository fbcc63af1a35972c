package io.brrtrouter.cli;

import io.brrtrouter.codegen.GenerationJob;
import io.brrtrouter.codegen.GeneratorOptions;
import io.brrtrouter.codegen.Integers;
import io.brrtrouter.codegen.Part;
import io.brrtrouter.codegen.UnknownEnums;
import io.brrtrouter.openapi.DocumentLimit;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * A Maven project whose pom has a document's code generated.
 *
 * @param document the document
 * @param limits how documents are loaded, without further directories
 * @param packageName the package, if the pom names one
 * @param unknownEnums what becomes of strings that an enum does not list
 * @param integers what integers without format and bounds become
 * @param untyped names of the handlers of operations that nothing is generated for
 * @param shared documents whose classes are imported
 */
record GeneratedProject(
    Path document,
    LoadOptions limits,
    Optional<String> packageName,
    UnknownEnums unknownEnums,
    Integers integers,
    Set<String> untyped,
    List<GenerationJob.Shared> shared) {
  static final String PLUGIN = "brrtrouter-maven-plugin";

  /** What the plugin's settings begin with where they are properties. */
  private static final String PROPERTIES = "brrtrouter.";

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
    return new Settings(directory, pom, plugin).project();
  }

  /** {@return the job that the plugin of a project does, if its pom has the plugin} */
  static Optional<GenerationJob> job(Path directory) {
    Pom pom = Pom.in(directory);
    return pom.plugin(PLUGIN).map(plugin -> new Settings(directory, pom, plugin).job());
  }

  /** {@return a file that a pom names; what it leaves to other files stays as it is written} */
  static Path in(Path directory, Pom pom, String path) {
    try {
      return in(directory, pom.resolve(path));
    } catch (IllegalArgumentException elsewhere) {
      return in(directory, path);
    }
  }

  private static Path in(Path directory, String path) {
    return directory.resolve(path.startsWith("./") ? path.substring("./".length()) : path);
  }

  /** What the plugin is told. */
  private record Settings(Path directory, Pom pom, Element plugin) {

    GeneratedProject project() {
      Path document =
          in(directory, setting("document", Function.identity()).orElse("openapi.yaml"));
      if (!Files.exists(document)) {
        throw Failure.failed(
            "%s generates code from %s, which is not there".formatted(file(), document));
      }
      return new GeneratedProject(
          document,
          limits(),
          setting("packageName", name -> GeneratorOptions.of(name).packageName()),
          setting("unknownEnums", UnknownEnums::parse).orElse(UnknownEnums.REFUSE),
          setting("integers", Integers::parse).orElse(Integers.LONG),
          untyped(),
          Pom.elements(plugin, "shared").stream().map(this::shared).toList());
    }

    GenerationJob job() {
      GeneratedProject project = project();
      return new GenerationJob(
          project.document(),
          project
              .limits()
              .withRoots(
                  Pom.settings(plugin, "allowDirectories").stream()
                      .map(path -> in(directory, pom, path))
                      .toList()),
          in(
              directory,
              setting("outputDirectory", Function.identity())
                  .orElse("target/generated-sources/brrtrouter")),
          project.packageName().orElse(null),
          parts(),
          project.unknownEnums(),
          project.integers(),
          project.untyped(),
          project.shared());
    }

    private LoadOptions limits() {
      LoadOptions options = LoadOptions.defaults();
      for (Element each : Pom.elements(plugin, "documentLimits")) {
        LoadOptions before = options;
        options =
            parsed(
                "documentLimits",
                each.getTextContent().strip(),
                number -> DocumentLimit.named(each.getTagName()).parse(before, number));
      }
      return options;
    }

    private Set<Part> parts() {
      Set<Part> parts =
          Pom.settings(plugin, "parts").stream()
              .map(name ->
                  parsed("parts", name, each -> Part.valueOf(each.toUpperCase(Locale.ROOT))))
              .collect(Collectors.toSet());
      return parts.isEmpty() ? Part.SERVICE : parts;
    }

    private Path file() {
      return directory.resolve("pom.xml");
    }

    private <T> Optional<T> setting(String name, Function<String, T> parse) {
      return Pom.setting(plugin, name)
          .or(() -> pom.property(PROPERTIES + name))
          .map(text -> parsed(name, text, parse));
    }

    /** Each in an element of its own, or all in one text, as Maven takes a list. */
    private Set<String> untyped() {
      List<String> each = Pom.settings(plugin, "untyped");
      if (!each.isEmpty()) {
        return each.stream()
            .map(name -> parsed("untyped", name, Function.identity()))
            .collect(Collectors.toUnmodifiableSet());
      }
      return setting("untyped", Function.identity()).stream()
          .flatMap(text -> Stream.of(text.split(",", -1)))
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    }

    private <T> T parsed(String name, String text, Function<String, T> parse) {
      try {
        return parse.apply(pom.resolve(text));
      } catch (IllegalArgumentException invalid) {
        throw Failure.failed(file() + ": " + name + ": " + invalid.getMessage());
      }
    }

    private GenerationJob.Shared shared(Element element) {
      String document = Pom.text(element, "document").orElse("");
      String name = Pom.text(element, "package").orElse("");
      if (document.isEmpty() || name.isEmpty()) {
        throw Failure.failed(
            file() + " has a shared document without <document> or <package>; give it both");
      }
      Path path = Inputs.file(in(directory, parsed("shared", document, Function.identity())));
      return parsed("shared", name, each -> new GenerationJob.Shared(path, each));
    }
  }

  /** {@return the document} */
  Loaded read(List<Path> directories) {
    return read(document, directories);
  }

  private Loaded read(Path file, List<Path> directories) {
    List<Path> more = new ArrayList<>(directories);
    shared.forEach(each -> more.add(each.directory()));
    return Documents.read(file, limits.withRoots(more));
  }

  /** {@return the options its code is generated with} */
  GeneratorOptions options(Loaded loaded, List<Path> directories) {
    try {
      return new GeneratorOptions(
          packageName.orElseGet(() -> GeneratorOptions.packageFor(loaded)),
          Part.SERVICE,
          unknownEnums,
          integers,
          untyped,
          shared.stream()
              .map(each ->
                  new GeneratorOptions.Shared(
                      read(each.document(), directories), each.packageName()))
              .toList());
    } catch (IllegalArgumentException contradictory) {
      throw Failure.failed(String.valueOf(contradictory.getMessage()));
    }
  }
}
