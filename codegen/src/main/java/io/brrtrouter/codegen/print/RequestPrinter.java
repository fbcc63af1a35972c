package io.brrtrouter.codegen.print;

import static io.brrtrouter.codegen.print.Layout.call;
import static io.brrtrouter.codegen.print.Layout.chain;
import static io.brrtrouter.codegen.print.Layout.fill;
import static io.brrtrouter.codegen.print.Layout.group;
import static io.brrtrouter.codegen.print.Layout.word;

import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.MediaTypes;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Parameter;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.print.Layout.Piece;
import io.brrtrouter.openapi.model.ParameterLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Prints how the parameters and the body of a request are written. */
final class RequestPrinter {
  private final Printing printing;
  private final JavaFile file;
  private final TypeText types;
  private final Operation.Request request;
  private final ContentConstants constants;
  private final Map<Content, String> fields = new HashMap<>();

  /**
   * Makes a printer.
   *
   * @param file where it is printed
   * @param request the request
   * @param constants the constants of the class
   */
  RequestPrinter(
      Printing printing, JavaFile file, Operation.Request request, ContentConstants constants) {
    this.printing = printing;
    this.file = file;
    this.types = new TypeText(file);
    this.request = request;
    this.constants = constants;
  }

  /** Prints the constants of the body. */
  void constants() {
    request.body().ifPresent(body -> body.contents().forEach(this::bodyConstant));
  }

  private void bodyConstant(Content content) {
    if (content.binding().isEmpty()) {
      return;
    }
    String name = constants.take(content.wrapper().map(CodecBody::upper).orElse("BODY"));
    constants.constant(content, name);
    List<Piece> declared = fields(content);
    if (!declared.isEmpty()) {
      String own = constants.take(name + "_FIELDS");
      fields.put(content, own);
      constants.constant(
          "%s<%s, %s>"
              .formatted(
                  file.use("java.util.Map"),
                  file.use("java.lang.String"),
                  constants.support("FormField")),
          own,
          call(
              constants.support("FormText") + ".byName",
              List.of(call(file.use("java.util.List") + ".of", declared))));
    }
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
          call(
              explode ? ".exploded" : ".joined",
              constants.support("Style") + "." + CodecBody.upper(style)));
    }
    if (octets) {
      how.add(word(".asOctets()"));
    }
    if (nullable) {
      how.add(word(".emptyForNull()"));
    }
    return chain(
        call(constants.support("FormField") + ".plain", Literals.string(part.property())), how);
  }

  private static boolean isOctets(JavaType type) {
    return switch (type) {
      case JavaType.Simple(Scalar scalar) -> scalar == Scalar.BINARY || scalar == Scalar.FILE;
      case JavaType.ListOf(Value items) -> isOctets(items.type());
      case JavaType.Declared _,
          JavaType.MapOf _,
          JavaType.JsonText _,
          JavaType.ItemsOf _,
          JavaType.Tree _ ->
          false;
    };
  }

  // Parameters.

  /** Prints what writes the parameters that are not in the path. */
  void parameters() {
    request.parameters().stream()
        .filter(parameter -> parameter.in() != ParameterLocation.PATH)
        .forEach(this::parameter);
  }

  /** Prints what writes a parameter. */
  void parameter(Parameter parameter) {
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
      arguments.add(word(constants.support("Style") + "." + parameter.style().name()));
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
    String writer = constants.support("RequestWriter");
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
    return call(constants.support("Values") + "." + method, arguments);
  }

  private Piece tree(JavaType type, String value) {
    String values = constants.support("Values");
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
                STREAM,
                EVENT ->
                call(values + ".of", codec(type), value);
          };
      case JavaType.Tree() -> call(values + ".of", value);
      case JavaType.Declared _,
          JavaType.ListOf _,
          JavaType.MapOf _,
          JavaType.JsonText _,
          JavaType.ItemsOf _ ->
          call(values + ".of", codec(type), value);
    };
  }

  private String codec(JavaType type) {
    return request.parameters().stream()
        .filter(each -> each.component().value().type().equals(type))
        .map(Parameter::codec)
        .flatMap(Optional::stream)
        .findFirst()
        .map(constants::instance)
        .orElseThrow();
  }

  // The body.

  /** Prints what writes the body. */
  void body() {
    request.body().ifPresent(this::body);
  }

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
    String owner = file.use(request.name().qualified()) + ".Body.";
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
      case ITEMS ->
          call(
              content.value().type() instanceof JavaType.ItemsOf
                  ? "writer.items"
                  : "writer.itemList",
              constants.constant(content),
              value);
      case STREAM -> call("writer.stream", Literals.string(content.mediaType()), value);
      case JSON -> call("writer.json", constants.constant(content), value);
      case TEXT -> call("writer.text", constants.constant(content), value);
      case FORM, MULTIPART ->
          call(
              content.kind() == Content.Kind.FORM ? "writer.form" : "writer.multipart",
              constants.constant(content),
              Optional.ofNullable(fields.get(content))
                  .orElseGet(() -> file.use("java.util.Map") + ".of()"),
              value);
    };
  }
}
