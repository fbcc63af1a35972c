package io.brrtrouter.cli;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
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
 * The classes of a project that implement the interface of all operations, and what registers them,
 * as far as the sources say: nothing is compiled, so that sources with errors do as well.
 *
 * @param file where the first of the classes is
 * @param packageName its package
 * @param methods the methods without parameters the classes have
 * @param registering the first file that registers operations one by one, when none registers all
 * @param registered the methods of the operations that are registered one by one
 */
record Implementations(
    Optional<Path> file,
    Optional<String> packageName,
    Set<String> methods,
    Optional<Path> registering,
    Set<String> registered) {
  private static final Implementations NONE =
      new Implementations(Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Set.of());

  /** Copies the sets. */
  Implementations {
    methods = Set.copyOf(methods);
    registered = Set.copyOf(registered);
  }

  /**
   * {@return what the sources say}
   *
   * @param name the interface of all operations, by its simple name
   * @param server the class that registers them, by its simple name
   * @param sources the directory of the sources
   */
  static Implementations of(String name, String server, Path sources) throws IOException {
    if (!Files.isDirectory(sources)) {
      return NONE;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    if (files.isEmpty()) {
      return NONE;
    }
    Search search = new Search(name, server);
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
        search.packageName = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
        search.scan(unit, null);
      }
    }
    return new Implementations(
        Optional.ofNullable(search.found).map(found -> relative(found, sources)),
        Optional.ofNullable(search.foundIn),
        search.methods,
        Optional.ofNullable(search.registersAll ? null : search.registering)
            .map(found -> relative(found, sources)),
        search.registered);
  }

  private static Path relative(Path file, Path sources) {
    return sources.resolve(sources.toAbsolutePath().relativize(file));
  }

  private static final class Search extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final String name;
    private final String server;
    private final Set<String> methods = new HashSet<>();
    private final Set<String> registered = new HashSet<>();
    private String packageName = "";
    private @Nullable Path file;
    private @Nullable Path found;
    private @Nullable String foundIn;
    private @Nullable Path registering;
    private boolean registersAll;

    Search(String name, String server) {
      this.name = name;
      this.server = server;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      boolean implementing =
          type.getImplementsClause().stream()
              .map(Tree::toString)
              .anyMatch(each -> isNamed(each, name));
      if (implementing) {
        foundIn = found == null ? packageName : foundIn;
        found = found == null ? file : found;
        for (Tree member : type.getMembers()) {
          if (member instanceof MethodTree method && method.getParameters().isEmpty()) {
            methods.add(method.getName().toString());
          }
        }
      }
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
      if (call.getMethodSelect() instanceof MemberSelectTree selected
          && isNamed(selected.getExpression().toString(), server)) {
        String method = selected.getIdentifier().toString();
        if (method.equals("register")) {
          registersAll = true;
        } else {
          registered.add(method);
          registering = registering == null ? file : registering;
        }
      }
      return super.visitMethodInvocation(call, null);
    }

    private static boolean isNamed(String written, String simple) {
      return written.equals(simple) || written.endsWith("." + simple);
    }
  }
}
