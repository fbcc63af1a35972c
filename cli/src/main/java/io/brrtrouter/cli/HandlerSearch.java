package io.brrtrouter.cli;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import io.brrtrouter.cli.Implementations.Place;
import io.brrtrouter.cli.Implementations.Spot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks through syntax trees for who handles operations and what registers them. */
final class HandlerSearch extends TreeScanner<@Nullable Void, @Nullable Void> {
  private static final String MARK = "HandlerFor";
  private static final String REGISTRAR = "Registrar";
  private static final Set<String> CALLS = Set.of("handler", "replaceHandler");

  /** What registers handlers: where the next one is added, the best last. */
  private enum Call {
    ONE,
    ALL,
    MARKED
  }

  private final String api;
  private final String server;
  private final Set<String> methods = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final List<Spot> unknown = new ArrayList<>();
  private final Set<String> registered = new HashSet<>();
  private final Map<Call, Place> calls = new EnumMap<>(Call.class);
  private final Map<String, Place> registrars = new LinkedHashMap<>();
  private final Set<String> called = new HashSet<>();
  private @Nullable Place implementing;
  private @Nullable Path registering;

  private @Nullable CompilationUnitTree unit;
  private @Nullable SourcePositions positions;
  private Path file = Path.of("");
  private String packageName = "";
  private String outermost = "";

  /**
   * Begins a search.
   *
   * @param api the interface of all operations, by its simple name
   * @param server the class that registers them, by its simple name
   */
  HandlerSearch(String api, String server) {
    this.api = api;
    this.server = server;
  }

  /** Looks through a file. */
  void scan(CompilationUnitTree source, Path path, SourcePositions where) {
    unit = source;
    positions = where;
    file = path;
    packageName = source.getPackageName() == null ? "" : source.getPackageName().toString();
    scan(source, null);
  }

  /** {@return what was found in all files} */
  Implementations found() {
    boolean all = calls.containsKey(Call.ALL);
    List<Place> uncalled =
        registrars.entrySet().stream()
            .filter(each -> !called.contains(each.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    return new Implementations(
        Optional.ofNullable(implementing),
        all,
        methods,
        registrars.values().stream().findFirst(),
        names,
        unknown,
        Optional.ofNullable(all ? null : registering),
        registered,
        calls.values().stream().reduce((_, better) -> better),
        uncalled);
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
    boolean isOutermost = outermost.isEmpty();
    if (isOutermost) {
      outermost = type.getSimpleName().toString();
    }
    if (type.getImplementsClause().stream().anyMatch(each -> isNamed(each, api))) {
      implementing = implementing == null ? place(outermost) : implementing;
      for (Tree member : type.getMembers()) {
        if (member instanceof MethodTree method && method.getParameters().isEmpty()) {
          methods.add(method.getName().toString());
        }
      }
    }
    super.visitClass(type, null);
    if (isOutermost) {
      outermost = "";
    }
    return null;
  }

  @Override
  public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void nothing) {
    if (isNamed(annotation.getAnnotationType(), MARK)) {
      registrars.putIfAbsent(outermost + REGISTRAR, place(outermost));
      for (ExpressionTree argument : annotation.getArguments()) {
        if (!(argument instanceof AssignmentTree named)) {
          names(argument);
        } else if (named.getVariable().toString().equals("value")) {
          names(named.getExpression());
        }
      }
    }
    return super.visitAnnotation(annotation, null);
  }

  private void names(ExpressionTree value) {
    if (value instanceof NewArrayTree array && array.getInitializers() != null) {
      array.getInitializers().forEach(this::name);
    } else {
      name(value);
    }
  }

  private void name(ExpressionTree expression) {
    ExpressionTree value = expression;
    while (value instanceof ParenthesizedTree inner) {
      value = inner.getExpression();
    }
    if (value instanceof LiteralTree literal && literal.getValue() instanceof String name) {
      names.add(name);
    } else {
      unknown(expression);
    }
  }

  private void unknown(Tree tree) {
    if (unit != null && positions != null) {
      long start = positions.getStartPosition(unit, tree);
      unknown.add(new Spot(file, unit.getLineMap().getLineNumber(start)));
    }
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
    if (call.getMethodSelect() instanceof MemberSelectTree selected) {
      List<? extends ExpressionTree> arguments = call.getArguments();
      String method = selected.getIdentifier().toString();
      if (isNamed(selected.getExpression(), server)) {
        if (method.equals("register")) {
          calls.putIfAbsent(Call.ALL, place(builder(arguments)));
        } else {
          registered.add(method);
          registering = registering == null ? file : registering;
        }
      } else if (method.equals("register")) {
        registrar(selected.getExpression(), builder(arguments));
      } else if (CALLS.contains(method) && arguments.size() == 2) {
        name(arguments.getFirst());
        calls.putIfAbsent(Call.ONE, place(builder(List.of(selected.getExpression()))));
      }
    }
    return super.visitMethodInvocation(call, null);
  }

  @Override
  public @Nullable Void visitMemberReference(
      MemberReferenceTree reference, @Nullable Void nothing) {
    String method = reference.getName().toString();
    if (CALLS.contains(method)) {
      unknown(reference);
    } else if (method.equals("register")) {
      registrar(reference.getQualifierExpression(), "builder");
    }
    return super.visitMemberReference(reference, null);
  }

  private void registrar(ExpressionTree type, String builder) {
    String name = type.toString();
    if (name.endsWith(REGISTRAR)) {
      called.add(name.indexOf('.') < 0 ? name : name.substring(name.lastIndexOf('.') + 1));
      calls.putIfAbsent(Call.MARKED, place(builder));
    }
  }

  /** The variable that a chain of calls begins with. */
  private static String builder(List<? extends ExpressionTree> arguments) {
    @Nullable Tree first = arguments.isEmpty() ? null : arguments.getFirst();
    while (first instanceof MethodInvocationTree call
        && call.getMethodSelect() instanceof MemberSelectTree selected) {
      first = selected.getExpression();
    }
    return first instanceof IdentifierTree named ? named.getName().toString() : "builder";
  }

  private Place place(String name) {
    return new Place(file, packageName, name);
  }

  private static boolean isNamed(Tree tree, String simple) {
    String written = tree.toString();
    return written.equals(simple) || written.endsWith("." + simple);
  }
}
