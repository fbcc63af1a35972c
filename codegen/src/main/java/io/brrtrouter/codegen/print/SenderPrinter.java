package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.assign;
import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.SchemaCopies;
import io.brrtrouter.codegen.model.Senders;
import io.brrtrouter.codegen.model.Sending;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Prints what sends the requests of webhooks and callbacks. */
final class SenderPrinter {
  private static final int INDENT = 2;
  private static final String CONTENT = "/content/";
  private static final String OUTBOUND = "io.brrtrouter.outbound.";

  private final Printing printing;
  private final Senders senders;
  private final SchemaCopies copies;

  SenderPrinter(Printing printing, Senders senders, SchemaCopies copies) {
    this.printing = printing;
    this.senders = senders;
    this.copies = copies;
  }

  private String packageName() {
    return senders.name().packageName();
  }

  /** {@return the record of a request, and the class that writes it} */
  List<JavaFile> print(Sending sending) {
    return List.of(
        new OperationPrinter(printing).request(sending.request(), "the " + named(sending.what())),
        message(sending));
  }

  /** The kind of a request stands before its name, and the name of the operation after it. */
  private static String named(String what) {
    int name = what.indexOf(' ') + 1;
    int of = what.lastIndexOf(" of ");
    String begin = what.substring(0, name);
    return what.startsWith("callback ") && of > 0
        ? begin
            + Markdown.code(what.substring(name, of))
            + " of "
            + Markdown.code(what.substring(of + 4))
        : begin + Markdown.code(what.substring(name));
  }

  // What writes one request.

  private JavaFile message(Sending sending) {
    JavaFile file = new JavaFile(printing, sending.message(), Set.of());
    List<Origin> schemas = sending.schemas().toList();
    ContentConstants constants =
        new ContentConstants(file, packageName(), copies, schemas, begin(schemas));
    RequestPrinter request = new RequestPrinter(printing, file, sending.request(), constants);
    String name = sending.message().simpleName();
    String type = file.use(sending.request().name().qualified());
    String writer = constants.support("RequestWriter");
    file.docs(new Comment().text("Writes the " + named(sending.what()) + "."));
    file.open("final class " + name + " {");
    constants.repeated();
    request.constants();
    file.gap();
    file.line("private " + name + "() {}");
    file.gap();
    file.open(
        Layout.method(INDENT, "static " + writer, "of", List.of(word(type + " request"))),
        word(" {"));
    file.line(
        assign(
            Layout.declare(writer, "writer"),
            call(
                "new " + writer,
                Literals.string(sending.id()),
                Literals.string(sending.httpMethod()),
                "true")),
        word(";"));
    request.parameters();
    request.body();
    file.line("return writer;");
    file.close();
    file.close();
    return file;
  }

  /** Schemas of one request stand below its content, wherever that is. */
  private static String begin(List<Origin> schemas) {
    return schemas.stream()
        .map(Origin::pointer)
        .filter(pointer -> pointer.contains(CONTENT))
        .map(pointer -> pointer.substring(0, pointer.indexOf(CONTENT)))
        .findFirst()
        .orElse("");
  }

  // The class of all.

  /** {@return the class that has methods for each request} */
  JavaFile senders() {
    String name = senders.name().simpleName();
    JavaFile file = new JavaFile(printing, senders.name(), Set.of());
    String sender = file.use(OUTBOUND + "Sender");
    file.docs(
        new Comment()
            .text(
                "Sends what "
                    + Markdown.escape(printing.model().api().title())
                    + " sends by itself: two methods for each request of its webhooks and"
                    + " callbacks. Immutable, and thread-safe.")
            .text(
                "A method returns when the request is written down, before it is sent; with a"
                    + " connection, the request is part of that transaction, and is sent if it is"
                    + " committed. What is returned is what the request is known by, and the value"
                    + " of its `Idempotency-Key`.")
            .text(
                "A body that is not what its schema says, and a value that cannot be written, is an"
                    + " `IllegalArgumentException`, as is a receiver that nothing may be sent to;"
                    + " nothing is sent then."));
    file.open("public final class " + name + " {");
    for (Senders.Url url : senders.urls()) {
      url(file, url);
      file.gap();
    }
    file.line("private final " + sender + " sender;");
    file.gap();
    file.docs(
        new Comment()
            .text("Senders that hand over to another one.")
            .param("sender", "who writes requests down and sends them"));
    file.open("public " + name + "(" + sender + " sender) {");
    file.line("this.sender = sender;");
    file.close();
    senders.sendings().forEach(sending -> methods(file, sending));
    if (!senders.sendings().isEmpty()) {
      message(file);
    }
    file.close();
    return file;
  }

  private static void url(JavaFile file, Senders.Url url) {
    String type = file.use(OUTBOUND + "CallbackUrl");
    file.docs(
        new Comment()
            .text(
                "Where the callback "
                    + Markdown.code(url.callback())
                    + " of "
                    + Markdown.code(url.operation())
                    + " is sent: "
                    + Markdown.code(url.expression())
                    + "."));
    file.line(
        Layout.member(
            INDENT,
            "public static final " + type,
            url.constant(),
            call(type + ".of", Literals.string(url.expression()))),
        word(";"));
  }

  private static void methods(JavaFile file, Sending sending) {
    file.gap();
    file.docs(docs(sending));
    method(file, sending, List.of());
    file.gap();
    file.docs(
        new Comment()
            .text(
                "Sends the "
                    + named(sending.what())
                    + " if a transaction is committed: as the method without one.")
            .param("transaction", "a connection with a transaction begun"));
    method(file, sending, List.of(file.use("java.sql.Connection") + " transaction"));
  }

  private static Comment docs(Sending sending) {
    Comment comment =
        new Comment()
            .docs(sending.docs(), "")
            .text(
                "Sends the "
                    + named(sending.what())
                    + ", "
                    + Markdown.code(
                        sending.origin().location().file()
                            + ":"
                            + sending.origin().location().line())
                    + ".");
    for (Sending.Answer answer : sending.answers()) {
      String description = Markdown.paragraph(answer.description());
      comment.text(
          "Answer "
              + Markdown.code(answer.status())
              + (description.isEmpty() ? "." : ": " + description));
    }
    return comment;
  }

  private static void method(JavaFile file, Sending sending, List<String> first) {
    List<String> parameters = new ArrayList<>(first);
    parameters.add(file.use(OUTBOUND + "Receiver") + " receiver");
    parameters.add(file.use(sending.request().name().qualified()) + " request");
    file.open(
        Layout.method(
            INDENT,
            "public " + file.use("java.util.UUID"),
            sending.methodName(),
            parameters.stream().map(Layout::word).toList()),
        word(" {"));
    List<Layout.Piece> arguments = new ArrayList<>();
    if (!first.isEmpty()) {
      arguments.add(word("transaction"));
    }
    arguments.add(word("receiver"));
    arguments.add(
        call("message", List.of(call(file.use(sending.message().qualified()) + ".of", "request"))));
    file.line(word("return "), call("sender.send", arguments), word(";"));
    file.close();
  }

  private void message(JavaFile file) {
    String message = file.use(OUTBOUND + "OutgoingMessage");
    file.gap();
    file.open(
        Layout.method(
            INDENT,
            "private static " + message,
            "message",
            List.of(word(file.use(packageName() + ".RequestWriter") + " writer"))),
        word(" {"));
    file.line(
        word("return "),
        call(
            "new " + message,
            "writer.operation()",
            "writer.method()",
            "writer.query()",
            "writer.headers()",
            "writer.contentType()",
            "writer.octets()"),
        word(";"));
    file.close();
  }
}
