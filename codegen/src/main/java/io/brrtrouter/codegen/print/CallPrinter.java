package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.assign;
import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Client;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Operation.Outcome;
import io.brrtrouter.codegen.model.Operation.Status;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Parameter;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints how a client writes the requests of one operation and reads their responses. */
final class CallPrinter {
  private static final int INDENT = 2;

  private final Printing printing;
  private final Client client;
  private final Operation operation;
  private final JavaFile file;
  private final TypeText types;
  private final ContentConstants constants;
  private final RequestPrinter request;
  private final Map<Operation.Header, String> headers = new HashMap<>();

  CallPrinter(Printing printing, Client client, Operation operation) {
    this.printing = printing;
    this.client = client;
    this.operation = operation;
    this.file = new JavaFile(printing, name(client, operation), Set.of());
    this.types = new TypeText(file);
    this.constants =
        new ContentConstants(
            file, client.name().packageName(), client.schemas(), schemas().toList(), begin());
    this.request = new RequestPrinter(printing, file, operation.request(), constants);
  }

  /** {@return the class that asks an operation} */
  static ClassName name(Client client, Operation operation) {
    String handler = operation.handler().simpleName();
    String base = handler.substring(0, handler.length() - "Handler".length());
    return new ClassName(client.name().packageName(), base + "Call");
  }

  JavaFile print() {
    String name = name(client, operation).simpleName();
    String type = file.use(operation.request().name().qualified());
    String response = file.use(operation.response().name().qualified());
    file.docs(
        new Comment()
            .text("Asks " + Markdown.code(operation.httpMethod() + " " + operation.path()) + "."));
    file.open("final class " + name + " {");
    constants();
    file.gap();
    file.line("private " + name + "() {}");
    file.gap();
    send(type, response);
    file.gap();
    write(type);
    file.gap();
    if (answersItems()) {
      streams();
      file.gap();
    }
    read(response);
    file.close();
    return file;
  }

  private String support(String name) {
    return constants.support(name);
  }

  private void send(String request, String response) {
    String writer = support("RequestWriter");
    file.open(
        Layout.method(
            INDENT,
            "static " + response,
            "send",
            List.of(word(request + " request"), word(support("Transport") + " transport")),
            file.use("java.io.IOException") + ", " + file.use("java.lang.InterruptedException")),
        word(" {"));
    file.line(
        assign(
            Layout.declare(writer, "writer"),
            call(
                "transport.request",
                Literals.string(operation.handlerName()),
                Literals.string(operation.httpMethod()))),
        word(";"));
    file.line("write(request, writer);");
    file.line(
        answersItems()
            ? "return transport.open(writer, %1$s::streams, %1$s::read);"
                .formatted(name(client, operation).simpleName())
            : "return read(transport.send(writer));");
    file.close();
  }

  private boolean answersItems() {
    return operation.response().outcomes().stream().anyMatch(CallPrinter::isItems);
  }

  private static boolean isItems(Outcome outcome) {
    return outcome.content().filter(each -> each.kind() == Content.Kind.ITEMS).isPresent();
  }

  // Constants.

  private void constants() {
    securityConstant();
    constants.repeated();
    request.constants();
    operation.response().outcomes().forEach(this::outcomeConstant);
    operation.response().outcomes().stream()
        .flatMap(outcome -> outcome.headers().stream())
        .distinct()
        .forEach(this::headerConstant);
  }

  private void securityConstant() {
    if (alternatives().isEmpty()) {
      return;
    }
    String list = file.use("java.util.List");
    String string = file.use("java.lang.String");
    constants.constant(
        list + "<" + list + "<" + string + ">>",
        constants.take("SECURITY"),
        call(
            list + ".of",
            alternatives().stream()
                .map(schemes ->
                    call(
                        list + ".of",
                        schemes.stream().map(Literals::string).toArray(String[]::new)))
                .toList()));
  }

  /** Schemas of one operation begin alike. */
  private String begin() {
    return "/paths/"
        + operation.path().replace("~", "~0").replace("/", "~1")
        + "/"
        + operation.httpMethod().toLowerCase(Locale.ROOT);
  }

  /** The schemas that the client judges by. */
  private Stream<Origin> schemas() {
    Stream<Content> contents =
        Stream.concat(
            operation.request().body().stream().flatMap(body -> body.contents().stream()),
            operation.response().outcomes().stream().flatMap(each -> each.content().stream()));
    Stream<Operation.Header> distinct =
        operation.response().outcomes().stream()
            .flatMap(each -> each.headers().stream())
            .distinct();
    return Stream.concat(
            contents.filter(each -> each.binding().isPresent()).map(Content::schema),
            distinct.map(Operation.Header::schema))
        .flatMap(Optional::stream);
  }

  private List<List<String>> alternatives() {
    return client.security().getOrDefault(operation.methodName(), List.of());
  }

