package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.openapi.model.Header;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads operations as requests, responses and handlers. */
final class OperationReader {
  private static final String SWITCHING = Phrases.name(new Operation.Status.Exactly(101));

  private final TypeReader types;
  private final String packageName;
  private final URI document;
  private final Path directory;
  private final boolean sends;
  private final RequestReader requests;
  private final ConversationReader conversations;
  private final Names.Scope methods = Names.Scope.ofMembers();

  OperationReader(TypeReader types, String packageName, URI document, Path file, boolean sends) {
    this.types = types;
    this.packageName = packageName;
    this.document = document;
    this.directory = file.toAbsolutePath().normalize().resolveSibling("");
    this.sends = sends;
    this.requests = RequestReader.ofReceived(types, packageName, document);
    this.conversations = new ConversationReader(types, packageName, document);
  }

  /**
   * An operation and its names, which are given to all before anything is read.
   *
   * @param document what the document says
   * @param base what its classes begin with
   * @param method its method in the API interface
   */
  record Naming(io.brrtrouter.openapi.model.Operation document, String base, String method) {}

  Naming name(io.brrtrouter.openapi.model.Operation operation) {
    String id =
        operation
            .operationId()
            .orElseGet(() -> operation.method().toLowerCase(Locale.ROOT) + " " + operation.path());
    String wanted = Names.shortened(Names.type(id));
    String base = wanted;
    for (int i = 1; isTaken(base); i++) {
      base = wanted + "Operation" + (i == 1 ? "" : i);
    }
    types.classes.take(base + "Request");
    types.classes.take(base + "Response");
    types.classes.take(base + "Handler");
    return new Naming(operation, base, methods.take(Names.member(id)));
  }

  private boolean isTaken(String base) {
    return types.classes.has(base + "Request")
        || types.classes.has(base + "Response")
        || types.classes.has(base + "Handler");
  }

  Operation read(Naming naming) {
    var operation = naming.document();
    if (!sends && !operation.callbacks().isEmpty()) {
      types.remarks.warn(
          "callbacks-not-generated",
          origin(operation.location()),
          "the callbacks of " + naming.method() + " are not generated",
          "generate the part senders, or send them by hand");
    }
    if (operation.sse() && !hasEvents(operation)) {
      types.remarks.warn(
          "stream-untyped",
          origin(operation.location()),
          "the events of " + naming.method() + " have no Java type: the body is the whole stream",
          "write the operation's handler without generated types to stream it");
    }
    return new Operation(
        operation.operationId().orElse(""),
        OperationExtension.handlerName(operation),
        operation.method().toUpperCase(Locale.ROOT),
        operation.path(),
        naming.method(),
        name(naming.base() + "Handler"),
        requests.read(naming.document(), naming.base()),
        response(naming),
        operation.tags(),
        new Docs(
            operation.summary().orElse(""),
            operation.description().orElse(""),
            operation.deprecated()),
        origin(beside(directory, operation.location())));
  }

  private static boolean hasEvents(io.brrtrouter.openapi.model.Operation operation) {
    return operation.responses().values().stream()
        .flatMap(response -> response.content().keySet().stream())
        .anyMatch(EventReader::isEvents);
  }

  /** {@return whether an operation is a WebSocket of which nothing is described} */
  static boolean isUndescribed(io.brrtrouter.openapi.model.Operation operation) {
    return operation.webSocket().filter(said -> !said.isDescribed()).isPresent();
  }

  /** A place as the document itself would name it: wherever it lies, the code is the same. */
  static SourceLocation beside(Path directory, SourceLocation location) {
    Path file = Path.of(location.file()).toAbsolutePath().normalize();
    return new SourceLocation(
        directory.relativize(file).toString().replace('\\', '/'),
        location.line(),
        location.column());
  }

  private ClassName name(String simple) {
    return new ClassName(packageName, simple);
  }

  private Origin origin(SourceLocation location) {
    return new Origin(document, "", location);
  }

  private Operation.Response response(Naming naming) {
    Names.Scope names = Names.Scope.inside(naming.base() + "Response");
    List<Operation.Outcome> outcomes = new ArrayList<>();
    naming
        .document()
        .webSocket()
        .ifPresent(said -> outcomes.add(begun(naming, said, names.take(SWITCHING))));
    boolean[] successful = {false};
    naming
        .document()
        .responses()
        .forEach((key, response) -> {
          if (key.startsWith("1") && naming.document().webSocket().isPresent()) {
            return; // That is the one above.
          }
          Operation.Status status = status(key);
          boolean success = key.startsWith("2") && !successful[0];
          successful[0] |= success;
          String name = Phrases.name(status);
          Hint hint = new Hint(naming.base() + (success ? "Response" : name), "Body");
          // A response to HEAD has no content, whatever is declared (RFC 9110 section 9.3.2).
          Map<String, MediaType> content =
              naming.document().method().equals("HEAD") ? Map.of() : response.content();
          ContentReader reader = ContentReader.ofResponses(types, naming.document());
          outcomes(name, status, response, content, hint, names, reader, outcomes);
        });
    if (outcomes.isEmpty()) {
      types.remarks.warn(
          "responses-missing",
          origin(naming.document().location()),
          "the operation declares no response, so it may answer with any status, without a body",
          "declare its responses");
      outcomes.add(
          new Operation.Outcome(
              "Otherwise",
              new Operation.Status.Otherwise(),
              Optional.empty(),
              List.of(),
              Docs.NONE,
              origin(naming.document().location())));
    }
    return new Operation.Response(name(naming.base() + "Response"), outcomes);
  }

