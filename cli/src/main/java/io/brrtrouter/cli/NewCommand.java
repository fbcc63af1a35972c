package io.brrtrouter.cli;

import io.brrtrouter.codegen.Generation;
import io.brrtrouter.codegen.Generator;
import io.brrtrouter.codegen.GeneratorOptions;
import io.brrtrouter.codegen.Integers;
import io.brrtrouter.codegen.Project;
import io.brrtrouter.codegen.SourceFile;
import io.brrtrouter.codegen.UnknownEnums;
import io.brrtrouter.codegen.WholeFile;
import io.brrtrouter.openapi.DocumentLimit;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.ServiceExtension;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a project for a document. */
@Command(
    name = "new",
    description = {
      "Make a Maven project that serves a document.",
      "Its handlers answer from the document's examples; from then on all its files are yours."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt new shop --document openapi.yaml",
      "  brrt new shop --document openapi.yaml --package com.example.shop",
      "  brrt new shop --document openapi.yaml --dry-run          only say what would be written"
    })
final class NewCommand implements Callable<Integer> {
  /** What Maven allows in the name of a group or artifact. */
  private static final Pattern MAVEN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private final Console console;

  @Parameters(
      paramLabel = "DIR",
      description = "The project's directory; made if it is not there, else it must be empty.")
  private Path directory = Path.of("");

  @Option(
      names = "--document",
      paramLabel = "FILE",
      required = true,
      description =
          "An OpenAPI document, YAML or JSON; copied with the files it refers to, their places to each other kept.")
  private Path document = Path.of("");

  @Mixin private UntypedOption untyped = new UntypedOption();