  private void outcomeConstant(Outcome outcome) {
    outcome
        .content()
        .filter(content -> content.binding().isPresent())
        .ifPresent(content ->
            constants.constant(content, constants.take(CodecBody.upper(outcome.name()))));
  }

  private void headerConstant(Operation.Header header) {
    Component component = header.component();
    String name = constants.take(CodecBody.upper(component.name()));
    headers.put(header, name);
    String type = support("HeaderField");
    constants.constant(
        type + "<" + types.boxed(component.value().type()) + ">",
        name,
        call(
            "new " + type + "<>",
            List.of(
                word(Literals.string(component.property())),
                header.json()
                    ? word(support("Shape") + ".One.JSON")
                    : shape(component.value(), header.explode()),
                word(header.codec().map(constants::instance).orElseGet(() -> decoder(component))),
                constants.schema(header.schema(), View.RESPONSE))));
  }

  // Writing.

  private void write(String type) {
    file.open(
        Layout.method(
            INDENT,
            "private static void",
            "write",
            List.of(word(type + " request"), word(support("RequestWriter") + " writer"))),
        word(" {"));
    if (!alternatives().isEmpty()) {
      file.line("writer.secured(SECURITY);");
    }
    path();
    request.parameters();
    String accept = accept();
    if (!accept.isEmpty()) {
      file.line(call("writer.accept", Literals.string(accept)), word(";"));
    }
    request.body();
    file.close();
  }

