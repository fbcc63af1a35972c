package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.chain;
import static io.brrtrouter.codegen.print.Layout.declare;
import static io.brrtrouter.codegen.print.Layout.fill;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.codegen.model.Sample.Pair;
import io.brrtrouter.codegen.model.Sample.Payload;
import io.brrtrouter.codegen.model.Senders;
import io.brrtrouter.codegen.model.Stubs;
import io.brrtrouter.codegen.print.Layout.Piece;
import io.brrtrouter.openapi.model.SequentialMediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Prints what a project begins with: its application, stubs of its handlers, and their tests. */
final class StubPrinter {
  private static final String RUNTIME = "io.brrtrouter.server.runtime.";
  private static final String TESTING = "io.brrtrouter.testing.";
  private static final String DELIVERIES = "io.brrtrouter.outbound.Deliveries";

  /** What the class that sends webhooks and callbacks is called wherever it is handed on. */
  private static final String SENDERS = Stubs.SENDERS;

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY");

  private final Printing printing;
  private final Stubs stubs;

  StubPrinter(Printing printing, Stubs stubs) {
    this.printing = printing;
    this.stubs = stubs;
  }

  private JavaFile file(ClassName name) {
    return new JavaFile(printing, name, Set.of());
  }

  private String title() {
    return Markdown.escape(printing.model().api().title());
  }

  /** {@return the class with {@code main}} */
  JavaFile application(String document, List<String> elsewhere) {
    String name = stubs.application().simpleName();
    JavaFile file = file(stubs.application());
    String application = file.use(RUNTIME + "BrrtApplication");
    String builder = file.use(RUNTIME + "BrrtServer") + ".Builder";
    String resources = file.use(RUNTIME + "Resources");
    file.docs(new Comment().text("Serves " + title() + "."));
    file.open(
        group(word("public final class " + name), fill(4), word("implements " + application)),
        word(" {"));
    file.docs(new Comment().text("The OpenAPI document, relative to the working directory."));
    file.line(
        group(
            word("private static final " + file.use("java.nio.file.Path") + " DOCUMENT ="),
            space(4),
            call(file.use("java.nio.file.Path") + ".of", Literals.string(document))),
        word(";"));
    file.gap();
    file.open("public static void main(" + file.use("java.lang.String") + "[] args) {");
    file.line(call(application + ".run", "new " + name + "()", "DOCUMENT", "args"), word(";"));
    file.close();
    settings(file);
    file.gap();
    file.line("@" + file.use("java.lang.Override"));
    file.open("public void configure(%s builder, %s resources) {".formatted(builder, resources));
    allow(file, elsewhere);
    registrations(file);
    file.close();
    for (Stubs.Plain plain : stubs.plain()) {
      plain(file, plain);
    }
    file.close();
    return file;
  }

  /** Where deliveries are kept, and how they are sent, can be configured. */
  private void settings(JavaFile file) {
    if (printing.model().senders().isPresent()) {
      String list = file.use("java.util.List");
      file.gap();
      file.line("@" + file.use("java.lang.Override"));
      file.open(
          "public %s<%s> settings() {".formatted(list, file.use(RUNTIME + "DeclaredSetting")));
      file.line("return " + file.use(DELIVERIES) + ".settings();");
      file.close();
    }
  }

  private static void allow(JavaFile file, List<String> elsewhere) {
    if (!elsewhere.isEmpty()) {
      String path = file.use("java.nio.file.Path");
      List<Piece> directories =
          elsewhere.stream().map(each -> call(path + ".of", Literals.string(each))).toList();
      file.line("// What the document refers to beside its own directory.");
      file.line(
          call(
              "builder.allowDirectories",
              List.of(call(file.use("java.util.List") + ".of", directories))),
          word(";"));
    }
  }

  /** Nothing is known of an answer, so there is none until somebody writes it. */
  private static void plain(JavaFile file, Stubs.Plain plain) {
    file.gap();
    if (plain.webSocket()) {
      StubMethod.webSocket(file, "private static ", plain.methodName(), plain.handlerName());
    } else {
      StubMethod.untyped(file, "private static ", plain.methodName(), plain.handlerName());
    }
  }

