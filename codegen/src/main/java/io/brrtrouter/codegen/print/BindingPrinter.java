package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.assign;
import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.declare;
import static io.brrtrouter.codegen.print.Layout.fill;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Binding;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Operation.Outcome;
import io.brrtrouter.codegen.model.Operation.Status;
import io.brrtrouter.codegen.model.Parameter;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.schema.codec.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Prints what stands between the server and the handler of one operation. Used once. */
final class BindingPrinter {
  private static final String DISPATCH = "io.brrtrouter.server.dispatch.";
  private static final int INDENT = 2;
  private static final String DECODE = "io.brrtrouter.server.decode.";
  private static final String ITEM_STREAM = "io.brrtrouter.server.stream.ItemStream";

  private final Printing printing;
  private final Operation operation;
  private final JavaFile file;
  private final TypeText types;
  private final Set<String> members = new HashSet<>(Set.of("BINDINGS"));
  private final Map<Content, String> bodies = new HashMap<>();
  private final Map<Outcome, String> contents = new HashMap<>();
  private final Map<ClassName, String> parameterTypes = new HashMap<>();

  /** The constant of the messages of a WebSocket. */
  private String messages = "";

  BindingPrinter(Printing printing, Operation operation) {
    this.printing = printing;
    this.operation = operation;
    this.file =
        new JavaFile(
            printing,
            new ClassName(ServerPrinter.packageName(printing), name(operation)),
            Set.of());
    this.types = new TypeText(file);
  }

  /** {@return the simple name of an operation's binding} */
  static String name(Operation operation) {
    String handler = operation.handler().simpleName();
    return handler.substring(0, handler.length() - "Handler".length()) + "Binding";
  }

  JavaFile print() {
    String name = name(operation);
    String handler = file.use(operation.handler().qualified());
    file.docs(
        new Comment()
            .text(
                "Binds "
                    + Markdown.code(operation.httpMethod() + " " + operation.path())
                    + " to its handler."));
    file.open(
        group(
            group(word("final"), space(0), word("class " + name)),
            fill(4),
            word(
                "implements "
                    + file.use(DISPATCH + "TypedHandler")
                    + (operation.conversation().isPresent()
                        ? ", " + file.use(DISPATCH + "WebSocketOpening")
                        : "")),
            word(" {")));
    constants();
    file.gap();
    file.line(declare("private final " + handler, "handler"), word(";"));
    file.gap();
    file.open(call(name, List.of(word(handler + " handler"))), word(" {"));
    file.line("this.handler = handler;");
    file.close();
    file.gap();
    file.line("@" + file.use("java.lang.Override"));
    file.open("public Bindings bindings() {");
    file.line("return BINDINGS;");
    file.close();
    file.gap();
    file.line("@" + file.use("java.lang.Override"));
    file.open(
        group(
            call(
                "public " + file.use(DISPATCH + "TypedResponse") + "<?> answer",
                List.of(word(file.use(DISPATCH + "Request") + " request"))),
            fill(4),
            word("throws " + file.use("java.lang.Exception"))),
        word(" {"));
    List<Piece> answered = new ArrayList<>();
    answered.add(
        call(
            file.use("java.util.Objects") + ".requireNonNull",
            List.of(
                word("handler.handle(read(request))"),
                word(Literals.string(operation.methodName() + " answered null")))));
    if (asksTheRequest()) {
      answered.add(word("request"));
    }
    file.line(word("return "), call("write", answered), word(";"));
    file.close();
    read();
    write();
    file.close();
    return file;
  }

  // What the code was generated from.

  private void constants() {
    operation.request().body().ifPresent(body -> body.contents().forEach(this::bodyConstant));
    operation.response().outcomes().forEach(this::contentConstant);
    operation.request().parameters().forEach(this::parameterType);
    List<Piece> arguments =
        new ArrayList<>(
            List.of(
                word(Literals.string(operation.request().name().qualified())),
                call(
                    "new Bindings.OperationName",
                    List.of(
                        word(Literals.string(operation.handlerName())),
                        word(Literals.string(operation.httpMethod())),
                        word(Literals.string(operation.path())))),
                listOf(operation.request().parameters().stream().map(this::binding).toList()),
                word(
                    String.valueOf(
                        operation.request().body().stream().anyMatch(Operation.Body::required))),
                listOf(
                    operation.request().body().stream()
                        .flatMap(body -> body.contents().stream())
                        .map(content -> word(constant(content)))
                        .toList()),
                listOf(
                    operation.response().outcomes().stream()
                        .filter(contents::containsKey)
                        .map(outcome -> word(constant(outcome)))
                        .toList())));
    operation
        .conversation()
        .ifPresent(each -> {
          messages = ConversationPrinter.constants(this, file, each);
          arguments.add(call(file.use("java.util.Optional") + ".of", messages));
        });
    constant("Bindings", "BINDINGS", call("new Bindings", arguments));
  }