  private String accept() {
    return operation.response().outcomes().stream()
        .flatMap(outcome -> outcome.content().stream())
        .map(Content::mediaType)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private void path() {
    for (PathPieces.Piece piece : PathPieces.of(operation)) {
      switch (piece) {
        case PathPieces.Literal(String text) ->
            file.line(call("writer.path", Literals.string(text)), word(";"));
        case PathPieces.Variable(Parameter parameter) -> request.parameter(parameter);
      }
    }
  }

  // Reading.

  private void read(String response) {
    file.open(
        Layout.method(
            INDENT,
            "private static " + response,
            "read",
            List.of(word(support("Reply") + " reply")),
            support("UnexpectedResponseException")),
        word(" {"));
    Map<Status, List<Outcome>> byStatus = byStatus();
    byStatus.forEach((status, outcomes) -> {
      switch (status) {
        case Status.Exactly(int code) -> file.open("if (reply.status() == " + code + ") {");
        case Status.Range(int hundreds) ->
            file.open("if (reply.status() / 100 == " + hundreds + ") {");
        case Status.Otherwise() -> {
          outcomes(outcomes, response, 2 * INDENT);
          return;
        }
      }
      outcomes(outcomes, response, 3 * INDENT);
      file.close();
    });
    if (!byStatus.containsKey(new Status.Otherwise())) {
      file.line("throw reply.undeclaredStatus();");
    }
    file.close();
  }

  /** Whether the items of a response are read while they come. */
  private void streams() {
    file.open(
        Layout.method(
            INDENT,
            "private static boolean",
            "streams",
            List.of(word("int status"), word(file.use("java.lang.String") + " mediaType"))),
        word(" {"));
    boolean rest = false;
    for (Map.Entry<Status, List<Outcome>> each : byStatus().entrySet()) {
      List<Piece> tests = new ArrayList<>();
      for (Outcome outcome : each.getValue()) {
        if (isItems(outcome)) {
          tests.add(
              call(
                  support("MediaTypes") + ".isOf",
                  "mediaType",
                  Literals.string(outcome.content().orElseThrow().mediaType())));
        }
      }
      Piece test = tests.isEmpty() ? word("false") : Tests.joined("", "|| ", tests);
      switch (each.getKey()) {
        case Status.Exactly(int code) -> file.open("if (status == " + code + ") {");
        case Status.Range(int hundreds) -> file.open("if (status / 100 == " + hundreds + ") {");
        case Status.Otherwise() -> rest = true;
      }
      file.line(word("return "), test, word(";"));
      if (!rest) {
        file.close();
      }
    }
    if (!rest) {
      file.line("return false;");
    }
    file.close();
  }

  private Map<Status, List<Outcome>> byStatus() {
    Map<Status, List<Outcome>> byStatus = new LinkedHashMap<>();
    operation.response().outcomes().stream()
        .sorted(Comparator.comparingInt(outcome -> rank(outcome.status())))
        .forEach(outcome ->
            byStatus.computeIfAbsent(outcome.status(), any -> new ArrayList<>()).add(outcome));
    return byStatus;
  }

  private static int rank(Status status) {
    return switch (status) {
      case Status.Exactly _ -> 0;
      case Status.Range _ -> 1;
      case Status.Otherwise _ -> 2;
    };
  }

  private void outcomes(List<Outcome> outcomes, String response, int indent) {
    if (outcomes.getFirst().content().isEmpty()) {
      file.line(word("return "), made(outcomes.getFirst(), response, indent), word(";"));
      return;
    }
    outcomes.stream()
        .sorted(Comparator.comparingInt(CallPrinter::breadth))
        .forEach(outcome -> {
          String type = outcome.content().orElseThrow().mediaType();
          file.open("if (reply.isOf(" + Literals.string(type) + ")) {");
          file.line(word("return "), made(outcome, response, indent + INDENT), word(";"));
          file.close();
        });
    String declared =
        outcomes.stream()
            .map(outcome -> outcome.content().orElseThrow().mediaType())
            .collect(Collectors.joining(", "));
    file.line(
        word("throw "), call("reply.undeclaredMediaType", Literals.string(declared)), word(";"));
  }

  /** A media type comes before the ranges that contain it, and with parameters before without. */
  private static int breadth(Outcome outcome) {
    String type = outcome.content().orElseThrow().mediaType();
    return type.startsWith("*/*") ? 3 : type.contains("*") ? 2 : type.contains(";") ? 0 : 1;
  }

  private Piece made(Outcome outcome, String response, int indent) {
    List<Piece> arguments = new ArrayList<>();
    if (!(outcome.status() instanceof Status.Exactly)) {
      arguments.add(word("reply.status()"));
    }
    outcome.content().ifPresent(content -> arguments.add(content(content)));
    outcome.headers().forEach(header -> arguments.add(header(header)));
    String name = response + "." + outcome.name();
    String end = arguments.isEmpty() ? "();" : "(";
    return indent + "return new ".length() + name.length() + end.length() <= Layout.COLUMNS
        ? call("new " + name, arguments)
        : group(
            word("new " + response),
            new Layout.Break("", 4, false),
            call("." + outcome.name(), arguments));
  }

  private Piece content(Content content) {
    return switch (content.kind()) {
      case BYTES -> word("reply.octets()");
      case TEXT -> call("reply.text", constants.constant(content));
      case JSON, FORM, MULTIPART -> call("reply.json", constants.constant(content));
      case ITEMS -> call("reply.items", constants.constant(content));
      case STREAM -> throw new IllegalArgumentException("no response is read as a stream");
    };
  }

  private Piece header(Operation.Header header) {
    String method =
        switch (header.component().form()) {
          case PLAIN -> "requiredHeader";
          case NULLABLE -> "header";
          case FIELD -> "headerField";
        };
    return call(
        "reply." + method, Objects.requireNonNull(headers.get(header), "a header has a constant"));
  }

  private String decoder(Component component) {
    if (!(component.value().type() instanceof JavaType.Simple(Scalar scalar))) {
      return file.use("io.brrtrouter.schema.codec.JsonTrees") + "::read";
    }
    return file.use("io.brrtrouter.schema.codec.JsonInput")
        + "::"
        + switch (scalar) {
          case INT -> "readInt";
          case LONG -> "readLong";
          case INTEGER -> "readUnboundedLong";
          case BOOLEAN -> "readBoolean";
          case BIG_DECIMAL -> "readDecimal";
          case DECIMAL_TEXT -> "readDecimalText";
          case STRING -> "readString";
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

  private Piece shape(Value value, boolean explode) {
    String shape = support("Shape");
    return switch (value.type()) {
      case JavaType.ListOf(Value items) -> call("new " + shape + ".Items", List.of(one(items)));
      case JavaType.MapOf(Value values) -> members(explode, List.of(), one(values));
      case JavaType.Declared(ClassName name)
          when printing.known().get(name) instanceof Declaration.ObjectRecord known ->
          members(
              explode,
              known.components().stream()
                  .flatMap(
                      each -> Stream.of(word(Literals.string(each.property())), one(each.value())))
                  .toList(),
              word(shape + ".One.ANY"));
      case JavaType.Simple _,
          JavaType.Declared _,
          JavaType.JsonText _,
          JavaType.ItemsOf _,
          JavaType.Tree _ ->
          one(value);
    };
  }

  private Piece members(boolean explode, List<Piece> known, Piece others) {
    String map = file.use("java.util.Map");
    List<Piece> entries = new ArrayList<>();
    for (int i = 0; i < known.size(); i += 2) {
      entries.add(call(map + ".entry", List.of(known.get(i), known.get(i + 1))));
    }
    return call(
        "new " + support("Shape") + ".Members",
        List.of(
            word(String.valueOf(explode)),
            known.isEmpty() ? word(map + ".of()") : call(map + ".ofEntries", entries),
            others));
  }

  private Piece one(Value value) {
    return word(support("Shape") + ".One." + kind(value.type()));
  }

  private String kind(JavaType type) {
    return switch (type) {
      case JavaType.Simple(Scalar scalar) -> scalar.isText() ? "TEXT" : "LITERAL";
      case JavaType.Declared(ClassName name) ->
          printing.known().get(name) instanceof Declaration.TextEnum ? "TEXT" : "ANY";
      case JavaType.JsonText _ -> "TEXT";
      case JavaType.ListOf _, JavaType.MapOf _, JavaType.ItemsOf _, JavaType.Tree _ -> "ANY";
    };
  }
}
