package io.brrtrouter.cli;

import io.brrtrouter.openapi.source.ContentDigest;
import io.brrtrouter.openapi.source.DocumentLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files that a project's code is made of.
 *
 * @param directory the project's
 * @param code where its own code is
 * @param generated where code is generated into, which is compiled after the project's own
 */
record LiveSources(Path directory, Path code, Path generated) {
  private static final String JAVA = ".java";
  private static final String MODULE = "module-info.java";

  /** {@return where its resources are} */
  Path resources() {
    return directory.resolve("src/main/resources");
  }

  /** {@return the project's own code and resources} */
  Set<Path> own() {
    Set<Path> files = new TreeSet<>();
    addAll(code(), files);
    addAll(resources(), files);
    return files;
  }

  /** {@return whether a file is, or was, code or a resource} */
  boolean has(Path file) {
    return file.startsWith(code) || file.startsWith(resources());
  }

  /** {@return all there is to compile, by path from its root with slashes} */
  Map<String, Path> toCompile() throws IOException {
    Map<String, Path> sources = new TreeMap<>();
    for (Path root : roots()) {
      Set<Path> files = new TreeSet<>();
      addAll(root, files);
      for (Path file : files) {
        if (file.toString().endsWith(JAVA) && !file.endsWith(MODULE)) {
          sources.put(key(root, file), file);
        }
      }
    }
    return sources;
  }

  /** What annotation processors have written they write again. */
  private List<Path> roots() throws IOException {
    Path around = directory.resolve("target/generated-sources");
    Set<Path> roots = new TreeSet<>();
    if (Files.isDirectory(around)) {
      try (Stream<Path> entries = Files.list(around)) {
        entries
            .filter(Files::isDirectory)
            .filter(each -> !each.endsWith("annotations"))
            .forEach(roots::add);
      }
    }
    roots.add(generated);
    roots.add(code());
    return List.copyOf(roots);
  }

  /** {@return the path of a file from its root, with slashes} */
  static String key(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static void addAll(Path root, Set<Path> files) {
    if (Files.isDirectory(root)) {
      try (Stream<Path> all = Files.walk(root)) {
        all.filter(Files::isRegularFile).forEach(files::add);
      } catch (IOException | UncheckedIOException changing) {
        // Whoever looks again finds what is there then.
        return;
      }
    }
  }

  /** {@return what is in files now} */
  static Map<Path, String> digests(Collection<Path> files) {
    Map<Path, String> digests = new HashMap<>();
    files.forEach(file -> digests.put(file, ContentDigest.of(file, DocumentLimits.MOST_BYTES)));
    return digests;
  }
}
