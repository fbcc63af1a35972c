package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.list;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.print.Layout.Piece;
import java.util.List;

/** Prints methods that handle operations until somebody writes what they do. */
final class StubMethod {
  private static final String DISPATCH = "io.brrtrouter.server.dispatch.";
  private static final String HTTP = "io.brrtrouter.server.http.";

  /** Of a name in a reason, which has at most 123 octets. */
  private static final int MOST_NAMED = 25;

  static final String WEBSOCKET = "io.brrtrouter.server.websocket.";

  private static final int METHOD_INDENT = 2;

  private StubMethod() {}

  /** Writes what an operation does, as far as the document says. */
  static void documented(JavaFile file, Operation operation) {
    Docs summary = new Docs(operation.docs().summary(), "", false);
    file.docs(
        new Comment()
            .docs(summary, "")
            .text(route(operation.httpMethod() + " " + operation.path()) + "."));
  }

  static String route(String route) {
    return Markdown.code(route);
  }

  /** Writes a method that gives a sample as its answer. */
  static void typed(
      JavaFile file, Printing printing, Sample sample, String modifiers, String method) {
    Operation operation = sample.operation();
    String response = file.use(operation.response().name().qualified());
    String request = file.use(operation.request().name().qualified());
    file.open(declaration(modifiers + response, method, request + " request"), word(" {"));
    Expressions expressions = new Expressions(printing, file);
    sample
        .answer()
        .flatMap(answer -> expressions.answer(operation, answer))
        .ifPresentOrElse(
            answer -> {
              if (sample.answer().filter(StubMethod::isItems).isPresent()
                  && !expressions.hasItems(operation, sample.answer().get())) {
                file.line("// No item is known that satisfies the document, so none is sent.");
              }
              file.line(word("return "), answer, word(";"));
            },
            () -> unsupported(file, unanswered(operation)));
    file.close();
  }

  private static boolean isItems(Sample.Answer answer) {
    return answer.outcome().content().filter(each -> each.kind() == Content.Kind.ITEMS).isPresent();
  }

  /** Nothing is known of an answer, so there is none until somebody writes it. */
  static void untyped(JavaFile file, String modifiers, String method, String handlerName) {
    file.open(
        declaration(
            modifiers + file.use(HTTP + "HttpResponse"),
            method,
            file.use(DISPATCH + "Request") + " request"),
        word(" {"));
    unsupported(file, handlerName + " is not written yet");
    file.close();
  }

  /** Says to each client that there is nobody yet. */
  static void webSocket(JavaFile file, String modifiers, String method, String handlerName) {
    String status = file.use(WEBSOCKET + "CloseStatus");
    file.open(
        declaration(modifiers + "void", method, file.use(WEBSOCKET + "WebSocket") + " socket"),
        word(" throws " + file.use("java.lang.InterruptedException") + " {"));
    file.line(
        call(
            "socket.close",
            List.of(
                call(
                    "new " + status,
                    List.of(
                        word(status + ".INTERNAL_ERROR"),
                        word(Literals.string(cut(handlerName) + " is not written yet")))))),
        word(";"));
    file.close();
  }

  /** A reason for closing is short (RFC 6455 section 5.5). */
  static String cut(String handlerName) {
    return handlerName.substring(
        0,
        handlerName.offsetByCodePoints(
            0, Math.min(MOST_NAMED, handlerName.codePointCount(0, handlerName.length()))));
  }

  private static void unsupported(JavaFile file, String why) {
    file.line(
        call(
            "throw new " + file.use("java.lang.UnsupportedOperationException"),
            Literals.string(why)),
        word(";"));
  }

  private static String unanswered(Operation operation) {
    return "no answer was found that satisfies " + place(operation) + "; write one";
  }

  private static String place(Operation operation) {
    return operation.origin().location().file() + ":" + operation.origin().location().line();
  }

  /** A method with its parameter: further in where its name is on a line of its own. */
  static Piece declaration(String type, String method, String declared) {
    Piece parameter = list(List.of(word(declared)));
    String head = type + " " + method + "(";
    return METHOD_INDENT + head.length() <= Layout.COLUMNS
        ? group(word(head), parameter, word(")"))
        : group(
            word(type),
            space(4),
            new Layout.Group(List.of(word(method + "("), parameter, word(")")), 4));
  }
}
