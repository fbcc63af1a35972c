package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Client;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.MediaTypes;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Operation.Outcome;
import io.brrtrouter.codegen.model.Operation.Status;
import io.brrtrouter.codegen.model.Parameter;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.model.WebCharset;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.SequentialMediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints a client in TypeScript: the types of schemas, and a class with a method per operation. */
final class TypeScriptPrinter {
  private final Printing printing;
  private final Client client;
  private final String firstLine;
  private final Map<ClassName, String> names;

  TypeScriptPrinter(Printing printing, Client client) {
    this.printing = printing;
    this.client = client;
    this.firstLine = FirstLine.of(printing.model().document());
    this.names = names();
  }

  /**
   * TypeScript has no packages to import shared types from, so that they are here too: under their
   * names, or with the least number from 2 where the document has the name itself.
   */
  private Map<ClassName, String> names() {
    Set<String> taken = new HashSet<>(List.of("UnexpectedResponseError", "CallOptions"));
    if (receivesItems()) {
      taken.addAll(List.of("Items", "RawEvent"));
    }
    taken.add(client.name().simpleName());
    taken.add(client.name().simpleName() + "Options");
    for (Operation operation : printing.model().operations()) {
      taken.add(operation.request().name().simpleName());
      taken.add(operation.response().name().simpleName());
    }
    Map<ClassName, String> names = new HashMap<>();
    for (Declaration declaration : declarations()) {
      String plain = declaration.name().simpleName();
      String name = plain;
      for (int i = 2; !taken.add(name); i++) {
        name = plain + i;
      }
      names.put(declaration.name(), name);
    }
    return names;
  }

  private boolean receivesItems() {
    return printing.model().operations().stream()
        .flatMap(operation -> operation.response().outcomes().stream())
        .flatMap(outcome -> outcome.content().stream())
        .anyMatch(content -> content.kind() == Content.Kind.ITEMS);
  }

  /** The document's own come first. */
  private List<Declaration> declarations() {
    List<Declaration> all = new ArrayList<>(printing.model().declarations());
    all.addAll(printing.model().shared());
    return all;
  }

