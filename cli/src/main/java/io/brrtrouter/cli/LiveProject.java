package io.brrtrouter.cli;

import io.brrtrouter.codegen.GenerationJob;
import io.brrtrouter.codegen.WritePlan;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.source.ContentDigest;
import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.watch.FileWatch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * Runs a project, and lets it have what changes of its sources and of the documents that its code
 * is generated from: generated, compiled and handed over here, without Maven. Configuration and
 * whatever nothing is generated from the server takes by itself.
 */
final class LiveProject {
  private static final String GOES_ON = "; what served before goes on";

  /** The first are enough to begin with. */
  private static final int MOST_ERRORS = 20;

  /** The digest of nothing at all. */
  private static final String CHANGED = "changed";

  private final ReactorModule module;
  private final Console console;
  private final Map<String, String> environment;
  private final ProjectBuild build;
  private final Path work;
  private final Optional<GenerationJob> job;
  private final LiveSources sources;

  /** Poms and other modules: what of them has changed takes Maven. */
  private final Set<Path> others = new HashSet<>();

  private final boolean plainResources;

  /** What code is generated from; empty for nothing. */
  private Map<Path, String> documents = Map.of();

  /** Sources that have changed since the code was whole. */
  private final Set<String> pending = new TreeSet<>();

  private int jars = 1;

  /** What changes are handed to; used by the thread that watches. */
  private record Running(ForkedJvm jvm, LiveJar jar, LiveCompiler compiler) {}

  /** Changes that are not taken, as has been said. */
  private static final class NotTaken extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Finding> errors;

