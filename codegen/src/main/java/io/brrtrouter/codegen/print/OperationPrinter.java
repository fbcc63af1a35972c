package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.fill;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.list;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Operation.Outcome;
import io.brrtrouter.codegen.model.Operation.Status;
import io.brrtrouter.codegen.model.Parameter;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prints requests, responses, handlers and the interface of all operations. */
final class OperationPrinter {
  private final Printing printing;

  OperationPrinter(Printing printing) {
    this.printing = printing;
  }

  List<JavaFile> print(Operation operation) {
    List<JavaFile> files = new ArrayList<>();
    files.add(request(operation.request(), line(operation)));
    files.add(response(operation));
    files.add(handler(operation));
    operation
        .conversation()
        .map(each -> ConversationPrinter.print(printing, each, line(operation)))
        .ifPresent(files::addAll);
    return files;
  }

  private static String line(Operation operation) {
    return Markdown.code(operation.httpMethod() + " " + operation.path());
  }

  /**
   * {@return the record of a request}
   *
   * @param request the request
   * @param what what it is a request of
   */
  JavaFile request(Operation.Request request, String what) {
    String name = request.name().simpleName();
    Optional<Operation.Body> union = request.body().filter(Operation.Body::isUnion);
    Set<String> nested = new HashSet<>(Set.of("Builder", "Body"));
    union.ifPresent(
        body -> body.contents().forEach(each -> nested.add(each.wrapper().orElseThrow())));
    JavaFile file = new JavaFile(printing, request.name(), nested);
    RecordPrinter printer = new RecordPrinter(printing, file);
    List<Slot> slots = new ArrayList<>();
    for (Parameter parameter : request.parameters()) {
      slots.add(described(printer.slot(parameter.component()), parameter));
    }
    request.body().ifPresent(body -> slots.add(body(file, printer, body)));
    Comment comment = new Comment().text("A request of " + what + ".");
    slots.forEach(slot -> comment.param(slot.name(), slot.docs()));
    file.docs(comment);
    RecordPrinter.Shape shape =
        new RecordPrinter.Shape(
            "public",
            name,
            name,
            slots,
            List.of(),
            () -> {},
            false,
            () -> union.ifPresent(body -> bodies(file, name, body)));
    if (union.isEmpty()) {
      printer.printBare(shape);
    } else {
      printer.print(shape);
    }
    return file;
  }

  private static Slot described(Slot slot, Parameter parameter) {
    return slot.described(
        parameter.component().docs(),
        parameter.in().word() + " parameter " + Markdown.code(parameter.component().property()));
  }

  private static Slot body(JavaFile file, RecordPrinter printer, Operation.Body body) {
    Docs docs = body.docs().description().isEmpty() ? new Docs("", "the body", false) : body.docs();
    Presence presence = body.required() ? new Presence.Required() : new Presence.Optional();
    Content content = body.contents().getFirst();
    Slot slot =
        printer
            .slot(new Component(body.name(), body.name(), content.value(), presence, docs))
            .unnamed();
    if (!body.isUnion()) {
      return slot;
    }
    String type = body.required() ? "Body" : "@" + file.use(TypeText.NULLABLE) + " Body";
    return new Slot(
        body.name(),
        type,
        () -> "@" + file.use(TypeText.NULLABLE) + " Body",
        body.required() ? Component.Form.PLAIN : Component.Form.NULLABLE,
        false,
        Slot.Copy.NONE,
        Optional.empty(),
        !body.required(),
        false,
        Markdown.paragraph(docs.description()));
  }

  /** The body as one of several media types that differ in type. */
  private void bodies(JavaFile file, String owner, Operation.Body body) {
    file.docs(new Comment().text("A body in one of the media types of the operation."));
    file.open("public sealed interface Body {");
    for (Content content : body.contents()) {
      String wrapper = content.wrapper().orElseThrow();
      RecordPrinter printer = new RecordPrinter(printing, file);
      Slot slot = printer.slot(value(content.value())).unnamed();
      file.docs(
          new Comment()
              .text("A body in " + Markdown.code(content.mediaType()) + ".")
              .param("value", ("the value. " + Words.constraints(content.value())).strip()));
      printer.printBare(
          new RecordPrinter.Shape(
              "",
              wrapper,
              owner + "." + wrapper,
              List.of(slot),
              List.of("Body"),
              () -> {},
              false,
              () -> {}));
      file.gap();
    }
    file.close();
    file.gap();
  }

  private static Component value(Value value) {
    return new Component("value", "value", value, new Presence.Required(), Docs.NONE);
  }

  private JavaFile response(Operation operation) {
    Operation.Response response = operation.response();
    String name = response.name().simpleName();
    Set<String> nested = new HashSet<>(Set.of("Builder"));
    response.outcomes().forEach(outcome -> nested.add(outcome.name()));
    JavaFile file = new JavaFile(printing, response.name(), nested);
    file.docs(new Comment().text("A response to " + line(operation) + "."));
    file.open(group(word("public sealed"), space(0), word("interface " + name + " {")));
    for (Outcome outcome : response.outcomes()) {
      outcome(file, name, outcome);
      file.gap();
    }
    file.close();
    return file;
  }