  void constant(String type, String name, Piece value) {
    file.line(Layout.member(INDENT, "private static final " + type, name, value), word(";"));
  }

  String take(String wanted) {
    String free = wanted;
    for (int i = 2; !members.add(free); i++) {
      free = wanted + "_" + i;
    }
    return free;
  }

  private Piece listOf(List<? extends Piece> items) {
    return call(file.use("java.util.List") + ".of", items);
  }

  private String constant(Content content) {
    return Objects.requireNonNull(bodies.get(content), "a body has a constant");
  }

  private String constant(Outcome outcome) {
    return Objects.requireNonNull(contents.get(outcome), "a response's content has a constant");
  }

  private void bodyConstant(Content content) {
    String name = take(content.wrapper().map(CodecBody::upper).orElse("BODY"));
    bodies.put(content, name);
    String type = file.use(DECODE + "BodyBinding");
    String mediaType = Literals.string(content.mediaType());
    if (content.binding().isEmpty()) {
      String own = type + (content.kind() == Content.Kind.STREAM ? ".Streamed" : ".Octets");
      constant(own, name, call("new " + own, List.of(word(mediaType))));
      return;
    }
    Binding binding = content.binding().get();
    List<Piece> arguments = new ArrayList<>();
    arguments.add(word(mediaType));
    arguments.add(word(instance(binding.codec())));
    if (content.kind() == Content.Kind.ITEMS) {
      arguments.add(fingerprint(binding.fingerprint()));
      String own = type + (isStreamed(content) ? ".Items" : ".ItemList");
      constant(
          own + "<" + argument(content.item()) + ">", name, call("new " + own + "<>", arguments));
      return;
    }
    arguments.add(word(String.valueOf(isFused(content, binding))));
    arguments.add(fingerprint(binding.fingerprint()));
    arguments.addAll(files(content));
    constant(
        type + ".Value<" + argument(content.value()) + ">",
        name,
        call("new " + type + ".Value<>", arguments));
  }

  private static boolean isStreamed(Content content) {
    return content.value().type() instanceof JavaType.ItemsOf;
  }

  /** What parts of a multipart body are files, where any are. */
  private List<Piece> files(Content content) {
    if (content.kind() != Content.Kind.MULTIPART
        || !(content.value().type() instanceof JavaType.Declared(var name))
        || !(printing.known().get(name) instanceof Declaration.ObjectRecord record)) {
      return List.of();
    }
    List<Piece> files = new ArrayList<>();
    for (Component component : record.components()) {
      JavaType type = component.value().type();
      boolean several = type instanceof JavaType.ListOf;
      JavaType one = type instanceof JavaType.ListOf(var items) ? items.type() : type;
      if (one.equals(new JavaType.Simple(Scalar.FILE))) {
        files.add(
            call(
                "new " + file.use(DECODE + "BodyBinding") + ".File",
                Literals.string(component.property()),
                String.valueOf(several)));
      }
    }
    return files.isEmpty() ? files : List.of(listOf(files));
  }

  private static boolean isFused(Content content, Binding binding) {
    return content.kind() == Content.Kind.JSON && binding.isFused();
  }

  private void contentConstant(Outcome outcome) {
    if (outcome.content().isEmpty()) {
      return;
    }
    Content content = outcome.content().get();
    String name = take(CodecBody.upper(outcome.name()));
    contents.put(outcome, name);
    String type = file.use(DISPATCH + "ContentBinding");
    List<Piece> arguments = new ArrayList<>();
    arguments.add(word(Literals.string(status(outcome.status()))));
    arguments.add(word(Literals.string(content.mediaType())));
    if (content.binding().isEmpty()) {
      constant(type + ".Octets", name, call("new " + type + ".Octets", arguments));
      return;
    }
    Binding binding = content.binding().get();
    boolean json = content.kind() == Content.Kind.JSON;
    arguments.add(word(instance(binding.codec())));
    if (json) {
      arguments.add(word(String.valueOf(binding.isFused())));
    }
    arguments.add(fingerprint(binding.fingerprint()));
    boolean items = content.kind() == Content.Kind.ITEMS;
    String own = type + (json ? ".JsonContent" : items ? ".Items" : ".Text");
    constant(
        own + "<" + argument(content.item()) + ">", name, call("new " + own + "<>", arguments));
  }

