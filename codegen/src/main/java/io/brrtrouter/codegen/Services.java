package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.ServiceExtension;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/** Operations that other services answer: clients have them, and nobody here has to handle them. */
final class Services {
  private Services() {}

  /** {@return what is to be handled of a model} */
  static JavaModel handled(Loaded document, JavaModel model) {
    return document.api().map(api -> model.without(handlers(api))).orElse(model);
  }

  /** {@return the names of the handlers that other services stand in for} */
  static SequencedSet<String> handlers(OpenApi document) {
    SequencedSet<String> handlers = new LinkedHashSet<>();
    for (Operation operation : document.operations()) {
      if (ServiceExtension.of(operation).isPresent()) {
        handlers.add(OperationExtension.handlerName(operation));
      }
    }
    return handlers;
  }

  /** {@return the settings of a new project: where the services are} */
  static String settings(OpenApi document) {
    StringBuilder settings = new StringBuilder();
    int port = 8081;
    for (String service : names(document)) {
      settings.append(
          settings.isEmpty()
              ? "\n# Other services that answer operations, with their addresses.\nservices:\n"
              : "");
      settings.append("  %s:\n    url: [\"http://localhost:%d\"]\n".formatted(service, port++));
    }
    return settings.toString();
  }

  private static SequencedSet<String> names(OpenApi document) {
    TreeSet<String> names = new TreeSet<>();
    document.operations().stream()
        .map(ServiceExtension::of)
        .flatMap(Optional::stream)
        .forEach(each -> names.add(each.service()));
    return names;
  }
}
