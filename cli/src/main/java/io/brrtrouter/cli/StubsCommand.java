package io.brrtrouter.cli;

import io.brrtrouter.codegen.Generation;
import io.brrtrouter.codegen.Generator;
import io.brrtrouter.codegen.Project;
import io.brrtrouter.codegen.SourceFile;
import io.brrtrouter.codegen.Stub;
import io.brrtrouter.codegen.WholeFile;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.FindingRenderer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes classes for operations that nobody handles yet. */
@Command(
    name = "stubs",
    description = {
      "Write a class for each operation that nobody handles yet.",
      "It answers from the document's examples, or fails where it gets plain requests. No file that is there is changed: what to add to it is printed."
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
    List<Stub> stubs =
        Stub.missing(loaded, generation, present.handled(generation.model().packageName()));
    if (!stubs.isEmpty()) {
      demandPackages(stubs, present, generation);
      present.unknown().forEach(this::unknown);
    }
    int created = 0;
    for (List<Stub> together : byFile(stubs)) {
      created += write(together, present, api);
    }
    boolean called = uncalled(present);
    boolean registered = registered(present, generation);
    boolean complete = stubs.isEmpty() && called && registered;
    console
        .out()
        .println(directory + ": " + (complete ? "every operation has a handler" : sum(created)));
    return 0;
  }

  /** Nobody else could import a class of no package. */
  private void demandPackages(List<Stub> stubs, Implementations present, Generation generation) {
    stubs.stream()
        .map(stub ->
            stub.addition() instanceof Stub.Addition.Statement
                ? present.configuring()
                : present.typed())
        .flatMap(Optional::stream)
        .filter(place -> place.packageName().isEmpty())
        .findFirst()
        .ifPresent(place -> {
          throw Failure.failed(
              "%s has no package, so its stubs would have none; put it into one, %s for example"
                  .formatted(file(place), generation.model().packageName()));
        });
  }

  private String sum(int stubs) {
    return (stubs == 1 ? "1 stub" : stubs + " stubs")
        + (writing.dryRun() ? "; nothing was written" : " created");
  }

  private void unknown(Implementations.Spot spot) {
    console.say(
        "%s:%d: which operation is handled here cannot be told, because its name is no literal; it may be one of those below"
            .formatted(directory.relativize(spot.file()), spot.line()));
  }

  private static Collection<List<Stub>> byFile(List<Stub> stubs) {
    Map<String, List<Stub>> files = new LinkedHashMap<>();
    stubs.forEach(
        each -> files.computeIfAbsent(each.file().path(), any -> new ArrayList<>()).add(each));
    return files.values();
  }

  /** {@return how many stubs were written} */
  private int write(List<Stub> together, Implementations present, String api) throws IOException {
    Stub any = together.getFirst();
    boolean there = Files.exists(directory.resolve(any.file().path()));
    if (there) {
      console.say(any.file().path() + " is there already and was left alone");
    } else {
      create(any.file());
    }
    if (any.addition() instanceof Stub.Addition.Marked && !there) {
      register(together, present);
    } else {
      together.forEach(each -> advise(each, present, api));
    }
    return there ? 0 : together.size();
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

  private void create(SourceFile file) throws IOException {
    console.out().println("create " + file.path());
    if (!writing.dryRun()) {
      WholeFile.write(directory.resolve(file.path()), file.text().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Says what to add where: a file of the user's is not changed. */
  private void advise(Stub stub, Implementations present, String api) {
    Stub.Addition addition = stub.addition();
    String where =
        switch (addition) {
          case Stub.Addition.Member _ ->
              present.implementing().map(this::file).orElse("the class that implements " + api);
          case Stub.Addition.Statement _ -> configuring(present);
          case Stub.Addition.Marked _ -> stub.file().path();
        };
    String imports =
        addition.imports().isEmpty() ? "" : ", and import " + String.join(", ", addition.imports());
    console.say("%s: add to %s%s:".formatted(stub.operation(), where, imports));
    console.err().print(addition.text());
  }

  /** Says what calls the handlers of a class that was written: its registrar. */
  private void register(List<Stub> together, Implementations present) {
    ClassName name = together.getFirst().name();
    for (Stub stub : together) {
      console.say(stub.operation() + ": " + name.simpleName() + " handles it");
    }
    boolean here =
        present
            .configuring()
            .filter(each -> !each.packageName().equals(name.packageName()))
            .isEmpty();
    console.say(
        "add to %s%s:"
            .formatted(
                configuring(present),
                here ? "" : ", and import %s, %1$sRegistrar".formatted(name.qualified())));
    console
        .err()
        .println(
            "    %sRegistrar.register(%s, new %1$s());"
                .formatted(name.simpleName(), present.builder()));
  }

  private String file(Implementations.Place place) {
    return directory.relativize(place.file()).toString();
  }

  private String configuring(Implementations present) {
    return present.configuring().map(this::file).orElse("what configures the server");
  }

  /** {@return whether every registrar is called, and names those that are not} */
  private boolean uncalled(Implementations present) {
    for (Implementations.Place place : present.uncalled()) {
      console.say(
          "%s: nobody calls %sRegistrar.register, so what @HandlerFor marks there handles nothing; call it in %s"
              .formatted(file(place), place.name(), configuring(present)));
    }
    return present.uncalled().isEmpty();
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
   * others, an operation that is left out is never handled and nothing fails.
   *
   * @return whether there is none
   */
  private boolean registered(Implementations present, Generation generation) {
    if (present.implementing().isEmpty() || present.registering().isEmpty()) {
      return true;
    }
    Path file = present.registering().get();
    String server = Project.server(generation).simpleName();
    String api = generation.model().api().name().simpleName();
    List<Operation> missing =
        generation.model().operations().stream()
            .filter(each -> !present.registered().contains(each.methodName()))
            .filter(each -> !present.names().contains(each.handlerName()))
            .toList();
    for (Operation operation : missing) {
      console.say(
          "%s: not registered in %s, so its handler is never called; add there, with the %s you have:"
              .formatted(named(operation), directory.relativize(file), api));
      console
          .err()
          .println(
              "    %s.handler(\"%s\", %s.%s(handlers.%4$s()));"
                  .formatted(
                      present.builder(), operation.handlerName(), server, operation.methodName()));
    }
    return missing.isEmpty();
  }
}
