package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.Operation.Request;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Senders;
import io.brrtrouter.codegen.model.Sending;
import io.brrtrouter.openapi.model.Callback;
import io.brrtrouter.openapi.model.ExpressionTemplate;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.PathItem;
import io.brrtrouter.schema.SourceLocation;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a service sends by itself: webhooks, and the callbacks of its operations. A callback
 * that several operations refer to is sent in one way.
 */
public final class SenderReader {
  /** Characters that logs of deliveries keep. */
  private static final int LONGEST_ID = 200;

  private final TypeReader types;
  private final OpenApi api;
  private final String packageName;
  private final URI document;
  private final Path directory;
  private final RequestReader requests;
  private final Names.Scope methods = Names.Scope.ofMembers();
  private final Names.Scope constants = Names.Scope.ofMembers();
  private final List<Naming> namings = new ArrayList<>();
  private final Set<Place> known = new HashSet<>();
  private final List<Senders.Url> urls = new ArrayList<>();
  private final Set<Target> targets = new HashSet<>();

  /** An operation and what tells it from others that stand at the same place. */
  private record Place(SourceLocation location, String name) {}

  /** Where a callback is sent. */
  private record Target(String callback, String expression) {}

  /** An operation and its names, which are given to all before anything is read. */
  private record Naming(Operation operation, String id, String what, String base, String method) {}

  SenderReader(TypeReader types, OpenApi api, String packageName, URI document, Path file) {
    this.types = types;
    this.api = api;
    this.packageName = packageName;
    this.document = document;
    this.directory = file.toAbsolutePath().normalize().resolveSibling("");
    this.requests = RequestReader.ofSent(types, packageName, document);
  }

  /**
   * {@return the operations that a service sends by itself}
   *
   * @param api the document
   */
  public static List<Operation> operations(OpenApi api) {
    List<Operation> operations = new ArrayList<>();
    api.webhooks().values().forEach(item -> operations.addAll(item.operations()));
    for (Operation operation : api.operations()) {
      for (Callback callback : operation.callbacks().values()) {
        callback.pathItems().values().forEach(item -> operations.addAll(item.operations()));
      }
    }
    return operations;
  }

  /**
   * Reads them.
   *
   * @param title what the name of the class of all senders begins with
   */
  Senders read(String title) {
    ClassName name = new ClassName(packageName, types.classes.take(title + "Senders"));
    api.webhooks().forEach(this::webhook);
    api.operations().forEach(this::callbacks);
    List<Sending> sendings = new ArrayList<>();
    for (Naming naming : namings) {
      Request request = requests.read(naming.operation(), naming.base());
      if (Limits.fit(request)) {
        sendings.add(sending(naming, request));
      } else {
        tooLarge(naming);
      }
    }
    return new Senders(name, sendings, urls);
  }

  private void webhook(String name, PathItem item) {
    item.operations().forEach(each -> name(each, name, "webhook " + name, "Webhook"));
  }

  private void callbacks(Operation operation) {
    String owner = OperationExtension.handlerName(operation);
    operation
        .callbacks()
        .forEach((name, callback) ->
            callback
                .pathItems()
                .forEach((expression, item) -> callback(name, expression, item, owner)));
  }

  private void callback(String name, String expression, PathItem item, String owner) {
    if (targets.add(new Target(name, expression))) {
      url(name, expression, item, owner);
    }
    item.operations()
        .forEach(each -> name(each, name, "callback " + name + " of " + owner, "Callback"));
  }

  private void url(String name, String expression, PathItem item, String owner) {
    if (ExpressionTemplate.parse(expression).stream()
        .noneMatch(ExpressionTemplate::namesWholeHost)) {
      types.remarks.warn(
          "callback-url-host",
          new Origin(document, "", item.location()),
          "where the callback %s of %s is sent has no constant: \"%s\" lets a request choose a part of"
                  .formatted(name, owner, expression)
              + " the host",
          "let expressions stand behind the host, or begin the URL; or give the sender a URL of"
              + " your own");
      return;
    }
    String constant = constants.take(Names.constant(nameOfAll(item.operations(), name)) + "_URL");
    urls.add(new Senders.Url(constant, name, expression, owner));
  }

  private void name(Operation operation, String name, String what, String kind) {
    String id = id(operation, name);
    if (!known.add(new Place(operation.location(), id))) {
      return;
    }
    String wanted = Names.shortened(Names.type(id));
    String base = wanted;
    for (int i = 1; isTaken(base); i++) {
      base = wanted + kind + (i == 1 ? "" : i);
    }
    types.classes.take(base + "Request");
    types.classes.take(base + "Message");
    namings.add(new Naming(operation, id, what, base, methods.take(Names.member(id))));
  }

  /** What is sent to one URL has its name, and several things that of the callback. */
  private static String nameOfAll(List<Operation> operations, String name) {
    return operations.size() == 1 ? id(operations.getFirst(), name) : name;
  }

  /** Nearly all are POST, so that the others say what they are. */
  private static String id(Operation operation, String name) {
    return operation
        .operationId()
        .orElseGet(() ->
            operation.method().equals("POST")
                ? name
                : operation.method().toLowerCase(Locale.ROOT) + " " + name);
  }

  private boolean isTaken(String base) {
    return types.classes.has(base + "Request") || types.classes.has(base + "Message");
  }

  private Sending sending(Naming naming, Request request) {
    Operation operation = naming.operation();
    List<Sending.Answer> answers = new ArrayList<>();
    operation
        .responses()
        .forEach((status, response) ->
            answers.add(new Sending.Answer(status, response.description().orElse(""))));
    return new Sending(
        shortened(naming.id()),
        naming.what(),
        operation.method(),
        naming.method(),
        new ClassName(packageName, naming.base() + "Message"),
        request,
        answers,
        new Docs(
            operation.summary().orElse(""),
            operation.description().orElse(""),
            operation.deprecated()),
        new Origin(document, "", OperationReader.beside(directory, operation.location())));
  }

  private static String shortened(String id) {
    if (id.length() <= LONGEST_ID) {
      return id;
    }
    boolean splits = Character.isHighSurrogate(id.charAt(LONGEST_ID - 1));
    return id.substring(0, splits ? LONGEST_ID - 1 : LONGEST_ID);
  }

  private void tooLarge(Naming naming) {
    types.remarks.warn(
        "operation-too-large",
        new Origin(document, "", naming.operation().location()),
        "the %s has more parameters than a Java record can have and is left out"
            .formatted(naming.what()),
        "send it by hand");
  }

  /** Says what nothing is generated for. */
  static void leftOut(OpenApi api, URI document, Remarks remarks) {
    for (Map.Entry<String, PathItem> webhook : api.webhooks().entrySet()) {
      remarks.warn(
          "webhooks-not-generated",
          new Origin(document, "", webhook.getValue().location()),
          "the webhook " + webhook.getKey() + " is not generated",
          "generate the part senders, or send it by hand");
    }
  }
}
