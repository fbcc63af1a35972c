package io.brrtrouter.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds a project with what it needs, once and again when a source has changed since, or the
 * project has moved. What a build gave is remembered below the module's {@code target/brrt}.
 */
final class ProjectBuild {
  private static final Pattern DOCUMENT = Pattern.compile(".*\\.(yaml|yml|json)");

  /** The settings are read at each start. */
  private static final Set<String> OTHER_THAN_DOCUMENTS = Set.of("config.yaml", "src", "target");

  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

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

  /** {@return what is built here, so that a change of it is a reason to build again} */
  List<Path> sources() throws IOException {
    return sources(Files.exists(work.resolve("classpath")) ? remembered() : List.of());
  }

  /**
   * {@return what the module is compiled with, which may be more than what it runs with; asks Maven
   * once per build}
   */
  List<Path> compileClassPath() throws IOException, InterruptedException {
    Path known = work.resolve("compile-classpath");
    if (!Files.exists(known)) {
      List<String> arguments = new ArrayList<>(selection());
      arguments.addAll(
          List.of(
              "compile",
              "dependency:build-classpath",
              "-Dmdep.outputFile=target/brrt/compile-classpath",
              "-DincludeScope=compile"));
      Console silent =
          new Console(console.out(), NOWHERE, console.environment(), console.standalone());
      new Maven(silent).run(module.root(), work.resolve("compile.log"), arguments);
    }
    String text = Files.readString(known).strip();
    return text.isEmpty()
        ? List.of()
        : Stream.of(text.split(File.pathSeparator, -1)).map(Path::of).toList();
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
    List<Path> sources = sources(classPath);
    for (Path source : sources) {
      if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
        return false;
      }
    }
    return Files.readString(stamp).equals(state(sources));
  }

  /**
   * {@return where the project stands, and of what the build was made} A copy remembers the jars of
   * the original, a file put back is older than the build, and one that is gone is not newer.
   */
  private String state(List<Path> sources) throws IOException {
    StringBuilder state = new StringBuilder().append(module.directory()).append('\n');
    for (Path source : sources) {
      state
          .append(Files.getLastModifiedTime(source).toMillis())
          .append(' ')
          .append(Files.isDirectory(source) ? 0 : Files.size(source))
          .append(' ')
          .append(source)
          .append('\n');
    }
    return state.toString();
  }

  /** {@return poms, sources and documents of what the reactor builds, sorted} */
  private List<Path> sources(List<Path> classPath) throws IOException {
    SortedSet<Path> sources = new TreeSet<>();
    sources.add(module.root().resolve("pom.xml"));
    for (Path directory : modules(classPath)) {
      sources.add(directory.resolve("pom.xml"));
      addAll(directory.resolve("src/main"), any -> true, sources);
      addAll(Pom.read(directory).code(directory), any -> true, sources);
      addDocuments(directory, sources);
      for (Path outside : documentsOutside(directory)) {
        addDocuments(outside, sources);
      }
    }
    sources.removeIf(Files::notExists);
    return List.copyOf(sources);
  }

  /** Adds a document, or those of a directory, which may be that of a module. */
  private static void addDocuments(Path named, Set<Path> sources) throws IOException {
    if (!Files.isDirectory(named)) {
      addAll(named, ProjectBuild::isDocument, sources);
      return;
    }
    try (Stream<Path> entries = Files.list(named)) {
      for (Path entry : entries.filter(ProjectBuild::mayHoldDocuments).toList()) {
        addAll(entry, ProjectBuild::isDocument, sources);
      }
    }
  }

  /** Documents that code is generated from stand beside the sources. */
  private static boolean mayHoldDocuments(Path entry) {
    String name = entry.getFileName().toString();
    return !OTHER_THAN_DOCUMENTS.contains(name) && !name.startsWith(".");
  }

  private static boolean isDocument(Path file) {
    return DOCUMENT.matcher(file.toString()).matches() && Files.isRegularFile(file);
  }

  private static void addAll(Path top, Predicate<Path> wanted, Set<Path> sources)
      throws IOException {
    if (Files.exists(top)) {
      try (Stream<Path> files = Files.walk(top)) {
        files.filter(wanted).forEach(sources::add);
      }
    }
  }

  /**
   * {@return documents, or directories of them, that the pom names elsewhere} What stands above the
   * project may be much more than its documents, so there it is the one that is named.
   */
  private static List<Path> documentsOutside(Path directory) {
    List<Path> outside = new ArrayList<>();
    Pom pom = Pom.read(directory);
    pom.plugin(GeneratedProject.PLUGIN)
        .ifPresent(plugin -> {
          Stream.concat(
                  Pom.setting(plugin, "document").stream(),
                  Pom.elements(plugin, "shared").stream()
                      .flatMap(each -> Pom.text(each, "document").stream()))
              .map(path -> GeneratedProject.in(directory, pom, path).normalize())
              .filter(document -> !document.startsWith(directory))
              .map(document ->
                  directory.startsWith(document.getParent()) ? document : document.getParent())
              .forEach(outside::add);
          Pom.settings(plugin, "allowDirectories").stream()
              .map(path -> GeneratedProject.in(directory, pom, path).normalize())
              .filter(each -> !each.startsWith(directory) && !directory.startsWith(each))
              .forEach(outside::add);
        });
    return outside;
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

  private void build() throws IOException, InterruptedException {
    console.say("building " + module.selector() + (module.isAlone() ? "" : " and what it needs"));
    Instant started = Instant.now();
    Files.createDirectories(work);
    Files.deleteIfExists(work.resolve("stamp"));
    Files.deleteIfExists(work.resolve("compile-classpath"));
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
    Files.writeString(work.resolve("stamp"), state(sources(remembered())));
    Files.setLastModifiedTime(work.resolve("stamp"), FileTime.from(started));
    console.say("built in " + Duration.between(started, Instant.now()).toSeconds() + " s");
  }

  private List<String> arguments() throws IOException {
    List<String> arguments = new ArrayList<>(selection());
    arguments.addAll(
        List.of(
            "package",
            "dependency:build-classpath",
            "-Dmdep.outputFile=target/brrt/dependencies",
            "-DincludeScope=runtime"));
    return arguments;
  }

  private List<String> selection() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Dquick", "-Dmaven.test.skip=true"));
    if (!module.isAlone()) {
      arguments.addAll(List.of("-pl", module.selector(), "-am"));
    }
    if (module.namesRepository()) {
      ProductRepository.refresh(console.environment());
      ProductRepository.url(console.environment())
          .ifPresent(url -> arguments.add("-Dbrrtrouter.repository=" + url));
    }
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
