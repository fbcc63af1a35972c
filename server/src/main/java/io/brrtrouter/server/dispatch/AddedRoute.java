package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.Components;
import io.brrtrouter.openapi.model.Info;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.PathItem;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.router.PathTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * A route that is in no document, as the smallest document that has it: one operation, its path
 * parameters as text, no declared body or responses.
 */
final class AddedRoute {
  private AddedRoute() {}

  /** {@return the document of a route} */
  static Loaded document(Method method, PathTemplate template) {
    SourceLocation place = new SourceLocation("addRoute(" + method + " " + template + ")", 0, 0);
    List<Parameter> parameters =
        template.names().stream().map(name -> parameter(place, name)).toList();
    Map<String, JsonNode> extensions =
        Map.of(OperationExtension.RESPONSE_CHECK.field(), StringNode.valueOf("off"));
    Operation operation =
        new Operation(
            place,
            method.token(),
            template.toString(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            parameters,
            Optional.empty(),
            Map.of(),
            Map.of(),
            false,
            List.of(),
            false,
            List.of(),
            extensions,
            Map.of(),
            Optional.empty());
    PathItem item =
        new PathItem(
            place,
            template.toString(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(operation),
            Map.of());
    return new Loaded(
        Optional.of(api(place, item)),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Parameter parameter(SourceLocation place, String name) {
    return new Parameter(
        place,
        name,
        ParameterLocation.PATH,
        Optional.empty(),
        true,
        false,
        false,
        ParameterStyle.SIMPLE,
        false,
        false,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private static OpenApi api(SourceLocation place, PathItem item) {
    Info info =
        new Info(
            place,
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            Map.of());
    Components components =
        new Components(
            place, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(),
            Map.of(), Map.of(), Map.of(), Map.of());
    return new OpenApi(
        place,
        "3.1.1",
        info,
        Optional.empty(),
        List.of(),
        Map.of(item.path(), item),
        Map.of(),
        components,
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }
}
