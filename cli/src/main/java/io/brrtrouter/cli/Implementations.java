package io.brrtrouter.cli;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a project that implement an interface, as far as their sources say: nothing is
 * compiled, so that sources with errors do as well.
 *
 * @param file where the first of them is
 * @param methods the methods without parameters they have
 */
record Implementations(Optional<Path> file, Set<String> methods) {

  /** Copies the set. */
  Implementations {
    methods = Set.copyOf(methods);
  }

  /** {@return the implementations of an interface by its simple name} */
  static Implementations of(String name, Path sources) throws IOException {
    if (!Files.isDirectory(sources)) {
      return new Implementations(Optional.empty(), Set.of());
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    if (files.isEmpty()) {
      return new Implementations(Optional.empty(), Set.of());
    }
    Search search = new Search(name);
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
        search.file = Path.of(unit.getSourceFile().toUri());
        search.scan(unit, null);
      }
    }
    return new Implementations(
        Optional.ofNullable(search.found).map(found -> sources.resolve(relative(found, sources))),
        search.methods);
  }

  private static Path relative(Path file, Path sources) {
    return sources.toAbsolutePath().relativize(file);
  }

  private static final class Search extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final String name;
    private final Set<String> methods = new HashSet<>();
    private @Nullable Path file;
    private @Nullable Path found;

    Search(String name) {
      this.name = name;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      boolean implementing =
          type.getImplementsClause().stream()
              .map(Tree::toString)
              .anyMatch(each -> each.equals(name) || each.endsWith("." + name));
      if (implementing) {
        found = found == null ? file : found;
        for (Tree member : type.getMembers()) {
          if (member instanceof MethodTree method && method.getParameters().isEmpty()) {
            methods.add(method.getName().toString());
          }
        }
      }
      return super.visitClass(type, null);
    }
  }
}
