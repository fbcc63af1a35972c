package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.assign;
import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.chain;
import static io.brrtrouter.codegen.print.Layout.fill;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.space;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Binding;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Client;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.MediaTypes;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Operation.Outcome;
import io.brrtrouter.codegen.model.Operation.Status;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Parameter;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
  private final Set<String> members = new HashSet<>();
  private final Map<Content, String> contents = new HashMap<>();
  private final Map<Content, String> fields = new HashMap<>();
  private final Map<Operation.Header, String> headers = new HashMap<>();

  /** What the pointers of several schemas begin with; empty where they do not. */
  private final Optional<Repeated> pointer;

  /** The documents that several schemas are in. */
  private final List<Repeated> documents;

  /** A text that is repeated, and the constant that has it. */
  private record Repeated(String text, String name) {}

  CallPrinter(Printing printing, Client client, Operation operation) {
    this.printing = printing;
    this.client = client;
    this.operation = operation;
    this.file = new JavaFile(printing, name(client, operation), Set.of());
    this.types = new TypeText(file);
    this.documents = documents();
    this.pointer = pointer();
  }

  /** {@return the class that asks an operation} */
  static ClassName name(Client client, Operation operation) {
    String handler = operation.handler().simpleName();
    String base = handler.substring(0, handler.length() - "Handler".length());
    return new ClassName(client.name().packageName(), base + "Call");
  }

  JavaFile print() {
    String name = name(client, operation).simpleName();
    String request = file.use(operation.request().name().qualified());
    String response = file.use(operation.response().name().qualified());
    file.docs(
        new Comment()
            .text("Asks " + Markdown.code(operation.httpMethod() + " " + operation.path()) + "."));
    file.open("final class " + name + " {");
    constants();
    file.gap();
    file.line("private " + name + "() {}");
    file.gap();
    send(request, response);
    file.gap();
    write(request);
    file.gap();
    read(response);
    file.close();
    return file;
  }

  private String support(String name) {
    return file.use(client.name().packageName() + "." + name);
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
    file.line("return read(transport.send(writer));");
    file.close();
  }

  // Constants.

  private void constants() {
    securityConstant();
    documents.forEach(this::repeatedConstant);
    pointer.ifPresent(this::repeatedConstant);
    operation.request().body().ifPresent(body -> body.contents().forEach(this::bodyConstant));
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
    constant(
        list + "<" + list + "<" + string + ">>",
        take("SECURITY"),
        call(
            list + ".of",
            alternatives().stream()
                .map(schemes ->
                    call(
                        list + ".of",
                        schemes.stream().map(Literals::string).toArray(String[]::new)))
                .toList()));
  }

  private void repeatedConstant(Repeated repeated) {
    constant(file.use("java.lang.String"), repeated.name(), word(Literals.string(repeated.text())));
  }

  private List<Repeated> documents() {
    Map<String, Long> counts =
        schemas()
            .collect(
                Collectors.groupingBy(this::resource, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .filter(each -> each.getValue() > 1)
        .map(each -> new Repeated(each.getKey(), take("DOCUMENT")))
        .toList();
  }

  private String resource(Origin schema) {
    return client.resources().getOrDefault(schema.resource(), "");
  }

  /** Schemas of one operation begin alike. */
  private Optional<Repeated> pointer() {
    String begin =
        "/paths/"
            + operation.path().replace("~", "~0").replace("/", "~1")
            + "/"
            + operation.httpMethod().toLowerCase(Locale.ROOT);
    long inside = schemas().filter(each -> each.pointer().startsWith(begin + "/")).count();
    return inside > 1 ? Optional.of(new Repeated(begin, take("POINTER"))) : Optional.empty();
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

  private Piece pointer(String whole) {
    return pointer
        .filter(begin -> whole.startsWith(begin.text() + "/"))
        .map(begin -> {
          String rest = Literals.string(whole.substring(begin.text().length()));
          return group(word(begin.name()), space(4), word("+ " + rest));
        })
        .orElseGet(() -> word(Literals.string(whole)));
  }

  private Piece document(String text) {
    return documents.stream()
        .filter(each -> each.text().equals(text))
        .findFirst()
        .map(each -> word(each.name()))
        .orElseGet(() -> word(Literals.string(text)));
  }

  private List<List<String>> alternatives() {
    return client.security().getOrDefault(operation.methodName(), List.of());
  }

  private void constant(String type, String name, Piece value) {
    file.line(Layout.member(INDENT, "private static final " + type, name, value), word(";"));
  }

  private void bodyConstant(Content content) {
    if (content.binding().isEmpty()) {
      return;
    }
    String name = take(content.wrapper().map(CodecBody::upper).orElse("BODY"));
    constant(content, name);
    List<Piece> declared = fields(content);
    if (!declared.isEmpty()) {
      String own = take(name + "_FIELDS");
      fields.put(content, own);
      constant(
          "%s<%s, %s>"
              .formatted(
                  file.use("java.util.Map"), file.use("java.lang.String"), support("FormField")),
          own,
          call(
              support("FormText") + ".byName",
              List.of(call(file.use("java.util.List") + ".of", declared))));
    }
  }

  private void outcomeConstant(Outcome outcome) {
    outcome
        .content()
        .filter(content -> content.binding().isPresent())
        .ifPresent(content -> constant(content, take(CodecBody.upper(outcome.name()))));
  }

  private String take(String wanted) {
    String free = wanted;
    for (int i = 2; !members.add(free); i++) {
      free = wanted + "_" + i;
    }
    return free;
  }

  private void constant(Content content, String name) {
    Binding binding = content.binding().orElseThrow();
    contents.put(content, name);
    String type = support("Content");
    Value value = content.value();
    String argument = value.nullable() ? types.nullable(value.type()) : types.boxed(value.type());
    constant(
        type + "<" + argument + ">",
        name,
        call(
            "new " + type + "<>",
            List.of(
                word(Literals.string(content.mediaType())),
                word(instance(binding.codec())),
                word(String.valueOf(binding.isFused())),
                schema(content.schema(), binding.view()))));
  }

  private Piece schema(Optional<Origin> origin, View view) {
    return origin
        .map(schema ->
            call(
                support("Schemas") + ".of",
                List.of(
                    document(resource(schema)),
                    pointer(schema.pointer()),
                    word(file.use("io.brrtrouter.schema.View") + "." + view.name()))))
        .orElseGet(() -> word("null"));
  }

  private void headerConstant(Operation.Header header) {
    Component component = header.component();
    String name = take(CodecBody.upper(component.name()));
    headers.put(header, name);
    String type = support("HeaderField");
    constant(
        type + "<" + types.boxed(component.value().type()) + ">",
        name,
        call(
            "new " + type + "<>",
            List.of(
                word(Literals.string(component.property())),
                header.json()
                    ? word(support("Shape") + ".One.JSON")
                    : shape(component.value(), header.explode()),
                word(header.codec().map(this::instance).orElseGet(() -> decoder(component))),
                schema(header.schema(), View.RESPONSE))));
  }

  private String instance(ClassName codec) {
    return file.use(codec.qualified()) + ".INSTANCE";
  }

  /** The properties of a form that are not written as their values suggest. */
  private List<Piece> fields(Content content) {
    if (content.kind() != Content.Kind.FORM && content.kind() != Content.Kind.MULTIPART) {
      return List.of();
    }
    Set<String> octets =
        content.kind() == Content.Kind.MULTIPART
            ? printing.properties(content, value -> isOctets(value.type()))
            : Set.of();
    Set<String> nullable = printing.emptyNulls(content);
    Map<String, Content.FormPart> parts = new LinkedHashMap<>();
    Stream.of(octets, nullable)
        .flatMap(Set::stream)
        .forEach(name -> parts.put(name, new Content.FormPart(name, "", "", Optional.empty())));
    content.parts().forEach(part -> parts.put(part.property(), part));
    return parts.values().stream()
        .map(part ->
            field(part, octets.contains(part.property()), nullable.contains(part.property())))
        .toList();
  }

  private Piece field(Content.FormPart part, boolean octets, boolean nullable) {
    List<Piece> how = new ArrayList<>();
    if (!part.contentType().isEmpty()) {
      how.add(call(".ofType", Literals.string(part.contentType())));
    }
    if (!part.style().isEmpty() || part.explode().isPresent()) {
      String style = part.style().isEmpty() ? "form" : part.style();
      boolean explode = part.explode().orElse(style.equals("form"));
      how.add(
          call(explode ? ".exploded" : ".joined", support("Style") + "." + CodecBody.upper(style)));
    }
    if (octets) {
      how.add(word(".asOctets()"));
    }
    if (nullable) {
      how.add(word(".emptyForNull()"));
    }
    return chain(call(support("FormField") + ".plain", Literals.string(part.property())), how);
  }

  private static boolean isOctets(JavaType type) {
    return switch (type) {
      case JavaType.Simple(Scalar scalar) -> scalar == Scalar.BINARY || scalar == Scalar.FILE;
      case JavaType.ListOf(Value items) -> isOctets(items.type());
      case JavaType.Declared _, JavaType.MapOf _, JavaType.Tree _ -> false;
    };
  }

  // Writing.

  private void write(String request) {
    file.open(
        Layout.method(
            INDENT,
            "private static void",
            "write",
            List.of(word(request + " request"), word(support("RequestWriter") + " writer"))),
        word(" {"));
    if (!alternatives().isEmpty()) {
      file.line("writer.secured(SECURITY);");
    }
    path();
    operation.request().parameters().stream()
        .filter(parameter -> parameter.in() != ParameterLocation.PATH)
        .forEach(this::parameter);
    String accept = accept();
    if (!accept.isEmpty()) {
      file.line(call("writer.accept", Literals.string(accept)), word(";"));
    }
    operation.request().body().ifPresent(this::body);
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
        case PathPieces.Variable(Parameter parameter) -> parameter(parameter);
      }
    }
  }

  private void parameter(Parameter parameter) {
    List<Piece> arguments = new ArrayList<>();
    String method = method(parameter.in());
    if (parameter.in() != ParameterLocation.QUERYSTRING) {
      arguments.add(word(Literals.string(parameter.component().property())));
    }
    Piece tree = tree(parameter);
    if (parameter.mediaType().isPresent() || parameter.in() == ParameterLocation.QUERYSTRING) {
      arguments.add(content(parameter, tree));
      boolean whole = parameter.in() == ParameterLocation.QUERYSTRING;
      file.line(call("writer." + method + (whole ? "" : "Text"), arguments), word(";"));
      return;
    }
    if (parameter.in() != ParameterLocation.HEADER) {
      arguments.add(word(support("Style") + "." + parameter.style().name()));
    }
    arguments.add(word(String.valueOf(parameter.explode())));
    if (parameter.in() == ParameterLocation.QUERY) {
      arguments.add(word(String.valueOf(parameter.allowReserved())));
    }
    arguments.add(tree);
    file.line(call("writer." + method, arguments), word(";"));
  }

  private static String method(ParameterLocation in) {
    return switch (in) {
      case PATH -> "path";
      case QUERY -> "query";
      case QUERYSTRING -> "queryString";
      case HEADER -> "header";
      case COOKIE -> "cookie";
    };
  }

  private Piece content(Parameter parameter, Piece tree) {
    String writer = support("RequestWriter");
    String type = parameter.mediaType().orElse("");
    boolean json = MediaTypes.isJson(type);
    boolean form = MediaTypes.bare(type).equals("application/x-www-form-urlencoded");
    boolean header = parameter.in() == ParameterLocation.HEADER;
    Piece text =
        json || form
            ? call(writer + (form ? ".form" : header ? ".ascii" : ".json"), List.of(tree))
            : call(
                writer + ".text",
                List.of(word(Literals.string(parameter.component().property())), tree));
    boolean encodes = parameter.in() == ParameterLocation.QUERYSTRING && !form;
    return encodes ? call(writer + ".encoded", List.of(text)) : text;
  }

  /** The value of a parameter as a tree, null when it is not sent. */
  private Piece tree(Parameter parameter) {
    Component component = parameter.component();
    String value = "request." + component.name() + "()";
    boolean isEmptyNull =
        parameter.mediaType().isEmpty() && printing.isEmptyNull(component.value().type());
    List<Piece> name = List.of(word(Literals.string(component.property())));
    return switch (component.form()) {
      case PLAIN -> tree(component.value().type(), value);
      case NULLABLE ->
          component.presence() instanceof Presence.Optional
              ? tree(component.value().type(), value)
              : values(
                  isEmptyNull ? "orEmpty" : "orNull",
                  isEmptyNull ? name : List.of(),
                  tree(component.value().type(), value));
      case FIELD ->
          values(
              isEmptyNull ? "fieldOrEmpty" : "field",
              isEmptyNull ? name : List.of(),
              word(value),
              group(word("value ->"), fill(4), tree(component.value().type(), "value")));
    };
  }

  private Piece values(String method, List<Piece> first, Piece... others) {
    List<Piece> arguments = new ArrayList<>(first);
    arguments.addAll(List.of(others));
    return call(support("Values") + "." + method, arguments);
  }

  private Piece tree(JavaType type, String value) {
    String values = support("Values");
    return switch (type) {
      case JavaType.Simple(Scalar scalar) ->
          switch (scalar) {
            case DECIMAL_TEXT -> call(values + ".text", value);
            case INT, LONG, INTEGER, BOOLEAN, STRING, BIG_DECIMAL -> call(values + ".of", value);
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
                STREAM ->
                call(values + ".of", codec(type), value);
          };
      case JavaType.Tree() -> call(values + ".of", value);
      case JavaType.Declared _, JavaType.ListOf _, JavaType.MapOf _ ->
          call(values + ".of", codec(type), value);
    };
  }

  private String codec(JavaType type) {
    return Stream.concat(
            operation.request().parameters().stream()
                .filter(each -> each.component().value().type().equals(type))
                .map(Parameter::codec),
            operation.response().outcomes().stream()
                .flatMap(outcome -> outcome.headers().stream())
                .filter(each -> each.component().value().type().equals(type))
                .map(Operation.Header::codec))
        .flatMap(Optional::stream)
        .findFirst()
        .map(this::instance)
        .orElseThrow();
  }

  // The body.

  private void body(Operation.Body body) {
    String value = "request." + body.name() + "()";
    if (body.isUnion()) {
      union(body, value);
      return;
    }
    Content content =
        body.contents().stream()
            .min(Comparator.comparing(each -> each.kind() != Content.Kind.JSON))
            .orElseThrow();
    if (body.required()) {
      file.line(body(content, value), word(";"));
    } else if (content.value().nullable()) {
      String field = file.use("io.brrtrouter.schema.codec.Field");
      String type = types.boxed(content.value().type());
      file.open("switch (" + value + ") {");
      file.line("case " + field + ".Absent<" + type + "> _ -> {}");
      file.line(
          word("case " + field + ".Null<" + type + "> _ -> "), body(content, "null"), word(";"));
      file.line(
          word("case " + field + ".Value<" + type + ">(var value) -> "),
          body(content, "value"),
          word(";"));
      file.close();
    } else {
      file.open("if (" + value + " != null) {");
      file.line(body(content, value), word(";"));
      file.close();
    }
  }

  private void union(Operation.Body body, String value) {
    String owner = file.use(operation.request().name().qualified()) + ".Body.";
    file.open("switch (" + value + ") {");
    if (!body.required()) {
      file.line("case null -> {}");
    }
    for (Content content : body.contents()) {
      file.line(
          group(
              word("case " + owner + content.wrapper().orElseThrow() + " body ->"),
              fill(4),
              body(content, "body.value()"),
              word(";")));
    }
    file.close();
  }

  private Piece body(Content content, String value) {
    return switch (content.kind()) {
      case BYTES -> call("writer.octets", Literals.string(content.mediaType()), value);
      case STREAM -> call("writer.stream", Literals.string(content.mediaType()), value);
      case JSON -> call("writer.json", constant(content), value);
      case TEXT -> call("writer.text", constant(content), value);
      case FORM, MULTIPART ->
          call(
              content.kind() == Content.Kind.FORM ? "writer.form" : "writer.multipart",
              constant(content),
              Optional.ofNullable(fields.get(content))
                  .orElseGet(() -> file.use("java.util.Map") + ".of()"),
              value);
    };
  }

  private String constant(Content content) {
    return Objects.requireNonNull(contents.get(content), "a content has a constant");
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
    Map<Status, List<Outcome>> byStatus = new LinkedHashMap<>();
    operation.response().outcomes().stream()
        .sorted(Comparator.comparingInt(outcome -> rank(outcome.status())))
        .forEach(outcome ->
            byStatus.computeIfAbsent(outcome.status(), any -> new ArrayList<>()).add(outcome));
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
      case TEXT -> call("reply.text", constant(content));
      case JSON, FORM, MULTIPART -> call("reply.json", constant(content));
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
              STREAM ->
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
      case JavaType.Simple _, JavaType.Declared _, JavaType.Tree _ -> one(value);
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
      case JavaType.ListOf _, JavaType.MapOf _, JavaType.Tree _ -> "ANY";
    };
  }
}
