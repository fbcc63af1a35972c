package io.brrtrouter.server.runtime;

import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.dispatch.Endpoint.Later;
import io.brrtrouter.server.dispatch.Endpoint.Now;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the server answers by itself, beside the operations of the document. All paths come from the
 * configuration; where the document has a path of its own, that wins.
 */
final class BuiltInEndpoints {
  private BuiltInEndpoints() {}

  /**
   * {@return the endpoints by path}
   *
   * @param paths where they are
   * @param ready answers whether requests are welcome
   * @param metrics answers with the figures
   * @param decisions answers with what became of requests of secured operations
   * @param reloads answers with what became of changed files
   * @param document the document of this generation
   */
  static Map<String, Endpoint> of(
      EndpointSettings paths,
      Endpoint ready,
      Endpoint metrics,
      Endpoint decisions,
      Endpoint reloads,
      ServedDocument document) {
    Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    paths.health().ifPresent(path -> endpoints.put(path, health()));
    paths.ready().ifPresent(path -> endpoints.put(path, ready));
    paths.metrics().ifPresent(path -> endpoints.put(path, uncached(metrics)));
    paths.securityDecisions().ifPresent(path -> endpoints.put(path, decisions));
    paths.reloads().ifPresent(path -> endpoints.put(path, reloads));
    Endpoint json = document("application/json", document.json());
    paths
        .openapiYaml()
        .ifPresent(path -> endpoints.put(path, document("application/yaml", document.yaml())));
    paths.openapiJson().ifPresent(path -> endpoints.put(path, json));
    Endpoint docs = document("application/json", document.docs());
    paths.docs().ifPresent(path -> endpoints.putAll(SwaggerUi.at(path, document.title(), docs)));
    return endpoints;
  }

  private static Endpoint health() {
    HttpResponse ok = status(200, "{\"status\":\"ok\"}");
    return _ -> new Now(ok);
  }

  private static HttpResponse status(int status, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return uncached(HttpResponse.bytes(status, "application/json", body));
  }

  private static Endpoint uncached(Endpoint endpoint) {
    return request ->
        switch (endpoint.answer(request)) {
          case Now(HttpResponse response) -> new Now(uncached(response));
          case Later(Supplier<HttpResponse> work) -> new Later(() -> uncached(work.get()));
        };
  }

  private static HttpResponse uncached(HttpResponse response) {
    return response.withHeader("Cache-Control", "no-store");
  }

  private static Endpoint document(String mediaType, Lazy<byte[]> content) {
    return StaticContent.of(mediaType, content, StaticContent.REVALIDATE, Headers.empty());
  }
}