  @Option(
      names = "--package",
      paramLabel = "NAME",
      description = "The Java package; the document's title in small letters by default.")
  private @Nullable String packageName;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "Maven's group; the package by default.")
  private @Nullable String group;

  @Option(
      names = "--artifact",
      paramLabel = "NAME",
      description = "Maven's artifact and the name of the jar; the directory's name by default.")
  private @Nullable String artifact;

  @Mixin private WriteOptions writing = new WriteOptions();

  @Mixin private ReadOptions reading = new ReadOptions();

  @Mixin private LimitsOption limits = new LimitsOption();

  NewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    requireEmpty();
    LoadOptions options = limits.options(reading.directories(), console);
    Loaded loaded = Documents.read(document, options);
    Generation generation = generation(loaded);
    Path base = base(loaded);
    SortedMap<String, byte[]> files = documents(loaded, base);
    Project project =
        Project.of(loaded, generation, projectOptions(files, generation, base, loaded));
    for (SourceFile file : project.files()) {
      if (files.put(file.path(), file.text().getBytes(StandardCharsets.UTF_8)) != null) {
        throw Failure.failed(
            "%s has the name of a file of every project, %s; rename it"
                .formatted(base.resolve(file.path()), file.path()));
      }
    }
    if (writing.dryRun()) {
      files.keySet().forEach(path -> console.out().println("create " + path));
      console.out().println("%s: %d files; nothing was written".formatted(directory, files.size()));
    } else {
      write(files);
      console.out().println("%s: %d files created".formatted(directory, files.size()));
    }
    report(project);
    report(options);
    reportServices(loaded);
    return 0;
  }

  private void requireEmpty() throws IOException {
    if (directory.toString().isEmpty()) {
      throw Failure.usage("a directory name is missing");
    }
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw Failure.failed(directory + " is a file; name a directory for the project");
    }
    try (Stream<Path> entries = Files.list(directory)) {
      if (entries.findAny().isPresent()) {
        throw Failure.failed(
            directory + " is not empty; a project begins in a directory of its own");
      }
    }
  }

  private Generation generation(Loaded loaded) {
    if (loaded.hasErrors()) {
      throw broken(FindingRenderer.text(loaded.findings()));
    }
    String name = packageName == null ? GeneratorOptions.packageFor(loaded) : packageName;
    GeneratorOptions options;
    try {
      options =
          new GeneratorOptions(
              name, Project.parts(loaded), UnknownEnums.REFUSE, Integers.LONG, untyped.names());
    } catch (IllegalArgumentException invalid) {
      throw Failure.usage("--package: " + invalid.getMessage());
    }
    requireOperations(loaded);
    Generation generation = Generator.generate(loaded, options);
    if (generation.findings().stream().anyMatch(each -> each.severity() == Severity.ERROR)) {
      throw broken(FindingRenderer.text(generation.findings()));
    }
    return generation;
  }

  private void requireOperations(Loaded loaded) {
    Set<String> handlers =
        loaded.api().stream()
            .flatMap(api -> api.operations().stream())
            .map(OperationExtension::handlerName)
            .collect(Collectors.toSet());
    untyped.names().stream()
        .filter(each -> !handlers.contains(each))
        .sorted()
        .findFirst()
        .ifPresent(stranger -> {
          throw Failure.usage(
              "--untyped: no operation of %s has a handler \"%s\"; %s"
                  .formatted(
                      document,
                      stranger,
                      Spelling.nearest(stranger, handlers)
                          .map(near -> "did you mean \"" + near + "\"?")
                          .orElse("name its x-handler, else its operationId")));
        });
  }

  private Failure broken(String findings) {
    console.err().print(findings);
    return Failure.failed("no project was made for " + document + "; correct the errors above");
  }

  /**
   * {@return the directory that becomes the project's} That of the document, or the nearest that
   * all it refers to is below: only so a relative reference still finds its file.
   */
  private static Path base(Loaded loaded) {
    Path base = file(loaded.files().getFirst()).resolveSibling("");
    for (Path each : loaded.files()) {
      while (!file(each).startsWith(base)) {
        base = Objects.requireNonNull(base.getParent(), "files have a common root");
      }
    }
    return base;
  }

  private static Path file(Path named) {
    return named.toAbsolutePath().normalize();
  }

  /** {@return the document and what it refers to, by path in the project} */
  private static SortedMap<String, byte[]> documents(Loaded loaded, Path base) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (Path each : loaded.files()) {
      files.put(inProject(base, file(each)), Files.readAllBytes(file(each)));
    }
    return files;
  }

  private static String inProject(Path base, Path file) {
    return base.relativize(file).toString().replace('\\', '/');
  }

  private Project.Options projectOptions(
      Map<String, byte[]> files, Generation generation, Path base, Loaded loaded)
      throws IOException {
    String name = inProject(base, file(loaded.files().getFirst()));
    String named =
        directory.toAbsolutePath().normalize().getFileName().toString().toLowerCase(Locale.ROOT);
    String usual = named.replaceAll("[^a-z0-9_.-]+", "-").replaceAll("^[.-]+", "");
    return new Project.Options(
        checked("--group", group == null ? generation.model().packageName() : group),
        checked("--artifact", artifact == null ? usual.isEmpty() ? "api" : usual : artifact),
        name,
        files.keySet().stream().filter(path -> !path.equals(name)).toList(),
        untyped.names(),
        ProductRepository.url(console.environment()));
  }

  private static String checked(String option, String name) {
    if (!MAVEN_NAME.matcher(name).matches()) {
      throw Failure.usage(
          "%s: \"%s\" is no name for Maven; use letters, digits, -, _ and ."
              .formatted(option, name));
    }
    return name;
  }

  private void write(Map<String, byte[]> files) throws IOException {
    ProductRepository.refresh(console.environment());
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      WholeFile.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  /** The project has addresses that are made up, and no other settings of services. */
  private void reportServices(Loaded loaded) {
    SortedSet<String> named =
        loaded.api().stream()
            .flatMap(api -> api.operations().stream())
            .flatMap(operation -> ServiceExtension.of(operation).stream())
            .map(ServiceExtension::service)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!named.isEmpty()) {
      Function<String, Optional<String>> services =
          ServerConfig.services(limits.file(console), console.environment());
      named.removeIf(name -> services.apply(name).isEmpty());
    }
    if (!named.isEmpty()) {
      console.say(
          "services whose settings the project does not have yet, for services in config.yaml: "
              + String.join(", ", named));
    }
  }

  /** The plugin and the server of the project have limits of their own. */
  private void report(LoadOptions options) {
    List<DocumentLimit> others =
        Stream.of(DocumentLimit.values())
            .filter(limit -> limit.in(options) != limit.in(LoadOptions.defaults()))
            .toList();
    if (!others.isEmpty()) {
      console.say(
          "limits of documents that the project does not have yet, for document in config.yaml and for <documentLimits> in pom.xml: "
              + others.stream()
                  .map(limit -> limit.setting() + ": " + limit.in(options))
                  .collect(Collectors.joining(", ")));
    }
  }

  private void report(Project project) {
    project
        .untested()
        .forEach(untested ->
            console.say(
                "no test for %s (%s %s, %s:%d): %s"
                    .formatted(
                        untested.operation().methodName(),
                        untested.operation().httpMethod(),
                        untested.operation().path(),
                        untested.operation().origin().location().file(),
                        untested.operation().origin().location().line(),
                        untested.reason())));
    if (!project.unwritten().isEmpty()) {
      boolean one = project.unwritten().size() == 1;
      console.say(
          project.unwritten().stream().sorted().collect(Collectors.joining(", "))
              + (one ? " has no types: write its handler" : " have no types: write their handlers")
              + " in Application.java, which "
              + (one ? "fails" : "fail")
              + " until then");
    }
    if (!project.unverified().isEmpty()) {
      console.say(
          "nothing verifies the credentials of %s yet: config.yaml has the settings to fill in"
              .formatted(String.join(", ", project.unverified())));
    }
    if (!writing.dryRun()) {
      String option = project.unverified().isEmpty() ? "" : " --dev-security";
      console.say("run it with: brrt run " + directory + option);
    }
  }
}