  private void outcome(JavaFile file, String response, Outcome outcome) {
    RecordPrinter printer = new RecordPrinter(printing, file);
    List<Slot> slots = new ArrayList<>();
    if (!(outcome.status() instanceof Status.Exactly)) {
      slots.add(status(file));
    }
    outcome.content().ifPresent(content -> slots.add(content(printer, content)));
    outcome.conversation().ifPresent(each -> slots.add(ConversationPrinter.slot(file, each)));
    for (Operation.Header each : outcome.headers()) {
      Component header = each.component();
      slots.add(header(printer.slot(header), header));
    }
    Comment comment = new Comment().docs(outcome.docs(), "").text(status(outcome));
    slots.forEach(slot -> comment.param(slot.name(), slot.docs()));
    file.docs(comment);
    boolean isOpen = !(outcome.status() instanceof Status.Exactly);
    printer.printBare(
        new RecordPrinter.Shape(
            "",
            outcome.name(),
            response + "." + outcome.name(),
            slots,
            List.of(response),
            () -> check(file, outcome.status()),
            isOpen,
            () -> {}));
  }

  private static Slot status(JavaFile file) {
    return new Slot(
        "status",
        "int",
        () -> "@" + file.use(TypeText.NULLABLE) + " " + file.use("java.lang.Integer"),
        Component.Form.PLAIN,
        true,
        Slot.Copy.NONE,
        Optional.empty(),
        false,
        false,
        "the status");
  }

  private static Slot header(Slot slot, Component header) {
    return slot.described(header.docs(), "header " + Markdown.code(header.property()));
  }

  private static Slot content(RecordPrinter printer, Content content) {
    Docs docs = new Docs("", "the body, " + Markdown.code(content.mediaType()), false);
    return printer
        .slot(new Component("body", "body", content.value(), new Presence.Required(), docs))
        .unnamed();
  }

  private static String status(Outcome outcome) {
    return switch (outcome.status()) {
      case Status.Exactly(var code) -> "Status " + code + ".";
      case Status.Range(var hundreds) ->
          "Any status from " + hundreds + "00 to " + hundreds + "99.";
      case Status.Otherwise() -> "Any status that has no record of its own.";
    };
  }

  private static void check(JavaFile file, Status status) {
    int from = status instanceof Status.Range(var hundreds) ? hundreds * 100 : 100;
    int to = status instanceof Status.Range(var hundreds) ? from + 99 : 599;
    if (status instanceof Status.Exactly) {
      return;
    }
    file.open("if (status < " + from + " || status > " + to + ") {");
    file.line(
        call(
            "throw new " + file.use("java.lang.IllegalArgumentException"),
            "\"the status must be between " + from + " and " + to + ": \" + status"),
        word(";"));
    file.close();
  }

  private JavaFile handler(Operation operation) {
    String name = operation.handler().simpleName();
    JavaFile file = new JavaFile(printing, operation.handler(), Set.of());
    file.docs(new Comment().docs(operation.docs(), "Handles " + line(operation) + "."));
    file.line("@" + file.use("java.lang.FunctionalInterface"));
    file.open(group(word("public"), space(0), word("interface " + name + " {")));
    file.docs(
        new Comment()
            .text("Handles one request. May block, and may be called by several threads at once.")
            .param("request", "the request, valid as the document says"));
    file.line(
        group(
            group(word(operation.response().name().simpleName()), space(4), word("handle")),
            word("("),
            list(List.of(word(operation.request().name().simpleName() + " request"))),
            word(")"),
            fill(4),
            word("throws " + file.use("java.lang.Exception"))),
        word(";"));
    file.close();
    return file;
  }

  /** {@return the interface of all operations} */
  JavaFile api() {
    String name = printing.model().api().name().simpleName();
    JavaFile file = new JavaFile(printing, printing.model().api().name(), Set.of());
    file.docs(
        new Comment()
            .docs(printing.model().api().docs(), "")
            .text(
                "Every operation of "
                    + Markdown.escape(printing.model().api().title())
                    + ": a method without an implementation does not compile."));
    if (printing.model().operations().isEmpty()) {
      file.line("public interface " + name + " {}");
      return file;
    }
    file.open(group(word("public"), space(0), word("interface " + name + " {")));
    for (Operation operation : printing.model().operations()) {
      file.gap();
      file.docs(
          new Comment()
              .docs(operation.docs(), "")
              .text(
                  line(operation)
                      + ", "
                      + Markdown.code(
                          operation.origin().location().file()
                              + ":"
                              + operation.origin().location().line())
                      + "."));
      file.line(
          group(word(operation.handler().simpleName()), space(4), word(operation.methodName())),
          word("();"));
    }
    file.close();
    return file;
  }
}
