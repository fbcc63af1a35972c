package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.fill;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.model.Unhandled;
import java.util.Set;

/** Prints stubs of operations that a project does not handle yet. */
final class UnhandledPrinter {
  private static final String DISPATCH = "io.brrtrouter.server.dispatch.";

  private final Printing printing;

  UnhandledPrinter(Printing printing) {
    this.printing = printing;
  }

  /** {@return a class for one operation} */
  JavaFile single(Unhandled operation) {
    JavaFile file = file(operation.stub());
    String route = StubMethod.route(operation.route());
    String handler =
        switch (operation) {
          case Unhandled.Typed(Sample sample, _) -> {
            boolean talks = sample.operation().conversation().isPresent();
            file.docs(
                new Comment()
                    .text("Handles " + route + (talks ? "." : ", answered from examples.")));
            yield sample.operation().handler().qualified();
          }
          case Unhandled.Untyped _ -> {
            file.docs(new Comment().text("Handles " + route + "."));
            yield operation.webSocket()
                ? StubMethod.WEBSOCKET + "WebSocketHandler"
                : DISPATCH + "Handler";
          }
        };
    file.open(
        group(
            word("final class " + operation.stub().simpleName()),
            fill(4),
            word("implements " + file.use(handler))),
        word(" {"));
    file.line("@" + file.use("java.lang.Override"));
    switch (operation) {
      case Unhandled.Typed(Sample sample, _) ->
          StubMethod.typed(file, printing, sample, "public ", "handle");
      case Unhandled.Untyped _ when operation.webSocket() ->
          StubMethod.webSocket(file, "public ", "handle", operation.handlerName());
      case Unhandled.Untyped _ ->
          StubMethod.untyped(file, "public ", "handle", operation.handlerName());
    }
    file.close();
    return file;
  }

  /** {@return a class with a marked method for each operation of a group} */
  JavaFile marked(Unhandled.Group group, boolean visible) {
    JavaFile file = file(group.name());
    file.docs(
        new Comment().text("Operations of " + Markdown.code(group.topic()) + ", not written yet."));
    file.open((visible ? "public " : "") + "final class " + group.name().simpleName() + " {");
    for (Unhandled operation : group.operations()) {
      file.gap();
      method(file, operation);
    }
    file.close();
    return file;
  }

  /** {@return a method of such a class, for whoever has the class already} */
  Snippet method(Unhandled operation, ClassName name) {
    JavaFile file = file(name);
    file.open("final class " + name.simpleName() + " {");
    method(file, operation);
    return file.inside();
  }

  private void method(JavaFile file, Unhandled operation) {
    switch (operation) {
      case Unhandled.Typed(Sample sample, _) -> StubMethod.documented(file, sample.operation());
      case Unhandled.Untyped _ ->
          file.docs(new Comment().text(StubMethod.route(operation.route()) + "."));
    }
    file.line(
        call("@" + file.use(DISPATCH + "HandlerFor"), Literals.string(operation.handlerName())));
    switch (operation) {
      case Unhandled.Typed(Sample sample, _) ->
          StubMethod.typed(file, printing, sample, "", operation.methodName());
      case Unhandled.Untyped _ ->
          StubMethod.untyped(file, "", operation.methodName(), operation.handlerName());
    }
  }

  private JavaFile file(ClassName name) {
    return new JavaFile(printing, name, Set.of());
  }
}
