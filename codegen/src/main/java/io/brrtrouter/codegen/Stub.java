package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.model.Unhandled;
import io.brrtrouter.codegen.print.Printer;
import io.brrtrouter.codegen.print.Snippet;
import io.brrtrouter.codegen.read.SampleReader;
import io.brrtrouter.codegen.read.StubReader;
import io.brrtrouter.openapi.Loaded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A class that handles an operation until somebody writes what does, and what to add elsewhere so
 * that it is called.
 *
 * @param operation the operation: its method, route and place in the document
 * @param name the class
 * @param file its source, by path in the project; several stubs may share one
 * @param addition what to add
 */
public record Stub(String operation, ClassName name, SourceFile file, Addition addition) {
  private static final String SOURCES = "src/main/java/";

  /** What names a stub as the handler of its operation, and where that belongs. */
  public sealed interface Addition {

    /** {@return the text, whole lines} */
    String text();

    /** {@return what it needs imported} */
    List<String> imports();

    /**
     * A method for the class that implements the interface of all operations.
     *
     * @param text the method
     * @param imports what it needs imported
     */
    record Member(String text, List<String> imports) implements Addition {

      /** Copies the list. */
      public Member {
        imports = List.copyOf(imports);
      }
    }

    /**
     * A statement for what registers handlers one by one.
     *
     * @param text the statement
     * @param imports what it needs imported
     */
    record Statement(String text, List<String> imports) implements Addition {

      /** Copies the list. */
      public Statement {
        imports = List.copyOf(imports);
      }
    }

    /**
     * A marked method, which the stub's own file has, unless that was there before.
     *
     * @param text the method
     * @param imports what it needs imported
     */
    record Marked(String text, List<String> imports) implements Addition {

      /** Copies the list. */
      public Marked {
        imports = List.copyOf(imports);
      }
    }
  }

  /**
   * {@return a stub for each operation that nobody handles, in the order of their files}
   *
   * @param document the document, read without errors
   * @param generation what was generated from it
   * @param handled what the project says about the operations
   */
  public static List<Stub> missing(Loaded document, Generation generation, Handled handled) {
    JavaModel model = Services.handled(document, generation.model());
    List<Sample> samples =
        SampleReader.read(document, model).stream()
            .filter(each ->
                !handled.typed(each.operation().methodName(), each.operation().handlerName()))
            .toList();
    StubReader reader =
        new StubReader(document, model, handled.packageName(), handled.registering());
    List<Stub> stubs = new ArrayList<>();
    if (handled.way() == Handled.Way.ANNOTATION) {
      for (Unhandled.Group group : reader.groups(samples, handled.names())) {
        List<Unhandled> marked = new ArrayList<>();
        for (Unhandled each : group.operations()) {
          if (each.webSocket()) {
            stubs.add(plain(model, generation, handled, each));
          } else {
            marked.add(each);
          }
        }
        if (marked.isEmpty()) {
          continue;
        }
        String text =
            Printer.marked(
                model, new Unhandled.Group(group.name(), group.topic(), marked), handled.visible());
        for (Unhandled each : marked) {
          Snippet method = Printer.markedMethod(model, each, group.name());
          stubs.add(
              stub(each, group.name(), text, new Addition.Marked(method.text(), method.imports())));
        }
      }
    } else {
      for (Unhandled each : reader.unhandled(samples, handled.names())) {
        stubs.add(plain(model, generation, handled, each));
      }
    }
    stubs.sort(Comparator.comparing(stub -> stub.file().path()));
    return List.copyOf(stubs);
  }

  private static Stub plain(
      JavaModel model, Generation generation, Handled handled, Unhandled unhandled) {
    return stub(
        unhandled,
        unhandled.stub(),
        Printer.stub(model, unhandled),
        addition(generation, handled, unhandled));
  }

  private static Stub stub(Unhandled operation, ClassName name, String text, Addition addition) {
    return new Stub(
        "%s (%s, %s:%d)"
            .formatted(
                operation.methodName(),
                operation.route(),
                operation.location().file(),
                operation.location().line()),
        name,
        new SourceFile(SOURCES + name.qualified().replace('.', '/') + ".java", text),
        addition);
  }

  private static Addition addition(Generation generation, Handled handled, Unhandled unhandled) {
    String made = "new " + unhandled.stub().simpleName() + "()";
    return switch (unhandled) {
      case Unhandled.Typed(Sample sample, _) when handled.way() == Handled.Way.INTERFACE -> {
        ClassName handler = sample.operation().handler();
        yield new Addition.Member(
            "  @Override\n  public %s %s() {\n    return %s;\n  }\n"
                .formatted(handler.simpleName(), unhandled.methodName(), made),
            List.of(handler.qualified()));
      }
      case Unhandled.Typed _ -> {
        ClassName server = Project.server(generation);
        yield new Addition.Statement(
            statement(
                handled,
                unhandled,
                server.simpleName() + "." + unhandled.methodName() + "(" + made + ")"),
            List.of(server.qualified()));
      }
      case Unhandled.Untyped _ when unhandled.webSocket() ->
          new Addition.Statement(
              statement(handled, unhandled, "WebSockets.handler(" + made + ")"),
              List.of("io.brrtrouter.server.websocket.WebSockets"));
      case Unhandled.Untyped _ ->
          new Addition.Statement(statement(handled, unhandled, made), List.of());
    };
  }

  private static String statement(Handled handled, Unhandled unhandled, String handler) {
    return "    %s.handler(%s, %s);\n"
        .formatted(handled.builder(), Printer.literal(unhandled.handlerName()), handler);
  }
}