  private void registrations(JavaFile file) {
    String server = file.use(ServerPrinter.server(printing).qualified());
    printing
        .model()
        .senders()
        .ifPresent(senders -> {
          String type = file.use(senders.name().qualified());
          file.line(
              Layout.assign(
                  declare(type, SENDERS),
                  call("new " + type, List.of(call(file.use(DELIVERIES) + ".open", "resources")))),
              word(";"));
        });
    file.line(
        call(server + ".register", "builder", "new " + handlers(file) + "(" + handedOn() + ")"),
        word(";"));
    for (Stubs.Plain plain : stubs.plain()) {
      String method = stubs.application().simpleName() + "::" + plain.methodName();
      file.line(
          call(
              "builder.handler",
              List.of(
                  word(Literals.string(plain.handlerName())),
                  plain.webSocket()
                      ? call(file.use(StubMethod.WEBSOCKET + "WebSockets") + ".handler", method)
                      : word(method))),
          word(";"));
    }
  }

  /** {@return what constructors are given} */
  private String handedOn() {
    return printing.model().senders().isPresent() ? SENDERS : "";
  }

  private String handlers(JavaFile file) {
    return file.use(stubs.handlers().qualified());
  }

  /** {@return the class that names who handles each operation} */
  JavaFile handlers() {
    JavaFile file = file(stubs.handlers());
    String api = file.use(printing.model().api().name().qualified());
    file.docs(
        new Comment()
            .text(
                "Says who handles each operation of "
                    + title()
                    + ". An operation that is added to the document is a method that is missing here."));
    String name = "final class " + stubs.handlers().simpleName();
    if (stubs.groups().isEmpty() && printing.model().senders().isEmpty()) {
      file.line(group(word(name), fill(4), word("implements " + api)), word(" {}"));
      return file;
    }
    file.open(group(word(name), fill(4), word("implements " + api)), word(" {"));
    for (Stubs.Group group : stubs.groups()) {
      String type = file.use(group.name().qualified());
      file.line(
          printing.model().senders().isPresent()
              ? declare("private final " + type, group.member())
              : Layout.assign(
                  declare("private final " + type, group.member()), word("new " + type + "()")),
          word(";"));
    }
    printing
        .model()
        .senders()
        .ifPresent(senders -> {
          constructor(file, stubs.handlers(), senders);
          for (Stubs.Group group : stubs.groups()) {
            file.line(
                Layout.assign(
                    word(group.member()),
                    word("new " + file.use(group.name().qualified()) + "(" + SENDERS + ")")),
                word(";"));
          }
          file.close();
        });
    for (Stubs.Group group : stubs.groups()) {
      for (Sample sample : group.samples()) {
        Operation operation = sample.operation();
        file.gap();
        file.line("@" + file.use("java.lang.Override"));
        file.open(
            declare("public " + file.use(operation.handler().qualified()), operation.methodName()),
            word("() {"));
        file.line(
            group(
                word("return " + group.member()),
                new Layout.Break("", 4, false),
                word("::" + operation.methodName() + ";")));
        file.close();
      }
    }
    file.close();
    return file;
  }

  /** {@return the class with a method for each operation of a group} */
  JavaFile stubs(Stubs.Group group) {
    JavaFile file = file(group.name());
    file.docs(
        new Comment()
            .text("Operations of " + Markdown.code(group.topic()) + ", answered from examples."));
    file.open("final class " + group.name().simpleName() + " {");
    printing
        .model()
        .senders()
        .ifPresent(senders -> {
          file.line(
              declare("private final " + file.use(senders.name().qualified()), SENDERS), word(";"));
          constructor(file, group.name(), senders);
          file.line("this." + SENDERS + " = " + SENDERS + ";");
          file.close();
        });
    for (Sample sample : group.samples()) {
      file.gap();
      StubMethod.documented(file, sample.operation());
      StubMethod.typed(file, printing, sample, "", sample.operation().methodName());
    }
    file.close();
    return file;
  }

  /** Begins a constructor that takes what sends webhooks and callbacks. */
  private static void constructor(JavaFile file, ClassName name, Senders senders) {
    file.gap();
    file.open(
        declare(name.simpleName() + "(" + file.use(senders.name().qualified()), SENDERS + ")"),
        word(" {"));
  }

  /** {@return whether a stub answers, and a request for it is known} */
  boolean isTested(Sample sample) {
    ClassName any = stubs.application();
    return sample.call().isPresent()
        && sample
            .answer()
            .flatMap(
                answer -> new Expressions(printing, file(any)).answer(sample.operation(), answer))
            .isPresent();
  }