    NotTaken(String sentence, List<Finding> errors) {
      super(sentence);
      this.errors = errors;
    }
  }

  LiveProject(ReactorModule module, Console console, Map<String, String> environment) {
    this.module = module;
    this.console = console;
    this.environment = environment;
    this.build = new ProjectBuild(module, console);
    this.work = module.directory().resolve("target/brrt/live");
    Pom pom = Pom.read(module.directory());
    this.job = GeneratedProject.job(module.directory());
    this.sources =
        new LiveSources(
            module.directory(),
            pom.code(module.directory()),
            job.map(GenerationJob::output)
                .orElse(module.directory().resolve("target/generated-sources/brrtrouter")));
    this.plainResources = !pom.hasResources();
  }

  /** Runs it to its end and gives its exit code. */
  int run() throws IOException, InterruptedException {
    // Before the build, so that what changes meanwhile counts as changed.
    Map<Path, String> taken = LiveSources.digests(sources.own());
    ProjectBuild.Runnable built = build.ready();
    others.addAll(build.sources());
    others.removeIf(file -> file.startsWith(module.directory()) && !file.endsWith("pom.xml"));
    taken.putAll(LiveSources.digests(others));
    LiveJar jar = new LiveJar(built.classPath().getFirst());
    empty(work);
    Path resources = Files.createDirectories(work.resolve("resources"));
    jar.writeResources(resources);
    Path first = work.resolve("1.jar");
    jar.write(first);
    List<Path> libraries = new ArrayList<>(List.of(resources));
    libraries.addAll(built.classPath().subList(1, built.classPath().size()));
    if (!Files.isDirectory(sources.code())) {
      console.say(
          "there is no "
              + sources.code()
              + ": changes of code are not taken; where a parent of the pom names another"
              + " sourceDirectory, name it in this pom too");
    }
    console.say("starting " + module.selector() + "; changes are taken while it runs");
    ForkedJvm jvm =
        ForkedJvm.live(module.directory(), libraries, first, built.mainClass(), environment);
    Thread watch =
        Thread.ofPlatform()
            .daemon()
            .name("brrt-live")
            .start(() -> watch(jvm, jar, libraries, taken));
    try {
      return jvm.run();
    } finally {
      watch.interrupt();
    }
  }

  /** Says so here, and to whoever asks the server. */
  private void refuse(ForkedJvm jvm, NotTaken refused) {
    console.say(refused.getMessage() + GOES_ON);
    try {
      jvm.refuse(refused.errors);
    } catch (IOException gone) {
      // Then nobody asks it either.
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private void watch(ForkedJvm jvm, LiveJar jar, List<Path> libraries, Map<Path, String> taken) {
    try {
      Running running = new Running(jvm, jar, compiler(jar, libraries));
      Optional<NotTaken> refusal = Optional.empty();
      try {
        generate();
      } catch (NotTaken refused) {
        refusal = Optional.of(refused);
      }
      jvm.tell("leave", List.copyOf(documents.keySet()));
      refusal.ifPresent(refused -> refuse(jvm, refused));
      Map<Path, String> all = new HashMap<>(taken);
      // What was generated otherwise just now has changed since the build.
      documents.forEach((file, digest) -> all.put(file, pending.isEmpty() ? digest : CHANGED));
      new FileWatch(
              all,
              DocumentLimits.MOST_BYTES,
              sources::own,
              (changed, now) -> take(running, changed, now))
          .start();
    } catch (Failure unusable) {
      console.say("changes are not taken: " + unusable.getMessage());
    } catch (IOException failed) {
      console.say("changes are not taken: " + failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private LiveCompiler compiler(LiveJar jar, List<Path> libraries)
      throws IOException, InterruptedException {
    List<Path> processors = new Processors(module.directory()).find(libraries);
    LiveCompiler compiler = new LiveCompiler(build.compileClassPath(), processors, jar.classes());
    Map<String, Path> all = sources.toCompile();
    all.keySet().stream()
        .findFirst()
        .ifPresent(which -> compiler.warmUp(all, which, LiveCompiler.WARM_UPS));
    return compiler;
  }

  /** Takes what has changed; {@return the files as they were taken} */
  private Map<Path, String> take(Running running, Set<Path> changed, Map<Path, String> now) {
    long began = System.nanoTime();
    Map<Path, String> taken = new HashMap<>(now);
    Set<Path> outside = new TreeSet<>(changed);
    outside.retainAll(others);
    if (!outside.isEmpty()) {
      console.say(
          outside.iterator().next()
              + " has changed, which takes a build; stop and start this command again");
    }
    if (outside.equals(changed)) {
      return taken;
    }
    try {
      if (changed.stream().anyMatch(documents::containsKey)) {
        generate();
      }
      int compiled = compile(running, changed);
      Path jar = work.resolve(++jars + ".jar");
      running.jar.write(jar);
      List<Path> told = new ArrayList<>(List.of(jar));
      told.addAll(documents.keySet());
      running.jvm.tell("take", told);
      // The one before may still be read.
      Files.deleteIfExists(work.resolve(jars - 2 + ".jar"));
      console.say(
          "%s compiled in %d ms"
              .formatted(
                  compiled == 1 ? "1 file" : compiled + " files",
                  Duration.ofNanos(System.nanoTime() - began).toMillis()));
    } catch (NotTaken refused) {
      refuse(running.jvm, refused);
    } catch (IOException | Failure failed) {
      String why = "the changes could not be taken: " + failed.getMessage();
      refuse(running.jvm, new NotTaken(why, List.of(finding("", 0, 0, why))));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    taken.keySet().removeIf(file -> !sources.has(file) && !others.contains(file));
    taken.values().removeIf(ContentDigest.NONE::equals);
    taken.putAll(documents);
    return taken;
  }

  /** Generates what is generated from documents, and remembers what has to be compiled. */
  private void generate() throws IOException, NotTaken {
    if (job.isEmpty()) {
      return;
    }
    GenerationJob.Outcome outcome = job.get().plan();
    documents = outcome.contents();
    switch (outcome) {
      case GenerationJob.Outcome.Refused refused -> {
        show(refused.findings());
        throw new NotTaken(refused.sentence(), errors(refused.findings()));
      }
      case GenerationJob.Outcome.Planned planned -> {
        planned.plan().write();
        planned.plan().steps().stream()
            .filter(step -> step.action() != WritePlan.Action.KEEP)
            .map(WritePlan.Step::path)
            .filter(path -> path.endsWith(".java"))
            .forEach(pending::add);
      }
    }
  }

  private void show(List<Finding> findings) {
    List<Finding> errors = errors(findings);
    if (!errors.isEmpty()) {
      console.err().print(FindingRenderer.text(errors));
    }
  }

  private static List<Finding> errors(List<Finding> findings) {
    return findings.stream()
        .filter(each -> each.severity() == Severity.ERROR)
        .limit(MOST_ERRORS)
        .toList();
  }

  /** With its place in the project, and the first line of what the compiler says. */
  private Finding finding(Diagnostic<? extends JavaFileObject> error) {
    JavaFileObject source = error.getSource();
    return finding(
        source == null ? "" : name(source, module.directory().toAbsolutePath()),
        (int) Math.max(0, error.getLineNumber()),
        (int) Math.max(0, error.getColumnNumber()),
        error.getMessage(Locale.ROOT));
  }

  private static Finding finding(String file, int line, int column, String message) {
    return new Finding(
        "not-compiled",
        Severity.ERROR,
        new SourceLocation(file, line, column),
        message.lines().findFirst().orElse(""),
        "");
  }

  /** {@return the path seen from a directory; that in its package of what a processor has made} */
  private static String name(JavaFileObject source, Path from) {
    URI uri = source.toUri();
    if (!"file".equals(uri.getScheme())) {
      String path = uri.getPath();
      return path.startsWith("/") ? path.substring(1) : path;
    }
    Path file = Path.of(uri);
    return (file.startsWith(from) ? from.relativize(file) : file).toString();
  }

  /** {@return how many sources were compiled} */
  private int compile(Running running, Set<Path> changed) throws IOException, NotTaken {
    for (Path file : changed) {
      if (file.startsWith(sources.code()) && file.toString().endsWith(".java")) {
        pending.add(LiveSources.key(sources.code(), file));
      } else if (file.startsWith(sources.resources())) {
        resource(running.jar, file);
      }
    }
    if (pending.isEmpty()) {
      return 0;
    }
    return switch (running.compiler.compile(sources.toCompile(), Set.copyOf(pending))) {
      case LiveCompiler.Outcome.Compiled compiled -> {
        pending.clear();
        running.jar.compiled(running.compiler.classes());
        yield compiled.files();
      }
      case LiveCompiler.Outcome.Refused refused -> {
        tell(refused.errors());
        throw new NotTaken(
            "the changed code does not compile",
            refused.errors().stream().limit(MOST_ERRORS).map(this::finding).toList());
      }
    };
  }

  private void resource(LiveJar jar, Path file) throws IOException {
    if (plainResources) {
      jar.resource(LiveSources.key(sources.resources(), file), file);
    } else {
      console.say(
          file
              + " has changed, and what becomes of resources the pom says; stop and start this"
              + " command again");
    }
  }

  private void tell(Collection<Diagnostic<? extends JavaFileObject>> errors) throws IOException {
    Path here = Path.of("").toAbsolutePath();
    List<String> lines = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> error : errors) {
      String message = error.getMessage(Locale.ROOT);
      lines.add(message.lines().findFirst().orElse(""));
      JavaFileObject source = error.getSource();
      console
          .err()
          .println(
              FindingRenderer.printable(
                      (source == null ? "" : place(source, here, error) + ": ") + "error: ")
                  + message);
    }
    MissingHandlers.explain(lines, module.directory(), Path.of("").toRealPath())
        .forEach(console::say);
  }

  private static String place(
      JavaFileObject source, Path here, Diagnostic<? extends @Nullable JavaFileObject> error) {
    return name(source, here) + ":" + error.getLineNumber() + ":" + error.getColumnNumber();
  }
}
