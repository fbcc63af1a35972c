package io.brrtrouter.codegen;

import io.brrtrouter.codegen.WritePlan.Action;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.openapi.model.OperationExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way from a document on disk to a plan for a directory of sources. The command line and build
 * plugins only say what they were asked for and what came of it; everything between is here, so
 * that the same document gives the same code and the same sentences whoever asks.
 *
 * @param document the document
 * @param reading limits of documents, and directories besides their own from which references may
 *     read
 * @param output the directory of sources; need not exist
 * @param packageName the package of everything; by default {@link GeneratorOptions#packageFor}
 * @param parts what to generate
 * @param unknownEnums what becomes of a string that is not among the values of an enum
 * @param integers what an integer without format and bounds becomes
 * @param untyped names of the handlers of operations that get nothing of their own
 * @param shared documents whose schemas are imported instead of generated again
 */
public record GenerationJob(
    Path document,
    LoadOptions reading,
    Path output,
    @Nullable String packageName,
    Set<Part> parts,
    UnknownEnums unknownEnums,
    Integers integers,
    Set<String> untyped,
    List<Shared> shared) {

  /**
   * A document whose code is generated elsewhere.
   *
   * @param document the document; files beside it and below may be read
   * @param packageName the package below which its code is generated
   */
  public record Shared(Path document, String packageName) {

    /** Refuses names that are no package. */
    public Shared {
      GeneratorOptions.of(packageName);
    }

    /** {@return the directory that may be read for its sake} */
    public Path directory() {
      return document.toAbsolutePath().normalize().resolveSibling("");
    }
  }

  /** What a job came to. */
  public sealed interface Outcome {
    /**
     * {@return what it depends on: the absolute path of every file that was opened, or was looked
     * for and could not be, with the digest of what was read}
     */
    Map<Path, String> contents();

    /**
     * Code that can be written.
     *
     * @param plan what writing it does
     * @param generation the code, with what it does not do as the document means it
     * @param files every file that was opened, the document itself first
     * @param contents what it depends on
     */
    record Planned(
        WritePlan plan, Generation generation, List<Path> files, Map<Path, String> contents)
        implements Outcome {
      /** Copies the collections. */
      public Planned {
        files = List.copyOf(files);
        contents = Map.copyOf(contents);
      }
    }

    /**
     * Nothing to write.
     *
     * @param findings what is wrong with the document; empty when it is something else
     * @param sentence why, and what would be right
     * @param contents what it depends on, as far as it was looked at
     */
    record Refused(List<Finding> findings, String sentence, Map<Path, String> contents)
        implements Outcome {
      /** Copies the collections. */
      public Refused {
        findings = List.copyOf(findings);
        contents = Map.copyOf(contents);
      }
    }
  }

  /**
   * Copies the collections; refuses names that are no package.
   *
   * @throws IllegalArgumentException when {@code packageName} is not the name of a package
   */
  public GenerationJob {
    parts = Set.copyOf(parts);
    untyped = Set.copyOf(untyped);
    shared = List.copyOf(shared);
    if (packageName != null) {
      GeneratorOptions.of(packageName);
    }
  }

  /**
   * {@return a job to generate a service as the options' defaults say}
   *
   * @param document the document
   * @param output the directory of sources
   */
  public static GenerationJob of(Path document, Path output) {
    return new GenerationJob(
        document,
        LoadOptions.defaults(),
        output,
        null,
        Part.SERVICE,
        UnknownEnums.REFUSE,
        Integers.LONG,
        Set.of(),
        List.of());
  }

  /**
   * Reads the document and generates, and writes nothing.
   *
   * @return a plan without {@link Action#REFUSE}, or why there is none
   * @throws IOException when the directory of sources cannot be read
   */
  public Outcome plan() throws IOException {
    if (Files.exists(output) && !Files.isDirectory(output)) {
      return new Outcome.Refused(
          List.of(), output + " is no directory; name one to write into", Map.of());
    }
    Map<Path, String> contents = new LinkedHashMap<>();
    Loaded loaded = load(document);
    contents.putAll(loaded.contents());
    if (loaded.hasErrors()) {
      return new Outcome.Refused(
          loaded.findings(),
          "nothing was generated from " + document + "; correct the errors above",
          contents);
    }
    List<GeneratorOptions.Shared> others = new ArrayList<>();
    for (Shared each : shared) {
      Loaded other = load(each.document());
      contents.putAll(other.contents());
      if (other.hasErrors()) {
        return new Outcome.Refused(
            other.findings(),
            "nothing was generated from "
                + document
                + ", because what it shares with "
                + each.document()
                + " is unknown; correct the errors above",
            contents);
      }
      others.add(new GeneratorOptions.Shared(other, each.packageName()));
    }
    Set<String> handlers = handlers(loaded);
    Optional<String> stranger =
        untyped.stream().filter(name -> !handlers.contains(name)).sorted().findFirst();
    if (stranger.isPresent()) {
      return new Outcome.Refused(List.of(), unknown(stranger.get(), handlers), contents);
    }
    GeneratorOptions options;
    try {
      options = options(loaded, others);
    } catch (IllegalArgumentException contradictory) {
      return new Outcome.Refused(List.of(), String.valueOf(contradictory.getMessage()), contents);
    }
    Generation generation = Generator.generate(loaded, options, wayToDocument());
    if (generation.findings().stream().anyMatch(each -> each.severity() == Severity.ERROR)) {
      return new Outcome.Refused(
          generation.findings(),
          "nothing was generated from " + document + "; correct the errors above",
          contents);
    }
    WritePlan plan = WritePlan.of(generation, output);
    List<WritePlan.Step> foreign = plan.steps(Action.REFUSE);
    return foreign.isEmpty()
        ? new Outcome.Planned(plan, generation, files(loaded, others), contents)
        : new Outcome.Refused(generation.findings(), inTheWay(foreign), contents);
  }

  /**
   * {@return how to get to the document from the directory of sources: the same wherever both of
   * them are checked out}
   */
  private String wayToDocument() {
    Path from = output.toAbsolutePath().normalize();
    Path to = document.toAbsolutePath().normalize();
    Path way = Objects.equals(from.getRoot(), to.getRoot()) ? from.relativize(to) : to;
    return way.toString().replace('\\', '/');
  }

  private Loaded load(Path file) {
    List<Path> roots = new ArrayList<>(reading.roots());
    shared.forEach(each -> roots.add(each.directory()));
    Loaded loaded = OpenApiLoader.load(file, reading.withRoots(roots));
    return loaded.withFindings(Linter.lint(loaded));
  }

  /** A shared document decides what is generated even where nothing refers to it. */
  private static List<Path> files(Loaded loaded, List<GeneratorOptions.Shared> others) {
    Map<Path, Path> files = new LinkedHashMap<>();
    Stream.concat(Stream.of(loaded), others.stream().map(GeneratorOptions.Shared::document))
        .flatMap(each -> each.files().stream())
        .forEach(file -> files.putIfAbsent(file.toAbsolutePath().normalize(), file));
    return List.copyOf(files.values());
  }

  private GeneratorOptions options(Loaded loaded, List<GeneratorOptions.Shared> others) {
    for (GeneratorOptions.Shared each : others) {
      if (each.document().files().getFirst().equals(loaded.files().getFirst())) {
        throw new IllegalArgumentException(
            document + " is shared with itself; share the documents that it refers to");
      }
    }
    String name = packageName == null ? GeneratorOptions.packageFor(loaded) : packageName;
    return new GeneratorOptions(name, parts, unknownEnums, integers, untyped, others);
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

  private String inTheWay(List<WritePlan.Step> foreign) throws IOException {
    Path first = output.resolve(foreign.getFirst().path());
    Optional<Path> link = WritePlan.link(output, first);
    if (link.isPresent()) {
      return link.get()
          + " is a symbolic link, and nothing is written outside of the directory; remove it, or"
          + " generate into another directory or package";
    }
    String others =
        switch (foreign.size()) {
          case 1 -> "";
          case 2 -> ", as is another file";
          default -> ", as are %d other files".formatted(foreign.size() - 1);
        };
    return WritePlan.document(first)
        .map(other -> generatedFrom(first, other, others))
        .orElse(
            first
                + " is not generated and is in the way"
                + others
                + "; move it, or generate into another directory or package");
  }

  private String generatedFrom(Path file, String other, String others) {
    Path there = output.resolve(other).normalize();
    return ("%s was generated from %s%s and is in the way%s; generate into another directory or"
            + " package; if %s takes its place, delete what was generated from the other before")
        .formatted(
            file,
            there,
            Files.exists(there) ? "" : ", which is not there any more,",
            others,
            document);
  }
}