  /** {@return the tests of a group: each operation accepts a request and answers as declared} */
  JavaFile test(Stubs.Group group, String document) {
    ClassName name = new ClassName(group.name().packageName(), group.name().simpleName() + "Test");
    JavaFile file = file(name);
    List<Piece> settings = new ArrayList<>();
    settings.add(word("value = " + file.use(stubs.application().qualified()) + ".class"));
    settings.add(word("document = " + Literals.string(document)));
    settings.add(word("speeds = " + file.use(TESTING + "Speed") + ".IN_PROCESS"));
    if (stubs.secured()) {
      settings.add(word("settings = \"security.development=true\""));
    }
    file.line(annotation("@" + file.use(TESTING + "BrrtTest"), settings));
    file.open("final class " + name.simpleName() + " {");
    for (Sample sample : group.samples()) {
      if (isTested(sample)) {
        test(file, sample);
      }
    }
    file.close();
    return file;
  }

  /** An annotation, each value on a line of its own if not all fit on one. */
  private static Piece annotation(String name, List<Piece> values) {
    List<Piece> pieces = new ArrayList<>(List.of(word(name + "(")));
    for (int i = 0; i < values.size(); i++) {
      pieces.add(i == 0 ? new Layout.Break("", 4, false) : space(4));
      pieces.add(values.get(i));
      pieces.add(word(i + 1 < values.size() ? "," : ")"));
    }
    return new Layout.Group(pieces, 0);
  }

  private void test(JavaFile file, Sample sample) {
    Operation operation = sample.operation();
    file.gap();
    file.line("@" + file.use("org.junit.jupiter.api.Test"));
    file.open(
        StubMethod.declaration(
            "void", operation.methodName(), file.use(TESTING + "BrrtClient") + " client"),
        word(" {"));
    Sample.Call request = sample.call().orElseThrow();
    List<Piece> calls = new ArrayList<>();
    String target = Literals.string(request.target());
    calls.add(
        METHODS.contains(operation.httpMethod())
            ? call("." + operation.httpMethod().toLowerCase(java.util.Locale.ROOT), target)
            : call(".request", Literals.string(operation.httpMethod()), target));
    request.query().forEach(each -> calls.add(pair(".query", each)));
    request.headers().forEach(each -> calls.add(pair(".header", each)));
    request.cookies().forEach(each -> calls.add(pair(".cookie", each)));
    request.body().ifPresent(each -> calls.addAll(body(each)));
    Sample.Answer answer = sample.answer().orElseThrow();
    boolean stream = isStream(operation, answer);
    calls.add(word(stream ? ".stream()" : ".send()"));
    calls.add(call(".expect", String.valueOf(answer.status())));
    // What another file imports is of no use here.
    JavaFile other = file(stubs.application());
    if (stream && new Expressions(printing, other).hasItems(operation, answer)) {
      file.open(
          group(
              word("try ("),
              Layout.assign(
                  declare(file.use(TESTING + "TestStream"), "stream"),
                  chain(word("client"), calls)),
              word(")")),
          word(" {"));
      file.line("stream.next();");
      file.close();
    } else {
      if (stream) {
        calls.add(word(".close()"));
      }
      file.line(chain(word("client"), calls), word(";"));
    }
    file.close();
  }

  /** A response that may have no end is not waited for. */
  private static boolean isStream(Operation operation, Sample.Answer answer) {
    return !operation.httpMethod().equalsIgnoreCase("HEAD")
        && answer
            .outcome()
            .content()
            .flatMap(content -> SequentialMediaType.of(content.mediaType()))
            .filter(kind -> kind != SequentialMediaType.PARTS)
            .isPresent();
  }

  private static Piece pair(String method, Pair pair) {
    return call(method, Literals.string(pair.name()), Literals.string(pair.value()));
  }

  private static List<Piece> body(Payload payload) {
    return switch (payload) {
      case Payload.Text(String type, String text) when type.equals("application/json") ->
          List.of(call(".json", Literals.string(text)));
      case Payload.Text(String type, String text) ->
          List.of(call(".body", Literals.string(type), Literals.string(text)));
      case Payload.Form(List<Pair> fields) ->
          fields.stream().map(each -> pair(".field", each)).toList();
      case Payload.Multipart(List<Pair> parts) ->
          parts.stream().map(each -> pair(".part", each)).toList();
    };
  }
}