  private static String status(Status status) {
    return switch (status) {
      case Status.Exactly(int code) -> Integer.toString(code);
      case Status.Range(int hundreds) -> hundreds + "XX";
      case Status.Otherwise() -> "default";
    };
  }

  Piece fingerprint(Optional<Fingerprint> fingerprint) {
    String optional = file.use("java.util.Optional");
    return fingerprint
        .map(print ->
            call(
                optional + ".of",
                List.of(
                    call(
                        "new " + file.use("io.brrtrouter.schema.codec.Fingerprint"),
                        List.of(
                            word(Literals.string(print.shape())),
                            word(Literals.string(print.constraints())))))))
        .orElseGet(() -> word(optional + ".empty()"));
  }

  private Piece binding(Parameter parameter) {
    return call(
        "new " + file.use(DECODE + "ParameterBinding"),
        List.of(
            word(
                file.use("io.brrtrouter.openapi.model.ParameterLocation")
                    + "."
                    + parameter.in().name()),
            word(Literals.string(parameter.component().property())),
            word(String.valueOf(parameter.component().presence() instanceof Presence.Required)),
            fingerprint(parameter.fingerprint())));
  }

  private void parameterType(Parameter parameter) {
    parameter
        .codec()
        .filter(codec -> !parameterTypes.containsKey(codec))
        .ifPresent(codec -> {
          String name = take(CodecBody.upper(parameter.component().name()) + "_TYPE");
          parameterTypes.put(codec, name);
          String type = file.use(DECODE + "ParameterType");
          constant(
              type + "<" + types.boxed(parameter.component().value().type()) + ">",
              name,
              call(type + ".of", List.of(word(instance(codec)))));
        });
  }

  String instance(ClassName codec) {
    return file.use(codec.qualified()) + ".INSTANCE";
  }

  String argument(Value value) {
    return value.nullable() ? types.nullable(value.type()) : types.boxed(value.type());
  }

  // Reading.

  private void read() {
    String type = file.use(operation.request().name().qualified());
    file.gap();
    file.open(
        Layout.method(
            INDENT,
            "private static " + type,
            "read",
            List.of(word(file.use(DISPATCH + "Request") + " request"))),
        word(" {"));
    operation.request().parameters().stream()
        .map(parameter -> from(parameter.in()))
        .distinct()
        .forEach(from ->
            file.line(
                file.use(DECODE + "Parameters")
                    + " "
                    + from
                    + " = request."
                    + from
                    + "Parameters();"));
    List<Piece> arguments = new ArrayList<>();
    operation.request().parameters().forEach(each -> arguments.add(argument(each)));
    operation.request().body().ifPresent(body -> arguments.add(body(body)));
    file.line(word("return "), call("new " + type, arguments), word(";"));
    file.close();
    operation
        .request()
        .body()
        .filter(body -> body.contents().size() > 1)
        .ifPresent(body -> bodyMethod(body, type));
  }

  private static String from(ParameterLocation in) {
    return switch (in) {
      case PATH -> "path";
      case QUERY, QUERYSTRING -> "query";
      case HEADER -> "header";
      case COOKIE -> "cookie";
    };
  }

  private Piece argument(Parameter parameter) {
    String how =
        switch (parameter.component().form()) {
          case PLAIN -> "get";
          case NULLABLE -> "find";
          case FIELD -> "field";
        };
    return call(
        from(parameter.in()) + "." + how,
        List.of(word(Literals.string(parameter.component().property())), word(type(parameter))));
  }

  private String type(Parameter parameter) {
    return parameter
        .codec()
        .map(parameterTypes::get)
        .orElseGet(() ->
            file.use(DECODE + "ParameterType")
                + "."
                + constant(parameter.component().value().type()));
  }

  private static String constant(JavaType type) {
    if (!(type instanceof JavaType.Simple(Scalar scalar))) {
      return "TREE";
    }
    return switch (scalar) {
      case INT -> "INT";
      case LONG, INTEGER -> "LONG";
      case BOOLEAN -> "BOOLEAN";
      case STRING -> "STRING";
      case BIG_DECIMAL -> "DECIMAL";
      case DECIMAL_TEXT -> "DECIMAL_TEXT";
      case BIG_INTEGER,
          FLOAT,
          DOUBLE,
          DATE_TIME,
          DATE,
          UUID,
          URI,
          BASE64,
          BINARY,
          FILE,
          STREAM,
          EVENT ->
          throw new IllegalArgumentException(scalar + " needs a codec");
    };
  }

