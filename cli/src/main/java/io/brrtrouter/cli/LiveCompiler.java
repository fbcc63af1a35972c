package io.brrtrouter.cli;

import java.io.IOException;
import java.io.Writer;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles what has changed of a project, and what may depend on that. Begins with what Maven has
 * compiled, and goes by its options, which show in the classes. For one thread at a time.
 *
 * <p>When others see no more and no less of a changed class, it is compiled alone. Otherwise those
 * that name it are too, and so on; and everything when a constant has changed, because constants
 * are copied, or when there are annotation processors, which may look at everything.
 */
final class LiveCompiler implements AutoCloseable {
  /** Four and eight save a tenth of the first edit more, which is not worth waiting for. */
  static final int WARM_UPS = 1;

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager libraries =
      compiler.getStandardFileManager(_ -> {}, Locale.ROOT, StandardCharsets.UTF_8);
  private final boolean processes;
  private final List<String> options;
  private Map<String, byte[]> classes;
  private Map<String, ClassShape> shapes = new HashMap<>();

  /** What came of a compilation. */
  sealed interface Outcome {
    /**
     * The code is whole.
     *
     * @param files how many sources were compiled
     */
    record Compiled(int files) implements Outcome {}

    /**
     * It is as it was before.
     *
     * @param errors what is wrong
     */
    record Refused(List<Diagnostic<? extends JavaFileObject>> errors) implements Outcome {
      /** Copies the list. */
      public Refused {
        errors = List.copyOf(errors);
      }
    }
  }

