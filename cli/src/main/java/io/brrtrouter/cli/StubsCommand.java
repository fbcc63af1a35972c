package io.brrtrouter.cli;

import io.brrtrouter.codegen.Generation;
import io.brrtrouter.codegen.Generator;
import io.brrtrouter.codegen.Project;
import io.brrtrouter.codegen.WholeFile;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.model.OperationExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes classes for operations that nobody handles yet. */
@Command(
    name = "stubs",
    description = {
      "Write a class for each operation that nobody handles yet.",
      "It answers from the document's examples. No file that is there is changed: what to add to it is printed."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt stubs shop",
      "  brrt stubs shop --dry-run          only say what would be written"
    })
final class StubsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PROJECT_DIR", description = "The directory with the project's pom.xml.")
  private Path directory = Path.of("");

  @Mixin private WriteOptions writing = new WriteOptions();

  @Mixin private ReadOptions reading = new ReadOptions();

  StubsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (directory.toString().isEmpty()) {
      throw Failure.usage("a directory name is missing");
    }
    GeneratedProject project = GeneratedProject.at(directory);
    List<Path> directories = directories();
    Loaded loaded = project.read(directories);
    if (loaded.hasErrors()) {
      throw broken(project, FindingRenderer.text(loaded.findings()));
    }
    Generation generation = Generator.generate(loaded, project.options(loaded, directories));
    if (generation.findings().stream().anyMatch(each -> each.severity() == Severity.ERROR)) {
      throw broken(project, FindingRenderer.text(generation.findings()));
    }
    Path sources = directory.resolve("src/main/java");
    String api = generation.model().api().name().simpleName();
    Implementations present =
        Implementations.of(api, Project.server(generation).simpleName(), sources);
    String packageName = packageName(present, generation);
    List<Project.Stub> stubs = new ArrayList<>();
    for (Project.Stub stub : Project.stubs(loaded, generation, present.methods(), packageName)) {
      if (!Files.exists(directory.resolve(stub.file().path()))) {
        stubs.add(stub);
      } else {
        console.say(stub.file().path() + " is there already and was left alone");
        advise(stub, present, api);
      }
    }
    for (Project.Stub stub : stubs) {
      create(stub);
      advise(stub, present, api);
    }
    present
        .registering()
        .ifPresent(file -> register(file, present.registered(), loaded, generation));
    console
        .out()
        .println(
            "%s: %s%s"
                .formatted(
                    directory,
                    stubs.size() == 1 ? "1 stub" : stubs.size() + " stubs",
                    writing.dryRun() ? "; nothing was written" : " created"));
    return 0;
  }

  /**
   * {@return the package of who returns the stubs; nobody else could import a class of no package}
   */
  private String packageName(Implementations present, Generation generation) {
    String usual = generation.model().packageName();
    String name = present.packageName().orElse(usual);
    if (name.isEmpty()) {
      throw Failure.failed(
          "%s has no package, so its stubs would have none; put it into one, %s for example"
              .formatted(
                  present.file().map(directory::relativize).map(Path::toString).orElseThrow(),
                  usual));
    }
    return name;
  }

  /** {@return the directories named here and in the pom from which references may read} */
  private List<Path> directories() {
    List<Path> directories = new ArrayList<>(reading.directories());
    Pom pom = Pom.in(directory);
    pom.plugin(GeneratedProject.PLUGIN)
        .ifPresent(plugin ->
            Pom.settings(plugin, "allowDirectories")
                .forEach(path -> directories.add(GeneratedProject.in(directory, pom, path))));
    return directories;
  }

  private Failure broken(GeneratedProject project, String findings) {
    console.err().print(findings);
    return Failure.failed(
        "no stub was written for " + project.document() + "; correct the errors above");
  }

  private void create(Project.Stub stub) throws IOException {
    console.out().println("create " + stub.file().path());
    if (!writing.dryRun()) {
      WholeFile.write(
          directory.resolve(stub.file().path()),
          stub.file().text().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Says what to add where: a file of the user's is not changed. */
  private void advise(Project.Stub stub, Implementations present, String api) {
    Operation operation = stub.operation();
    console.say(
        "%s: add to %s, and import %s:"
            .formatted(
                named(operation),
                present
                    .file()
                    .map(file -> directory.relativize(file).toString())
                    .orElse("the class that implements " + api),
                String.join(", ", stub.imports())));
    console.err().print(stub.method());
  }

  private static String named(Operation operation) {
    return "%s (%s %s, %s:%d)"
        .formatted(
            operation.methodName(),
            operation.httpMethod(),
            operation.path(),
            operation.origin().location().file(),
            operation.origin().location().line());
  }

  /**
   * Names what no compiler would: where operations are registered one by one and mocks answer the
   * others, an operation that is left out is never handled and nothing fails. What takes
   * credentials is left to mocks, because no handler may answer it yet.
   */
  private void register(Path file, Set<String> registered, Loaded loaded, Generation generation) {
    Set<String> open =
        loaded.api().orElseThrow().operations().stream()
            .filter(each -> !each.takesCredentials())
            .map(OperationExtension::handlerName)
            .collect(Collectors.toSet());
    String server = Project.server(generation).simpleName();
    String api = generation.model().api().name().simpleName();
    for (Operation operation : generation.model().operations()) {
      if (!registered.contains(operation.methodName()) && open.contains(operation.handlerName())) {
        console.say(
            "%s: not registered in %s, so its handler is never called; add there, with the %s you have:"
                .formatted(named(operation), directory.relativize(file), api));
        console
            .err()
            .println(
                "    builder.handler(\"%s\", %s.%s(handlers.%3$s()));"
                    .formatted(operation.handlerName(), server, operation.methodName()));
      }
    }
  }
}