  private Piece body(Operation.Body body) {
    if (body.contents().size() > 1) {
      return word("body(request)");
    }
    Content content = body.contents().getFirst();
    return read(content, isField(content, body) ? "bodyField" : "body");
  }

  private static boolean isField(Content content, Operation.Body body) {
    return !body.isUnion() && !body.required() && content.value().nullable();
  }

  private Piece read(Content content, String how) {
    String method = isStreamed(content) ? "items" : how;
    return word("request." + method + "(" + constant(content) + ")");
  }

  private void bodyMethod(Operation.Body body, String owner) {
    List<Content> contents = body.contents();
    Content last = contents.getLast();
    boolean field = isField(last, body);
    String type =
        body.isUnion()
            ? (body.required() ? owner + ".Body" : nullable(owner + ".Body"))
            : types.of(
                last.value().type(),
                new Component("body", "body", last.value(), presence(body), Docs.NONE).form());
    file.gap();
    file.open(
        Layout.method(
            INDENT,
            "private static " + type,
            "body",
            List.of(word(file.use(DISPATCH + "Request") + " request"))),
        word(" {"));
    List<Content> asked =
        body.isUnion() && !body.required() ? contents : contents.subList(0, contents.size() - 1);
    for (Content content : asked) {
      file.open("if (request.hasBody(" + constant(content) + ")) {");
      file.line(word("return "), made(content, owner, field), word(";"));
      file.close();
    }
    if (asked.size() < contents.size()) {
      file.line(word("return "), made(last, owner, field), word(";"));
    } else {
      file.line("return null;");
    }
    file.close();
  }

  private static Presence presence(Operation.Body body) {
    return body.required() ? new Presence.Required() : new Presence.Optional();
  }

  private String nullable(String qualified) {
    int dot = qualified.lastIndexOf('.');
    String annotation = "@" + file.use(TypeText.NULLABLE) + " ";
    return qualified.substring(0, dot + 1) + annotation + qualified.substring(dot + 1);
  }

  private Piece made(Content content, String owner, boolean field) {
    Piece value = read(content, field ? "bodyField" : "body");
    return content
        .wrapper()
        .map(wrapper -> call("new " + owner + ".Body." + wrapper, List.of(value)))
        .orElse(value);
  }

  // Writing.

  private void write() {
    String response = file.use(operation.response().name().qualified());
    List<Piece> parameters = new ArrayList<>(List.of(word(response + " response")));
    if (asksTheRequest()) {
      parameters.add(word(file.use(DISPATCH + "Request") + " request"));
    }
    file.gap();
    file.open(
        Layout.method(
            INDENT,
            "private static " + file.use(DISPATCH + "TypedResponse") + "<?>",
            "write",
            parameters),
        word(" {"));
    file.open("return switch (response) {");
    for (Outcome outcome : operation.response().outcomes()) {
      file.line(
          group(
              group(
                  group(
                      word("case " + response),
                      new Layout.Break("", 12, false),
                      word("." + outcome.name())),
                  space(8),
                  word("answer")),
              word(" ->"),
              space(4),
              new Layout.Group(List.of(answer(outcome)), 4),
              word(";")));
    }
    file.close("};");
    file.close();
    operation.response().outcomes().stream()
        .filter(outcome -> !outcome.headers().isEmpty())
        .forEach(outcome -> {
          List<Outcome> alike = alike(outcome);
          if (alike.size() == 1) {
            headers(outcome, List.of(word(response + "." + outcome.name() + " answer")), "answer.");
          } else if (alike.getFirst().equals(outcome)) {
            headers(outcome, parameters(outcome), "");
          }
        });
  }

  /** The answers of one status, whose header fields are the same in each media type. */
  private List<Outcome> alike(Outcome outcome) {
    return operation.response().outcomes().stream()
        .filter(each -> each.status().equals(outcome.status()))
        .toList();
  }

  private List<Piece> parameters(Outcome outcome) {
    return outcome.headers().stream()
        .map(Operation.Header::component)
        .map(each -> word(types.of(each.value().type(), each.form()) + " " + local(each)))
        .toList();
  }

  /** The variable of a header field; others of the method have two names. */
  private static String local(Component component) {
    boolean isTaken = Set.of("headers", "value").contains(component.name());
    return component.name() + (isTaken ? "_" : "");
  }

  private String headersOf(Outcome outcome) {
    return alike(outcome).size() == 1
        ? "headers"
        : "headersOf"
            + Character.toUpperCase(status(outcome.status()).charAt(0))
            + status(outcome.status()).substring(1);
  }