  /**
   * Begins.
   *
   * @param classPath what the code is compiled with
   * @param processors where annotation processors are; empty for none
   * @param built what Maven has compiled, by path in the jar
   */
  LiveCompiler(List<Path> classPath, List<Path> processors, Map<String, byte[]> built)
      throws IOException {
    this.classes = new TreeMap<>(built);
    this.processes = !processors.isEmpty();
    this.options = options(built.values());
    options.add(processes ? "-proc:full" : "-proc:none");
    libraries.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
    if (processes) {
      libraries.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, processors);
    }
    classes.forEach((path, bytes) -> shapes.put(path, ClassShape.of(bytes)));
  }

  private static List<String> options(Collection<byte[]> built) {
    List<String> options = new ArrayList<>(List.of("-g", "-implicit:none", "-Xlint:none"));
    int release = 0;
    boolean preview = false;
    boolean parameters = false;
    for (byte[] bytes : built) {
      ClassModel model = ClassFile.of().parse(bytes);
      release = Math.max(release, model.majorVersion() - ClassFile.JAVA_1_VERSION + 1);
      preview |= model.minorVersion() == ClassFile.PREVIEW_MINOR_VERSION;
      parameters |= namesParameters(model);
    }
    if (release != 0 && release != Runtime.version().feature()) {
      options.addAll(List.of("--release", String.valueOf(release)));
    }
    if (preview) {
      options.add("--enable-preview");
      if (!options.contains("--release")) {
        options.addAll(List.of("--release", String.valueOf(release)));
      }
    }
    if (parameters) {
      options.add("-parameters");
    }
    return options;
  }

  /** Parameters that the language itself makes have names in any case. */
  private static boolean namesParameters(ClassModel model) {
    return model.methods().stream()
        .filter(method -> !method.methodName().stringValue().startsWith("<"))
        .filter(method -> !method.methodName().equalsString("valueOf"))
        .anyMatch(method -> method.findAttribute(Attributes.methodParameters()).isPresent());
  }

  /** {@return what has been compiled, by path in a jar} */
  Map<String, byte[]> classes() {
    return Map.copyOf(classes);
  }

  /**
   * Compiles.
   *
   * @param sources all sources, by path from their root
   * @param changed those that are new, changed or gone
   */
  Outcome compile(Map<String, Path> sources, Set<String> changed) {
    Set<String> work = new TreeSet<>(changed);
    if (processes) {
      work.addAll(sources.keySet());
    }
    Map<String, byte[]> next = new TreeMap<>(classes);
    Map<String, ClassShape> nextShapes = new HashMap<>(shapes);
    Set<String> done = new HashSet<>();
    while (!work.isEmpty()) {
      Map<String, ClassShape> before = new HashMap<>();
      for (Map.Entry<String, ClassShape> each : List.copyOf(nextShapes.entrySet())) {
        if (work.contains(each.getValue().source())) {
          before.put(each.getKey(), each.getValue());
          next.remove(each.getKey());
          nextShapes.remove(each.getKey());
        }
      }
      List<Path> files = work.stream().filter(sources::containsKey).map(sources::get).toList();
      CompiledCode code = new CompiledCode(libraries, next);
      List<Diagnostic<? extends JavaFileObject>> errors = errors(code, files);
      if (!errors.isEmpty()) {
        return new Outcome.Refused(errors);
      }
      Map<String, byte[]> written = code.written();
      next.putAll(written);
      Map<String, ClassShape> after = new HashMap<>();
      written.forEach((path, bytes) -> {
        if (path.endsWith(".class")) {
          after.put(path, ClassShape.of(bytes));
        }
      });
      nextShapes.putAll(after);
      done.addAll(work);
      work = new TreeSet<>(dependents(before, after, nextShapes, sources.keySet()));
      work.removeAll(done);
    }
    classes = next;
    shapes = nextShapes;
    done.retainAll(sources.keySet());
    return new Outcome.Compiled(done.size());
  }

  /**
   * Compiles one source some times: the first time takes much longer, and nobody waits now.
   *
   * @param sources as for {@link #compile}
   * @param which the source
   * @param rounds how often
   */
  void warmUp(Map<String, Path> sources, String which, int rounds) {
    for (int i = 0; i < rounds; i++) {
      compile(sources, Set.of(which));
    }
  }

  private List<Diagnostic<? extends JavaFileObject>> errors(CompiledCode code, List<Path> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    boolean sound;
    try {
      sound =
          compiler
              .getTask(
                  Writer.nullWriter(),
                  code,
                  diagnostics,
                  options,
                  null,
                  libraries.getJavaFileObjectsFromPaths(files))
              .call();
    } catch (RuntimeException failure) {
      Throwable why = failure.getCause() == null ? failure : failure.getCause();
      throw Failure.failed(
          processes ? "an annotation processor failed: " + why : "the compiler failed: " + why);
    }
    return sound
        ? List.of()
        : diagnostics.getDiagnostics().stream()
            .<Diagnostic<? extends JavaFileObject>>map(each -> each)
            .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
            .toList();
  }

  /** {@return the sources that may have to be compiled otherwise now} */
  private static Set<String> dependents(
      Map<String, ClassShape> before,
      Map<String, ClassShape> after,
      Map<String, ClassShape> all,
      Set<String> sources) {
    Set<String> names = new HashSet<>();
    Set<String> fresh = new HashSet<>();
    Set<String> paths = new HashSet<>(before.keySet());
    paths.addAll(after.keySet());
    for (String path : paths) {
      ClassShape was = before.get(path);
      ClassShape is = after.get(path);
      if (was == null && is != null) {
        // Its name may have meant another class until now.
        fresh.add(ClassShape.simple(is.name()));
      } else if (was != null && (is == null || !is.surface().equals(was.surface()))) {
        names.add(was.name());
      }
      if (was != null && !was.constants().equals(is == null ? Set.of() : is.constants())) {
        return sources;
      }
    }
    // Those without names are nobody else's.
    fresh.removeIf(name -> name.isEmpty() || Character.isDigit(name.charAt(0)));
    boolean more = !names.isEmpty();
    while (more) {
      more = false;
      for (ClassShape each : all.values()) {
        if (each.supertypes().stream().anyMatch(names::contains)) {
          more |= names.add(each.name());
        }
      }
    }
    Set<String> dependents = new HashSet<>();
    for (ClassShape each : all.values()) {
      if (each.mentions().stream()
          .anyMatch(name -> names.contains(name) || fresh.contains(ClassShape.simple(name)))) {
        dependents.add(each.source());
      }
    }
    dependents.retainAll(sources);
    return dependents;
  }

  @Override
  public void close() throws IOException {
    libraries.close();
  }
}
