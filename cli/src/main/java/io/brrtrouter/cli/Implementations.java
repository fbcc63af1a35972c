package io.brrtrouter.cli;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import io.brrtrouter.codegen.Handled;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Who handles operations in a project, and what registers them, as far as the sources say: nothing
 * is compiled, so that sources with errors do as well.
 *
 * @param implementing the first class that implements the interface of all operations
 * @param allTogether whether the class made for all operations registers them together
 * @param methods the methods without parameters such classes have
 * @param marked the first class with an annotation that names operations
 * @param names names of operations in annotations and in calls that register handlers
 * @param unknown where such a name is no literal
 * @param registering the first file that registers operations one by one with the class made for
 *     all, when none registers all
 * @param registered the methods of the operations that are registered one by one
 * @param configuring where the next handler would be registered
 * @param uncalled classes with annotations whose registrar nobody calls
 */
record Implementations(
    Optional<Place> implementing,
    boolean allTogether,
    Set<String> methods,
    Optional<Place> marked,
    Set<String> names,
    List<Spot> unknown,
    Optional<Path> registering,
    Set<String> registered,
    Optional<Place> configuring,
    List<Place> uncalled) {

  /** Copies the collections. */
  Implementations {
    methods = Set.copyOf(methods);
    names = Set.copyOf(names);
    unknown = List.copyOf(unknown);
    registered = Set.copyOf(registered);
    uncalled = List.copyOf(uncalled);
  }

  /**
   * A place in the sources.
   *
   * @param file the file
   * @param packageName its package
   * @param name the class, or what the server to be is called
   */
  record Place(Path file, String packageName, String name) {}

  /**
   * A line of the sources.
   *
   * @param file the file
   * @param line the line, from 1
   */
  record Spot(Path file, long line) {}

  /**
   * {@return what the sources say}
   *
   * @param name the interface of all operations, by its simple name
   * @param server the class that registers them, by its simple name
   * @param sources the directory of the sources
   */
  static Implementations of(String name, String server, Path sources) throws IOException {
    List<Path> files = files(sources);
    HandlerSearch search = new HandlerSearch(name, server);
    if (files.isEmpty()) {
      return search.found();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(_ -> {}, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  Writer.nullWriter(),
                  manager,
                  _ -> {},
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        Path file = sources.toAbsolutePath().relativize(Path.of(unit.getSourceFile().toUri()));
        search.scan(unit, sources.resolve(file), Trees.instance(task).getSourcePositions());
      }
    }
    return search.found();
  }

  private static List<Path> files(Path sources) throws IOException {
    if (!Files.isDirectory(sources)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** {@return how the handlers of operations are registered} */
  Handled.Way way() {
    if (implementing.isPresent() || allTogether) {
      return Handled.Way.INTERFACE;
    }
    if (marked.isPresent()) {
      return Handled.Way.ANNOTATION;
    }
    return names.isEmpty() && unknown.isEmpty() ? Handled.Way.INTERFACE : Handled.Way.CALL;
  }

  /** {@return what the stubs of operations with types stand beside} */
  Optional<Place> typed() {
    return switch (way()) {
      case INTERFACE -> implementing;
      case ANNOTATION -> marked;
      case CALL -> configuring;
    };
  }

  /**
   * {@return what stubs have to know}
   *
   * @param generated the package of generated code, where no source says a better one
   */
  Handled handled(String generated) {
    String own = packageOf(typed(), generated);
    String calls = packageOf(configuring.or(() -> implementing), generated);
    return new Handled(way(), methods, names, own, calls, !calls.equals(own), builder());
  }

  private static String packageOf(Optional<Place> place, String generated) {
    return place.map(Place::packageName).filter(name -> !name.isEmpty()).orElse(generated);
  }

  /** {@return what the server to be is called where handlers are registered} */
  String builder() {
    return configuring.map(Place::name).orElse("builder");
  }
}
