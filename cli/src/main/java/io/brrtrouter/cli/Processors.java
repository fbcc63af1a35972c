package io.brrtrouter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * Finds the annotation processors that a project's pom names, in the local repository that its
 * libraries are in, or in the build that has both.
 *
 * @param directory the project's
 */
record Processors(Path directory) {

  /**
   * {@return their jars}
   *
   * @param libraries jars of the project's libraries
   */
  List<Path> find(List<Path> libraries) throws IOException {
    Pom pom = Pom.read(directory);
    Optional<Element> compiler = pom.plugin("maven-compiler-plugin");
    List<Path> jars = new ArrayList<>();
    if (compiler.isPresent()) {
      for (Element path : Pom.elements(compiler.get(), "annotationProcessorPaths")) {
        jars.add(jar(pom, path, libraries));
      }
    }
    return jars;
  }

  private Path jar(Pom pom, Element path, List<Path> libraries) throws IOException {
    String group = value(pom, path, "groupId");
    String artifact = value(pom, path, "artifactId");
    String version = value(pom, path, "version");
    Set<Path> above = new LinkedHashSet<>();
    for (Path library : libraries) {
      for (Path at = library.getParent(); at != null; at = at.getParent()) {
        above.add(at);
      }
    }
    for (Path each : above) {
      Path stored = each.resolve(group.replace('.', '/')).resolve(artifact).resolve(version);
      Optional<Path> jar = newest(stored, artifact);
      if (jar.isPresent()) {
        return jar.get();
      }
    }
    throw Failure.failed(
        "the annotation processor %s:%s:%s, which the pom names, was not found beside the libraries"
            .formatted(group, artifact, version));
  }

  private static Optional<Path> newest(Path directory, String artifact) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file ->
              file.getFileName()
                  .toString()
                  .matches(
                      java.util.regex.Pattern.quote(artifact)
                          + "-.*(?<!-sources|-javadoc|-tests)\\.jar"))
          .max(java.util.Comparator.comparingLong(file -> file.toFile().lastModified()));
    }
  }

  private static String value(Pom pom, Element path, String name) {
    String text = Pom.text(path, name).orElse("");
    try {
      return pom.resolve(text);
    } catch (IllegalArgumentException elsewhere) {
      throw Failure.failed(
          "an annotation processor of the pom has the "
              + name
              + " "
              + text
              + ": "
              + elsewhere.getMessage());
    }
  }
}