  /** {@return the answer that begins a WebSocket, which need not be declared} */
  private Operation.Outcome begun(Naming naming, WebSocketExtension said, String name) {
    Optional<Response> declared = Optional.ofNullable(naming.document().responses().get("101"));
    return new Operation.Outcome(
        name,
        new Operation.Status.Exactly(101),
        Optional.empty(),
        Optional.of(conversations.read(said, naming.base())),
        declared.map(each -> headers(each, naming.base() + name)).orElse(List.of()).stream()
            .filter(each -> !isOfHandshake(each.component().property()))
            .toList(),
        declared
            .map(each -> new Docs(each.summary().orElse(""), each.description().orElse(""), false))
            .orElse(Docs.NONE),
        origin(declared.map(Response::location).orElse(said.location())));
  }

  /** Whether the server itself says it (RFC 6455 section 4.2.2). */
  private static boolean isOfHandshake(String field) {
    String name = field.toLowerCase(Locale.ROOT);
    return name.equals("upgrade") || name.equals("connection") || name.startsWith("sec-websocket-");
  }

  private static Operation.Status status(String key) {
    if (key.equals("default")) {
      return new Operation.Status.Otherwise();
    }
    return key.endsWith("XX") || key.endsWith("xx")
        ? new Operation.Status.Range(key.charAt(0) - '0')
        : new Operation.Status.Exactly(Integer.parseInt(key));
  }

  private void outcomes(
      String name,
      Operation.Status status,
      Response response,
      Map<String, MediaType> contents,
      Hint hint,
      Names.Scope names,
      ContentReader reader,
      List<Operation.Outcome> outcomes) {
    Docs docs = new Docs(response.summary().orElse(""), response.description().orElse(""), false);
    List<Operation.Header> headers = headers(response, hint.owner());
    if (contents.isEmpty()) {
      outcomes.add(
          new Operation.Outcome(
              names.take(name),
              status,
              Optional.empty(),
              headers,
              docs,
              origin(response.location())));
    }
    boolean several = contents.size() > 1;
    boolean[] first = {true};
    contents.forEach((mediaType, content) -> {
      String word = several ? Phrases.mediaType(mediaType) : "";
      Hint own = first[0] ? hint : new Hint(hint.owner() + word, hint.own());
      first[0] = false;
      outcomes.add(
          new Operation.Outcome(
              names.take(name + word),
              status,
              Optional.of(
                  reader.read(
                      mediaType, content, origin(content.location()), Optional.empty(), own)),
              headers,
              docs,
              origin(response.location())));
    });
  }

  private List<Operation.Header> headers(Response response, String owner) {
    Names.Scope members = Names.Scope.ofMembers();
    members.take("status");
    members.take("body");
    List<Operation.Header> headers = new ArrayList<>();
    response
        .headers()
        .forEach((name, header) -> {
          if (!name.equalsIgnoreCase("Content-Type")) {
            headers.add(
                new Operation.Header(
                    header(name, header, members.take(Names.member(name)), owner),
                    header.explode(),
                    !header.content().isEmpty(),
                    schema(header).map(each -> Site.of(each).origin()),
                    Optional.empty()));
          }
        });
    return headers;
  }

  private Value value(Optional<Schema> schema, Hint hint, View view, Origin origin) {
    return schema
        .map(each -> types.value(Site.of(each), ContentReader.hint(each, hint), view))
        .orElseGet(() -> Value.of(new JavaType.Tree(), origin));
  }

  private static Optional<Schema> schema(Header header) {
    return header
        .schema()
        .or(() -> header.content().values().stream().findFirst().flatMap(MediaType::schema));
  }

  private Component header(String name, Header header, String member, String owner) {
    Value value =
        value(
            schema(header),
            new Hint(owner, Names.type(name)),
            View.RESPONSE,
            origin(header.location()));
    return new Component(
        member,
        name,
        value,
        header.required() ? new Presence.Required() : new Presence.Optional(),
        new Docs("", header.description().orElse(""), header.deprecated()));
  }
}
