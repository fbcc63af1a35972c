package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.ServiceExtension;
import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.schema.SourceLocation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rules on {@code x-service} and what goes with it. */
final class ServiceRules {
  private static final String CONFLICT = "extension-conflict";
  private static final List<String> PATHS =
      List.of(ServiceExtension.PATH, ServiceExtension.BASE_PATH);

  private final Findings findings;

  ServiceRules(Findings findings) {
    this.findings = findings;
  }

  void check(OpenApi document) {
    for (Operation operation : document.operations()) {
      if (operation.extensions().containsKey(ServiceExtension.FIELD)) {
        beside(operation);
        ServiceExtension.of(operation)
            .flatMap(ServiceExtension::path)
            .ifPresent(path -> parameters(operation, path));
      } else {
        PATHS.stream()
            .filter(operation.extensions()::containsKey)
            .forEach(name -> nameless(operation, name));
      }
    }
  }

  private static SourceLocation place(Operation operation, String name) {
    return operation.extensionLocations().getOrDefault(name, operation.location());
  }

  private void nameless(Operation operation, String name) {
    findings.error(
        CONFLICT,
        place(operation, name),
        name + " says where a service has the operation, and no service is named",
        "name it with " + ServiceExtension.FIELD + ", or remove " + name);
  }

  private void beside(Operation operation) {
    if (operation.webSocket().isPresent()) {
      findings.error(
          CONFLICT,
          place(operation, ServiceExtension.FIELD),
          ServiceExtension.FIELD + " is on a WebSocket, and services answer requests only",
          "remove " + ServiceExtension.FIELD + ", or " + WebSocketExtension.FIELD);
    }
    boolean form =
        OperationExtension.streamsBody(operation)
            && operation
                .requestBody()
                .filter(body ->
                    body.content().entrySet().stream()
                        .anyMatch(
                            each -> OperationExtension.storesFiles(each.getKey(), each.getValue())))
                .isPresent();
    if (form) {
      // It is taken apart while it comes: there are no octets any more to be handed on.
      findings.error(
          CONFLICT,
          place(operation, ServiceExtension.FIELD),
          ServiceExtension.FIELD
              + " hands on octets, and a streamed form with a schema is taken apart while it comes",
          "remove the schema of the form, so that the service judges it, or "
              + OperationExtension.STREAM_BODY.field());
    }
  }

  private void parameters(Operation operation, String path) {
    List<String> known = ServiceExtension.parameters(operation.path());
    Set<String> unknown = new LinkedHashSet<>(ServiceExtension.parameters(path));
    known.forEach(unknown::remove);
    for (String name : unknown) {
      findings.error(
          "extension-value",
          place(operation, ServiceExtension.PATH),
          "%s has {%s}, and the path %s does not"
              .formatted(ServiceExtension.PATH, name, operation.path()),
          findings
              .nearest(name, known)
              .map(near -> "did you mean {" + near + "}?")
              .orElse(
                  known.isEmpty()
                      ? "write a path without parameters"
                      : "it has {" + String.join("}, {", known) + "}"));
    }
  }
}
