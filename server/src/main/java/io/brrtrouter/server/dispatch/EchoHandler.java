package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.Parameters;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers with what was received and how it was understood: handler, method, path template,
 * parameters as pairs of name and value, body and parts.
 */
final class EchoHandler implements Handler {
  static final EchoHandler INSTANCE = new EchoHandler();

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private EchoHandler() {}

  @Override
  public HttpResponse handle(Request request) throws IOException {
    request.readToEnd();
    ObjectNode echo = JSON.objectNode();
    echo.put("handler", request.exchange().handlerName());
    echo.put("method", request.method().token());
    echo.put("path", request.template());
    echo.set("params", pairs(request.pathParameters()));
    echo.set("query", pairs(request.queryParameters()));
    echo.set("headers", pairs(request.headerParameters()));
    echo.set("cookies", pairs(request.cookieParameters()));
    echo.set("body", request.body().orElse(NullNode.getInstance()));
    if (!request.parts().isEmpty()) {
      ArrayNode parts = echo.putArray("parts");
      request.parts().forEach(part -> parts.add(part(part)));
    }
    return HttpResponse.json(200, echo);
  }

  private static ArrayNode pairs(Parameters parameters) {
    ArrayNode pairs = JSON.arrayNode();
    for (String name : parameters.names()) {
      JsonNode value = parameters.node(name);
      pairs.add(JSON.arrayNode().add(name).add(value));
    }
    return pairs;
  }

  private static ObjectNode part(Part part) {
    ObjectNode object = JSON.objectNode().put("name", part.name());
    part.fileName().ifPresent(name -> object.put("fileName", name));
    return object.put("contentType", part.contentType()).put("size", part.length());
  }
}
