package io.brrtrouter.codegen;

import io.brrtrouter.codegen.WritePlan.Action;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.openapi.model.OperationExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way from a document on disk to a plan for a directory of sources. The command line and build
 * plugins only say what they were asked for and what came of it; everything between is here, so
 * that the same document gives the same code and the same sentences whoever asks.
 *
 * @param document the document
 * @param directories directories besides the document's own from which references may read
 * @param output the directory of sources; need not exist
 * @param packageName the package of everything; by default {@link GeneratorOptions#packageFor}
 * @param parts what to generate
 * @param unknownEnums what becomes of a string that is not among the values of an enum
 * @param integers what an integer without format and bounds becomes
 * @param untyped names of the handlers of operations that get nothing of their own
 */
public record GenerationJob(
    Path document,
    List<Path> directories,
    Path output,
    @Nullable String packageName,
    Set<Part> parts,
    UnknownEnums unknownEnums,
    Integers integers,
    Set<String> untyped) {

  /** What a job came to. */
  public sealed interface Outcome {
    /**
     * Code that can be written.
     *
     * @param plan what writing it does
     * @param generation the code, with what it does not do as the document means it
     * @param files every file that was opened, the document itself first
     */
    record Planned(WritePlan plan, Generation generation, List<Path> files) implements Outcome {
      /** Copies the list. */
      public Planned {
        files = List.copyOf(files);
      }
    }

    /**
     * Nothing to write.
     *
     * @param findings what is wrong with the document; empty when it is something else
     * @param sentence why, and what would be right
     */
    record Refused(List<Finding> findings, String sentence) implements Outcome {
      /** Copies the list. */
      public Refused {
        findings = List.copyOf(findings);
      }
    }
  }

  /**
   * Copies the collections; refuses names that are no package.
   *
   * @throws IllegalArgumentException when {@code packageName} is not the name of a package
   */
  public GenerationJob {
    directories = List.copyOf(directories);
    parts = Set.copyOf(parts);
    untyped = Set.copyOf(untyped);
    if (packageName != null) {
      GeneratorOptions.of(packageName);
    }
  }

  /**
   * {@return a job to generate everything as the options' defaults say}
   *
   * @param document the document
   * @param output the directory of sources
   */
  public static GenerationJob of(Path document, Path output) {
    return new GenerationJob(
        document,
        List.of(),
        output,
        null,
        EnumSet.allOf(Part.class),
        UnknownEnums.REFUSE,
        Integers.LONG,
        Set.of());
  }

  /**
   * Reads the document and generates, and writes nothing.
   *
   * @return a plan without {@link Action#REFUSE}, or why there is none
   * @throws IOException when the directory of sources cannot be read
   */
  public Outcome plan() throws IOException {
    if (Files.exists(output) && !Files.isDirectory(output)) {
      return new Outcome.Refused(List.of(), output + " is no directory; name one to write into");
    }
    Loaded loaded = OpenApiLoader.load(document, LoadOptions.defaults().withRoots(directories));
    loaded = loaded.withFindings(Linter.lint(loaded));
    if (loaded.hasErrors()) {
      return new Outcome.Refused(
          loaded.findings(),
          "nothing was generated from " + document + "; correct the errors above");
    }
    Set<String> handlers = handlers(loaded);
    Optional<String> stranger =
        untyped.stream().filter(name -> !handlers.contains(name)).sorted().findFirst();
    if (stranger.isPresent()) {
      return new Outcome.Refused(List.of(), unknown(stranger.get(), handlers));
    }
    Generation generation = Generator.generate(loaded, options(loaded));
    WritePlan plan = WritePlan.of(generation, output);
    List<WritePlan.Step> foreign = plan.steps(Action.REFUSE);
    return foreign.isEmpty()
        ? new Outcome.Planned(plan, generation, loaded.files())
        : new Outcome.Refused(generation.findings(), inTheWay(foreign));
  }

  private GeneratorOptions options(Loaded loaded) {
    String name = packageName == null ? GeneratorOptions.packageFor(loaded) : packageName;
    return new GeneratorOptions(name, parts, unknownEnums, integers, untyped);
  }

  private static Set<String> handlers(Loaded loaded) {
    return loaded.api().stream()
        .flatMap(api -> api.operations().stream())
        .map(OperationExtension::handlerName)
        .collect(Collectors.toUnmodifiableSet());
  }

  private String unknown(String name, Set<String> handlers) {
    return "untyped: no operation of %s has a handler \"%s\"; %s"
        .formatted(
            document,
            name,
            Spelling.nearest(name, handlers)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("name its x-handler, else its operationId"));
  }

  private String inTheWay(List<WritePlan.Step> foreign) {
    Path first = output.resolve(foreign.getFirst().path());
    Optional<Path> link = WritePlan.link(output, first);
    if (link.isPresent()) {
      return link.get()
          + " is a symbolic link, and nothing is written outside of the directory; remove it, or"
          + " generate into another directory or package";
    }
    return first
        + " was not generated from this document and is in the way"
        + (foreign.size() == 1 ? "" : ", as are %d other files".formatted(foreign.size() - 1))
        + "; move it, or generate into another directory or package";
  }
}