  private Piece headersCall(Outcome outcome) {
    if (outcome.headers().isEmpty()) {
      return word(file.use("io.brrtrouter.server.http.Headers") + ".empty()");
    }
    return call(
        headersOf(outcome),
        alike(outcome).size() == 1
            ? List.of(word("answer"))
            : outcome.headers().stream()
                .map(header -> word("answer." + header.component().name() + "()"))
                .toList());
  }

  private Piece answer(Outcome outcome) {
    String typed = file.use(DISPATCH + "TypedResponse");
    Piece headers = headersCall(outcome);
    if (outcome.conversation().isPresent()) {
      return call(
          file.use("io.brrtrouter.server.websocket.WebSockets") + ".open",
          List.of(word("request"), headers, word(messages), word("answer.body()")));
    }
    String status =
        outcome.status() instanceof Status.Exactly(int code)
            ? Integer.toString(code)
            : "answer.status()";
    if (isItems(outcome) && !outcome.headers().isEmpty()) {
      // Who sends the items has them before a header field may be refused, and closes them then.
      return call(
          file.use(ITEM_STREAM) + ".response",
          List.of(
              word("request"),
              word(status),
              word(constant(outcome)),
              word("answer.body()"),
              group(word("() -> "), headers)));
    }
    return contents.containsKey(outcome)
        ? call(
            typed + ".of",
            List.of(word(status), headers, word(constant(outcome)), body(outcome, status)))
        : call(typed + ".empty", List.of(word(status), headers));
  }

  private Piece body(Outcome outcome, String status) {
    return isItems(outcome)
        ? call(
            file.use(ITEM_STREAM) + ".body",
            List.of(word("request"), word(status), word(constant(outcome)), word("answer.body()")))
        : word("answer.body()");
  }

  /** What has items, and what begins a WebSocket, is what the document says of the request. */
  private boolean asksTheRequest() {
    return operation.conversation().isPresent()
        || operation.response().outcomes().stream().anyMatch(BindingPrinter::isItems);
  }

  private static boolean isItems(Outcome outcome) {
    return outcome.content().filter(each -> each.kind() == Content.Kind.ITEMS).isPresent();
  }

  private void headers(Outcome outcome, List<Piece> parameters, String answer) {
    file.gap();
    file.open(
        Layout.method(
            INDENT,
            "private static " + file.use("io.brrtrouter.server.http.Headers"),
            headersOf(outcome),
            parameters),
        word(" {"));
    String typed = file.use(DISPATCH + "TypedHeaders");
    file.line(assign(declare(typed, "headers"), call("new " + typed)), word(";"));
    for (Operation.Header header : outcome.headers()) {
      Component component = header.component();
      header(header, answer.isEmpty() ? local(component) : answer + component.name() + "()");
    }
    file.line("return headers.build();");
    file.close();
  }

  private void header(Operation.Header header, String value) {
    Component component = header.component();
    String name = Literals.string(component.property());
    if (component.form() == Component.Form.FIELD) {
      // The pattern infers its argument: one written out must not have annotations.
      file.open(
          group(
              word("if (" + value + " instanceof"),
              space(4),
              word(file.use("io.brrtrouter.schema.codec.Field") + ".Value(var value)) {")));
      header(header, name, "value");
      file.close();
      return;
    }
    header(header, name, value);
  }

  private void header(Operation.Header header, String name, String value) {
    if (isPlain(header)) {
      file.line(call("headers.set", List.of(word(name), word(value))), word(";"));
      return;
    }
    if (isJsonString(header)) {
      file.line(call("headers.setJsonString", List.of(word(name), word(value))), word(";"));
      return;
    }
    String codec =
        header
            .codec()
            .map(this::instance)
            .orElse(file.use("io.brrtrouter.schema.codec.JsonTrees") + "::write");
    file.line(
        header.json()
            ? call("headers.setJson", List.of(word(name), word(codec), word(value)))
            : call(
                "headers.set",
                List.of(
                    word(name), word(String.valueOf(header.explode())), word(codec), word(value))),
        word(";"));
  }

  /** Whether a header field takes the value as it is. */
  private static boolean isPlain(Operation.Header header) {
    return isScalar(header) && !isJsonString(header);
  }

  private static boolean isScalar(Operation.Header header) {
    return header.codec().isEmpty() && header.component().value().type() instanceof JavaType.Simple;
  }

  /** Whether the value is in quotes, because the field is JSON. */
  private static boolean isJsonString(Operation.Header header) {
    return header.json()
        && isScalar(header)
        && header.component().value().type() instanceof JavaType.Simple(Scalar scalar)
        && scalar.isText();
  }
}
