package io.brrtrouter.cli;

import io.brrtrouter.openapi.model.ServiceExtension;
import io.brrtrouter.server.dispatch.ServedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes lists of operations. */
final class Routes {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Routes() {}

  /**
   * {@return a table}
   *
   * @param services tells where a service is, by its name
   */
  static String text(
      List<ServedOperation> operations, Function<String, Optional<String>> services) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("METHOD", "PATH", "HANDLER", ""));
    for (ServedOperation each : operations) {
      rows.add(List.of(each.method(), each.path(), each.handler(), notes(each, services)));
    }
    int[] widths = new int[3];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      text.append(line.append(row.getLast()).toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String notes(ServedOperation served, Function<String, Optional<String>> services) {
    List<String> notes = new ArrayList<>();
    if (served.operation().deprecated()) {
      notes.add("deprecated");
    }
    if (served.operation().demandsCredentials()) {
      notes.add("secured");
    }
    ServiceExtension.of(served.operation())
        .map(ServiceExtension::service)
        .ifPresent(name ->
            notes.add(
                "service "
                    + name
                    + services.apply(name).map(addresses -> " at " + addresses).orElse("")));
    return String.join(", ", notes);
  }

  /** {@return a JSON array of objects} */
  static String json(
      List<ServedOperation> operations, Function<String, Optional<String>> services) {
    ArrayNode routes = JsonNodeFactory.instance.arrayNode();
    for (ServedOperation each : operations) {
      ObjectNode route = routes.addObject();
      route
          .put("method", each.method())
          .put("path", each.path())
          .put("handler", each.handler())
          .put("deprecated", each.operation().deprecated())
          .put("secured", each.operation().demandsCredentials());
      each.operation().operationId().ifPresent(id -> route.put("operationId", id));
      ServiceExtension.of(each.operation())
          .map(ServiceExtension::service)
          .ifPresent(name -> {
            route.put("service", name);
            services.apply(name).ifPresent(addresses -> route.put("serviceUrl", addresses));
          });
      each.operation().summary().ifPresent(summary -> route.put("summary", summary));
      ArrayNode tags = route.putArray("tags");
      each.operation().tags().forEach(tags::add);
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(routes) + "\n";
  }
}
