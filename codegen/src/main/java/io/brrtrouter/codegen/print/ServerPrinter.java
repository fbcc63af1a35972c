package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Operation;
import java.util.List;
import java.util.Set;

/** Prints what registers handlers with a server: a binding per operation, and one class for all. */
final class ServerPrinter {
  private static final String DISPATCH = "io.brrtrouter.server.dispatch.";

  private static final int INDENT = 2;

  /** Registrations in one method: thousands would be more than a method can have. */
  private static final int TOGETHER = 500;

  private final Printing printing;

  ServerPrinter(Printing printing) {
    this.printing = printing;
  }

  /** {@return the package of what is printed} */
  static String packageName(Printing printing) {
    return printing.model().packageName() + ".server";
  }

  /** {@return the name of the class that registers all operations} */
  static ClassName server(Printing printing) {
    String api = printing.model().api().name().simpleName();
    String base = api.substring(0, api.length() - "Api".length());
    return new ClassName(packageName(printing), base + "Server");
  }

  /** {@return the binding of an operation} */
  JavaFile print(Operation operation) {
    return new BindingPrinter(printing, operation).print();
  }

  /** {@return the class that registers all operations} */
  JavaFile server() {
    ClassName api = printing.model().api().name();
    ClassName name = server(printing);
    JavaFile file = new JavaFile(printing, name, Set.of());
    String builder = file.use("io.brrtrouter.server.runtime.BrrtServer") + ".Builder";
    String type = file.use(api.qualified());
    file.docs(
        new Comment()
            .text(
                "Registers handlers of "
                    + Markdown.escape(printing.model().api().title())
                    + " with a server."));
    file.open("public final class " + name.simpleName() + " {");
    file.line("private " + name.simpleName() + "() {}");
    file.gap();
    file.docs(
        new Comment()
            .text("Registers a handler for every operation.")
            .param("builder", "the server to be")
            .param("api", "the handlers")
            .returns("the builder"));
    List<Operation> all = printing.model().operations();
    file.open(
        call(
            "public static " + builder + " register",
            List.of(word(builder + " builder"), word(type + " api"))),
        word(" {"));
    int methods = (all.size() + TOGETHER - 1) / TOGETHER;
    if (methods <= 1) {
      all.forEach(operation -> registration(file, operation));
    } else {
      for (int i = 0; i < methods; i++) {
        file.line("register" + i + "(builder, api);");
      }
    }
    file.line("return builder;");
    file.close();
    for (int i = 0; methods > 1 && i < methods; i++) {
      file.gap();
      file.open(
          call(
              "private static void register" + i,
              List.of(word(builder + " builder"), word(type + " api"))),
          word(" {"));
      all.subList(i * TOGETHER, Math.min(all.size(), (i + 1) * TOGETHER))
          .forEach(operation -> registration(file, operation));
      file.close();
    }
    all.forEach(operation -> handler(file, operation));
    file.close();
    return file;
  }

  private static void registration(JavaFile file, Operation operation) {
    file.line(
        call(
            "builder.handler",
            List.of(
                word(Literals.string(operation.handlerName())),
                call(
                    operation.methodName(),
                    List.of(
                        group(
                            word("api"),
                            new Layout.Break("", 4, false),
                            word("." + operation.methodName() + "()")))))),
        word(";"));
  }

  private static void handler(JavaFile file, Operation operation) {
    file.gap();
    file.docs(
        new Comment()
            .text(
                "{@return what to register as "
                    + Markdown.code(operation.handlerName())
                    + " for "
                    + Markdown.code(operation.httpMethod() + " " + operation.path())
                    + "}")
            .param("handler", "who handles its requests"));
    file.line(
        call(
            "@" + file.use(DISPATCH + "RegisteredAs"),
            List.of(word(Literals.string(operation.handlerName())))));
    file.open(
        Layout.method(
            INDENT,
            "public static " + file.use(DISPATCH + "TypedHandler"),
            operation.methodName(),
            List.of(word(file.use(operation.handler().qualified()) + " handler"))),
        word(" {"));
    file.line(
        word("return "),
        call("new " + BindingPrinter.name(operation), List.of(word("handler"))),
        word(";"));
    file.close();
  }
}
