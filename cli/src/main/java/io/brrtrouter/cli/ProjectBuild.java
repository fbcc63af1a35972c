package io.brrtrouter.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds a project with what it needs, once and again when a source is newer than the last build.
 * What a build gave is remembered below the module's {@code target/brrt}.
 */
final class ProjectBuild {
  private static final Pattern DOCUMENT = Pattern.compile(".*\\.(yaml|yml|json)");

  /** The settings are read at each start. */
  private static final Set<String> OTHER_THAN_DOCUMENTS = Set.of("config.yaml", "src", "target");

  private final ReactorModule module;
  private final Console console;
  private final Path work;

  /**
   * A module ready to run.
   *
   * @param mainClass the class to start
   * @param classPath its jar and those it depends on
   */
  record Runnable(String mainClass, List<Path> classPath) {}

  ProjectBuild(ReactorModule module, Console console) {
    this.module = module;
    this.console = console;
    this.work = module.directory().resolve("target/brrt");
  }

  /** Builds if need be. */
  Runnable ready() throws IOException, InterruptedException {
    if (!isCurrent()) {
      build();
    }
    List<Path> classPath = remembered();
    return new Runnable(
        mainClass(classPath.getFirst())
            .orElseThrow(
                () -> new IllegalStateException("no Main-Class in " + classPath.getFirst())),
        classPath);
  }

  private boolean isCurrent() throws IOException {
    Path stamp = work.resolve("stamp");
    if (!Files.exists(stamp) || !Files.exists(work.resolve("classpath"))) {
      return false;
    }
    List<Path> classPath = remembered();
    if (!classPath.stream().allMatch(Files::isRegularFile)) {
      return false;
    }
    FileTime built = Files.getLastModifiedTime(stamp);
    for (Path directory : modules(classPath)) {
      if (hasNewer(directory.resolve("pom.xml"), built)
          || hasNewer(directory.resolve("src/main"), built)
          || hasNewerDocument(directory, built)) {
        return false;
      }
    }
    return !hasNewer(module.root().resolve("pom.xml"), built);
  }

  /** Documents that code is generated from stand beside the sources. */
  private static boolean hasNewerDocument(Path directory, FileTime built) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (!OTHER_THAN_DOCUMENTS.contains(name) && !name.startsWith(".")) {
          try (Stream<Path> files =
              Files.find(
                  entry,
                  Integer.MAX_VALUE,
                  (file, attributes) ->
                      DOCUMENT.matcher(file.toString()).matches()
                          && attributes.isRegularFile()
                          && attributes.lastModifiedTime().compareTo(built) > 0)) {
            if (files.findAny().isPresent()) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private List<Path> remembered() throws IOException {
    return Files.readAllLines(work.resolve("classpath")).stream().map(Path::of).toList();
  }

  /** {@return the directories behind those entries of the class path that the reactor builds} */
  private List<Path> modules(List<Path> classPath) {
    List<Path> modules = new ArrayList<>();
    for (Path entry : classPath) {
      Path target = entry.getParent();
      if (target != null && entry.startsWith(module.root()) && target.endsWith("target")) {
        modules.add(target.getParent());
      }
    }
    return modules;
  }

  private static boolean hasNewer(Path source, FileTime built) throws IOException {
    if (!Files.exists(source)) {
      return false;
    }
    try (Stream<Path> files =
        Files.find(
            source,
            Integer.MAX_VALUE,
            (file, attributes) -> attributes.lastModifiedTime().compareTo(built) > 0)) {
      return files.findAny().isPresent();
    }
  }

  private void build() throws IOException, InterruptedException {
    console.say("building " + module.selector() + (module.isAlone() ? "" : " and what it needs"));
    Instant started = Instant.now();
    Files.createDirectories(work);
    Files.deleteIfExists(work.resolve("stamp"));
    Maven maven = new Maven(console);
    try {
      maven.run(module.root(), work.resolve("build.log"), arguments());
    } catch (Failure failed) {
      MissingHandlers.explain(maven.errors(), module.directory(), Path.of("").toRealPath())
          .forEach(console::say);
      throw failed;
    }
    List<String> classPath = new ArrayList<>(List.of(jar().toString()));
    String dependencies = Files.readString(work.resolve("dependencies")).strip();
    if (!dependencies.isEmpty()) {
      classPath.addAll(List.of(dependencies.split(File.pathSeparator, -1)));
    }
    Files.write(work.resolve("classpath"), classPath);
    // Sources changed during the build are newer than this.
    Files.writeString(work.resolve("stamp"), "");
    Files.setLastModifiedTime(work.resolve("stamp"), FileTime.from(started));
    console.say("built in " + Duration.between(started, Instant.now()).toSeconds() + " s");
  }

  private List<String> arguments() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Dquick", "-Dmaven.test.skip=true"));
    if (!module.isAlone()) {
      arguments.addAll(List.of("-pl", module.selector(), "-am"));
    }
    if (module.namesRepository()) {
      ProductRepository.refresh(console.environment());
      ProductRepository.url(console.environment())
          .ifPresent(url -> arguments.add("-Dbrrtrouter.repository=" + url));
    }
    arguments.addAll(
        List.of(
            "package",
            "dependency:build-classpath",
            "-Dmdep.outputFile=target/brrt/dependencies",
            "-DincludeScope=runtime"));
    return arguments;
  }

  private Path jar() throws IOException {
    try (Stream<Path> files = Files.list(module.directory().resolve("target"))) {
      return files
          .filter(file -> file.toString().endsWith(".jar") && mainClass(file).isPresent())
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .orElseThrow(() ->
              Failure.failed(
                  "no jar in "
                      + module.directory().resolve("target")
                      + " names a Main-Class; configure one in the maven-jar-plugin (archive, manifest, mainClass)"));
    }
  }

  private static Optional<String> mainClass(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return Optional.ofNullable(file.getManifest())
          .map(Manifest::getMainAttributes)
          .map(attributes -> attributes.getValue(Attributes.Name.MAIN_CLASS));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