  /** {@return the files, text by path} */
  Map<String, String> files(String unchanging) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("client.ts", client());
    files.put("http.ts", firstLine + "\n" + unchanging);
    files.put("models.ts", models());
    return files;
  }

  private String models() {
    TypeScript out = new TypeScript(firstLine, "", names);
    out.line("import type * as http from \"./http.js\";");
    declarations().forEach(each -> out.declaration(each, printing));
    return out.text();
  }

  private String client() {
    TypeScript out = new TypeScript(firstLine, "models.", names);
    out.line("import * as http from \"./http.js\";");
    out.line("import type * as models from \"./models.js\";");
    out.line("");
    out.line("export type * from \"./models.js\";");
    out.line("export { UnexpectedResponseError } from \"./http.js\";");
    out.line(
        "export type { CallOptions"
            + (receivesItems() ? ", Items, RawEvent" : "")
            + " } from \"./http.js\";");
    printing
        .model()
        .operations()
        .forEach(operation -> {
          request(out, operation);
          response(out, operation);
        });
    options(out);
    out.line("");
    String title = Markdown.escape(printing.model().api().title());
    out.docs(
        new Comment()
            .text("A client of " + title + ": a method for each operation.")
            .text(
                "A response that the document does not describe is an `UnexpectedResponseError`."
                    + " Bodies are taken as they are, without validation. Redirects are not"
                    + " followed."));
    out.open("export class " + client.name().simpleName() + " {");
    constructor(out);
    printing.model().operations().forEach(operation -> method(out, operation));
    out.close("}");
    return out.text();
  }

  private static String line(Operation operation) {
    return Markdown.code(operation.httpMethod() + " " + operation.path());
  }

  // Requests and responses.

  private static void request(TypeScript out, Operation operation) {
    out.line("");
    out.docs(new Comment().text("A request of " + line(operation) + "."));
    out.open("export interface " + operation.request().name().simpleName() + " {");
    for (Parameter parameter : operation.request().parameters()) {
      String what = parameter.in().word() + " parameter ";
      String name = Markdown.code(parameter.component().property());
      out.member(own(parameter), parameter.component(), "The " + what + name + ".");
    }
    operation
        .request()
        .body()
        .ifPresent(body -> {
          out.docs(new Comment().docs(body.docs(), ""));
          List<String> types =
              body.isUnion()
                  ? body.contents().stream()
                      .map(each ->
                          "{ contentType: "
                              + TypeScript.string(each.mediaType())
                              + "; value: "
                              + requestType(out, each)
                              + " }")
                      .toList()
                  : List.of(requestType(out, preferred(body)));
          member(out, body.name() + (body.required() ? "" : "?"), types);
        });
    out.close("}");
  }

  private static String own(Parameter parameter) {
    return TypeScript.own(parameter.component().name());
  }

  private static void member(TypeScript out, String name, List<String> types) {
    if (types.size() == 1) {
      out.line(name + ": " + types.getFirst() + ";");
      return;
    }
    out.open(name + ":");
    for (int i = 0; i < types.size(); i++) {
      out.line("| " + types.get(i) + (i == types.size() - 1 ? ";" : ""));
    }
    out.close();
  }

  private static Content preferred(Operation.Body body) {
    return body.contents().stream()
        .min(Comparator.comparing(each -> each.kind() != Content.Kind.JSON))
        .orElseThrow();
  }

  private static String requestType(TypeScript out, Content content) {
    return switch (content.kind()) {
      case BYTES, STREAM, ITEMS -> "Blob | ArrayBuffer";
      case JSON, FORM, MULTIPART, TEXT -> out.type(content.value());
    };
  }

  private static void response(TypeScript out, Operation operation) {
    out.line("");
    out.docs(new Comment().text("A response to " + line(operation) + "."));
    out.open("export type " + operation.response().name().simpleName() + " =");
    List<Outcome> outcomes = operation.response().outcomes();
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      out.docs(new Comment().docs(outcome.docs(), ""));
      List<String> members = new ArrayList<>();
      members.add("status: " + status(outcome.status(), outcomes));
      members.add("headers: Headers");
      outcome
          .content()
          .ifPresent(content -> {
            if (isOneOfSeveral(outcome, outcomes)) {
              members.add("contentType: " + TypeScript.string(content.mediaType()));
            }
            members.add(
                "body: "
                    + (content.kind() == Content.Kind.ITEMS
                        ? "http.Items<" + out.type(content.item()) + ">"
                        : content.binding().isEmpty() ? "Blob" : out.type(content.value())));
          });
      out.line("| { " + String.join("; ", members) + " }" + (i == outcomes.size() - 1 ? ";" : ""));
    }
    out.close();
  }

  private static boolean isOneOfSeveral(Outcome outcome, List<Outcome> outcomes) {
    return outcomes.stream().filter(each -> each.status().equals(outcome.status())).count() > 1;
  }

  /** What a status can be when it is none that has a type of its own. */
  private static String status(Status status, List<Outcome> outcomes) {
    return switch (status) {
      case Status.Exactly(int code) -> Integer.toString(code);
      case Status.Range(int hundreds) ->
          without("http.Statuses<" + hundreds + ">", exact(outcomes, hundreds));
      case Status.Otherwise() -> {
        List<Integer> ranges =
            outcomes.stream()
                .map(Outcome::status)
                .filter(Status.Range.class::isInstance)
                .map(range -> ((Status.Range) range).hundreds())
                .distinct()
                .toList();
        String all =
            IntStream.rangeClosed(1, 5)
                .filter(each -> !ranges.contains(each))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" | "));
        yield without("http.Statuses<" + (all.isEmpty() ? "never" : all) + ">", exact(outcomes, 0));
      }
    };
  }

  private static List<String> exact(List<Outcome> outcomes, int hundreds) {
    return outcomes.stream()
        .map(Outcome::status)
        .filter(Status.Exactly.class::isInstance)
        .map(each -> ((Status.Exactly) each).code())
        .filter(code -> hundreds == 0 || code / 100 == hundreds)
        .distinct()
        .map(code -> Integer.toString(code))
        .toList();
  }

  private static String without(String statuses, List<String> codes) {
    return codes.isEmpty()
        ? statuses
        : "Exclude<" + statuses + ", " + String.join(" | ", codes) + ">";
  }

  // The class.

  private void options(TypeScript out) {
    out.line("");
    out.docs(new Comment().text("Where the API is and what requests to it have."));
    out.open(
        "export interface "
            + client.name().simpleName()
            + "Options extends http.ConnectionOptions {");
    out.docs(
        new Comment()
            .text(
                client
                    .base()
                    .map(base ->
                        "Where the API is: " + Markdown.code(base.toString()) + " by default.")
                    .orElse("Where the API is.")));
    out.line("baseUrl" + (client.base().isPresent() ? "?" : "") + ": string | URL;");
    for (Client.Scheme scheme : client.schemes()) {
      out.docs(
          new Comment()
              .docs(scheme.docs(), "")
              .text(
                  "The credential of "
                      + Markdown.code(scheme.name())
                      + ", sent with the operations that ask for it."));
      boolean basic = scheme.kind() == Client.Kind.BASIC;
      out.line(option(scheme) + "?: http.Credential<" + (basic ? "http.Login" : "string") + ">;");
    }
    out.close("}");
  }

  /** The builder of a Java client has other methods, but no fetch and no headers. */
  private static String option(Client.Scheme scheme) {
    boolean taken = List.of("fetch", "headers", "baseUrl").contains(scheme.method());
    return TypeScript.property(taken ? scheme.method() + "_" : TypeScript.own(scheme.method()));
  }

  private void constructor(TypeScript out) {
    out.line("private readonly connection: http.Connection;");
    out.line("");
    String options = client.name().simpleName() + "Options";
    out.open(
        "constructor(options: " + options + (client.base().isPresent() ? " = {}" : "") + ") {");
    out.open("this.connection = new http.Connection(");
    out.line(
        "options.baseUrl"
            + client.base().map(base -> " ?? " + TypeScript.string(base.toString())).orElse("")
            + ",");
    out.line("options,");
    out.open("{");
    for (Client.Scheme scheme : client.schemes()) {
      out.line(TypeScript.key(scheme.name()) + ": " + kind(scheme) + ",");
    }
    out.close("},");
    out.open("{");
    for (Client.Scheme scheme : client.schemes()) {
      String given = option(scheme);
      out.line(
          TypeScript.key(scheme.name())
              + ": options"
              + (given.startsWith("\"") ? "[" + given + "]" : "." + given)
              + ",");
    }
    out.close("},");
    out.close(");");
    out.close("}");
  }

  private static String kind(Client.Scheme scheme) {
    String in =
        switch (scheme.kind()) {
          case HEADER_KEY -> "header";
          case QUERY_KEY -> "query";
          case COOKIE_KEY -> "cookie";
          case BEARER -> "bearer";
          case BASIC -> "basic";
        };
    return "{ in: \""
        + in
        + "\""
        + (scheme.parameter().isEmpty() ? "" : ", name: " + TypeScript.string(scheme.parameter()))
        + " }";
  }

  private void method(TypeScript out, Operation operation) {
    out.line("");
    out.docs(new Comment().docs(operation.docs(), "").text(line(operation) + "."));
    boolean optional =
        operation.request().parameters().stream()
                .noneMatch(each -> each.component().presence() instanceof Presence.Required)
            && operation.request().body().stream().noneMatch(Operation.Body::required);
    boolean taken = List.of("constructor", "connection").contains(operation.methodName());
    String name = operation.methodName() + (taken ? "_" : "");
    out.open("async " + TypeScript.property(name) + "(");
    out.line("request: " + operation.request().name().simpleName() + (optional ? " = {}," : ","));
    out.line("options?: http.CallOptions,");
    out.between("): Promise<" + operation.response().name().simpleName() + "> {");
    write(out, operation);
    read(out, operation);
    out.close("}");
  }

  private void write(TypeScript out, Operation operation) {
    out.line(
        "const call = this.connection.call("
            + TypeScript.string(operation.handlerName())
            + ", "
            + TypeScript.string(operation.httpMethod())
            + ");");
    client
        .security()
        .getOrDefault(operation.methodName(), List.of())
        .forEach(schemes ->
            out.line(
                "call.secured("
                    + schemes.stream().map(TypeScript::string).collect(Collectors.joining(", "))
                    + ");"));
    PathPieces.of(operation)
        .forEach(piece -> {
          switch (piece) {
            case PathPieces.Literal(String text) ->
                out.line("call.literal(" + TypeScript.string(text) + ");");
            case PathPieces.Variable(Parameter parameter) -> parameter(out, parameter);
          }
        });
    operation.request().parameters().stream()
        .filter(parameter -> parameter.in() != ParameterLocation.PATH)
        .forEach(parameter -> parameter(out, parameter));
    String accept =
        operation.response().outcomes().stream()
            .flatMap(outcome -> outcome.content().stream())
            .map(Content::mediaType)
            .distinct()
            .collect(Collectors.joining(", "));
    if (!accept.isEmpty()) {
      out.line("call.accept(" + TypeScript.string(accept) + ");");
    }
    operation.request().body().ifPresent(body -> body(out, body));
  }

  private static String member(String object, String name) {
    return object + "." + name;
  }

  private void parameter(TypeScript out, Parameter parameter) {
    String name = TypeScript.string(parameter.component().property());
    Value type = parameter.component().value();
    String given = member("request", own(parameter));
    if (parameter.mediaType().isPresent() || parameter.in() == ParameterLocation.QUERYSTRING) {
      content(out, parameter, name, given);
      return;
    }
    String value =
        type.nullable() && printing.isEmptyNull(type.type())
            ? "http.orEmpty(" + name + ", " + given + ")"
            : given;
    String style = ", " + TypeScript.string(style(parameter.style()));
    String explode = ", " + parameter.explode() + ", ";
    out.line(
        switch (parameter.in()) {
          case PATH -> "call.path(" + name + style + explode + value + ");";
          case QUERY, QUERYSTRING ->
              "call.query("
                  + name
                  + style
                  + explode
                  + parameter.allowReserved()
                  + ", "
                  + value
                  + ");";
          case HEADER -> "call.header(" + name + explode + value + ");";
          case COOKIE -> "call.cookie(" + name + style + explode + value + ");";
        });
  }

  private static String style(ParameterStyle style) {
    return style.word();
  }

  private static void content(TypeScript out, Parameter parameter, String name, String value) {
    String type = parameter.mediaType().orElse("");
    boolean json = MediaTypes.isJson(type);
    boolean form = MediaTypes.bare(type).equals("application/x-www-form-urlencoded");
    String function = json ? parameter.in() == ParameterLocation.HEADER ? "ascii" : "json" : "text";
    String text =
        form
            ? value + " && http.formText({}, " + value + ")"
            : "http." + function + "(" + (function.equals("text") ? name + ", " : "") + value + ")";
    if (parameter.in() != ParameterLocation.QUERYSTRING) {
      out.line("call." + parameter.in().word() + "Text(" + name + ", " + text + ");");
    } else if (form) {
      out.line("call.queryString(" + text + ");");
    } else {
      out.open("if (" + value + " !== undefined) {");
      out.line("call.queryString(http.encode(" + text + " ?? \"\"));");
      out.close("}");
    }
  }

  private void body(TypeScript out, Operation.Body body) {
    String value = member("request", body.name());
    if (!body.required()) {
      out.open("if (" + value + " !== undefined) {");
    }
    if (body.isUnion()) {
      out.open("switch (" + value + ".contentType) {");
      for (Content content : body.contents()) {
        out.open("case " + TypeScript.string(content.mediaType()) + ":");
        out.line(body(content, value + ".value"));
        out.line("break;");
        out.close();
      }
      out.close("}");
    } else {
      out.line(body(preferred(body), value));
    }
    if (!body.required()) {
      out.close("}");
    }
  }

  private String body(Content content, String value) {
    boolean isText = content.kind() == Content.Kind.TEXT;
    String type = TypeScript.string(sent(content.mediaType(), isText));
    return switch (content.kind()) {
      case JSON -> "call.json(" + type + ", " + value + ");";
      case TEXT ->
          "call.text("
              + type
              + ", "
              + value
              + charset(content.mediaType()).map(charset -> ", " + charset).orElse("")
              + ");";
      // Platforms read a blob while they send it.
      case BYTES, STREAM, ITEMS -> "call.octets(" + type + ", " + value + ");";
      case FORM -> "call.form(" + type + ", " + fields(content) + ", Object(" + value + "));";
      case MULTIPART -> "call.multipart(" + fields(content) + ", Object(" + value + "));";
    };
  }

  /** A media type as it is announced: JSON has no charset, and text one that is written. */
  private static String sent(String mediaType, boolean isText) {
    if (MediaTypes.isJson(mediaType)) {
      return MediaTypes.withoutCharset(mediaType);
    }
    return isText ? WebCharset.written(mediaType) : mediaType;
  }

  /** What a text is written in where that is not UTF-8. */
  private static Optional<String> charset(String mediaType) {
    return WebCharset.of(mediaType)
        .filter(charset -> charset != WebCharset.UTF_8 && !MediaTypes.isJson(mediaType))
        .map(charset -> TypeScript.string(charset.label()));
  }

  private String fields(Content content) {
    Set<String> nullable = printing.emptyNulls(content);
    Map<String, Content.FormPart> parts = new LinkedHashMap<>();
    nullable.forEach(name -> parts.put(name, new Content.FormPart(name, "", "", Optional.empty())));
    content.parts().forEach(part -> parts.put(part.property(), part));
    List<String> fields = new ArrayList<>();
    for (Content.FormPart part : parts.values()) {
      List<String> members = new ArrayList<>();
      if (nullable.contains(part.property())) {
        members.add("nullable: true");
      }
      if (!part.contentType().isEmpty()) {
        String first = part.contentType().split(",", 2)[0].strip();
        members.add(
            "contentType: "
                + TypeScript.string(
                    sent(first, true).equals(first) ? part.contentType() : sent(first, true)));
        charset(first).ifPresent(charset -> members.add("charset: " + charset));
      }
      if (!part.style().isEmpty() || part.explode().isPresent()) {
        String style = part.style().isEmpty() ? "form" : part.style();
        members.add("style: " + TypeScript.string(style));
        members.add("explode: " + part.explode().orElse(style.equals("form")));
      }
      fields.add(TypeScript.key(part.property()) + ": { " + String.join(", ", members) + " }");
    }
    return fields.isEmpty() ? "{}" : "{ " + String.join(", ", fields) + " }";
  }

  private static void read(TypeScript out, Operation operation) {
    out.line("const reply = await this.connection.send(call, options);");
    out.line("const headers = reply.headers;");
    Map<Status, List<Outcome>> byStatus = new LinkedHashMap<>();
    operation.response().outcomes().stream()
        .sorted(Comparator.comparingInt(outcome -> rank(outcome.status())))
        .forEach(outcome ->
            byStatus.computeIfAbsent(outcome.status(), any -> new ArrayList<>()).add(outcome));
    byStatus.forEach((status, same) -> {
      switch (status) {
        case Status.Exactly(int code) -> out.open("if (reply.status === " + code + ") {");
        case Status.Range(int hundreds) -> out.open("if (reply.isIn(" + hundreds + ")) {");
        case Status.Otherwise() -> {
          outcomes(out, same, operation.response().outcomes());
          return;
        }
      }
      outcomes(out, same, operation.response().outcomes());
      out.close("}");
    });
    if (!byStatus.containsKey(new Status.Otherwise())) {
      out.line("throw await reply.undeclaredStatus();");
    }
  }

  private static int rank(Status status) {
    return switch (status) {
      case Status.Exactly _ -> 0;
      case Status.Range _ -> 1;
      case Status.Otherwise _ -> 2;
    };
  }

  private static void outcomes(TypeScript out, List<Outcome> same, List<Outcome> all) {
    String status =
        same.getFirst().status() instanceof Status.Exactly(int code)
            ? "status: " + code
            : "status: reply.status as " + status(same.getFirst().status(), all);
    if (same.getFirst().content().isEmpty()) {
      out.line("await reply.ignore();");
      out.line("return { " + status + ", headers };");
      return;
    }
    same.stream()
        .sorted(Comparator.comparingInt(outcome -> breadth(mediaType(outcome))))
        .forEach(outcome -> {
          Content content = outcome.content().orElseThrow();
          String type = TypeScript.string(content.mediaType());
          out.open("if (reply.isOf(" + type + ")) {");
          out.line(
              "return { "
                  + status
                  + ", headers, "
                  + (same.size() > 1 ? "contentType: " + type + ", " : "")
                  + "body: "
                  + reader(out, content)
                  + " };");
          out.close("}");
        });
    String declared =
        same.stream().map(TypeScriptPrinter::mediaType).collect(Collectors.joining(", "));
    out.line("throw await reply.undeclaredMediaType(" + TypeScript.string(declared) + ");");
  }

  private static String mediaType(Outcome outcome) {
    return outcome.content().orElseThrow().mediaType();
  }

  /** A media type comes before the ranges that contain it, and with parameters before without. */
  static int breadth(String type) {
    return type.startsWith("*/*") ? 3 : type.contains("*") ? 2 : type.contains(";") ? 0 : 1;
  }

  private static String reader(TypeScript out, Content content) {
    return switch (content.kind()) {
      case BYTES, STREAM -> "await reply.octets()";
      case TEXT -> "await reply.text<" + out.type(content.value()) + ">()";
      case JSON, FORM, MULTIPART -> "await reply.json<" + out.type(content.value()) + ">()";
      case ITEMS ->
          "reply.items<"
              + out.type(content.item())
              + ">("
              + TypeScript.string(framing(content.mediaType()))
              + ")";
    };
  }

  private static String framing(String mediaType) {
    return switch (SequentialMediaType.of(mediaType).orElseThrow()) {
      case JSON_LINES -> "lines";
      case JSON_SEQUENCE -> "sequence";
      case EVENTS -> "events";
      case PARTS -> throw new IllegalArgumentException("parts are octets");
    };
  }
}
