package io.brrtrouter.server.runtime;

import io.brrtrouter.server.config.ConfigValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Paths of the built-in endpoints; an empty one is not served.
 *
 * @param health answers while the process lives
 * @param ready answers while requests are welcome
 * @param metrics figures for Prometheus
 * @param openapiYaml the document as YAML
 * @param openapiJson the document as JSON
 * @param docs Swagger UI
 * @param securityDecisions what became of requests of secured operations
 * @param reloads what became of changed files
 */
public record EndpointSettings(
    Optional<String> health,
    Optional<String> ready,
    Optional<String> metrics,
    Optional<String> openapiYaml,
    Optional<String> openapiJson,
    Optional<String> docs,
    Optional<String> securityDecisions,
    Optional<String> reloads) {

  /** {@return the paths of those that are served, by the name of their setting} */
  Map<String, String> byName() {
    Map<String, String> paths = new LinkedHashMap<>();
    health.ifPresent(path -> paths.put("health", path));
    ready.ifPresent(path -> paths.put("ready", path));
    metrics.ifPresent(path -> paths.put("metrics", path));
    openapiYaml.ifPresent(path -> paths.put("openapi_yaml", path));
    openapiJson.ifPresent(path -> paths.put("openapi_json", path));
    docs.ifPresent(path -> paths.put("docs", path));
    securityDecisions.ifPresent(path -> paths.put("security_decisions", path));
    reloads.ifPresent(path -> paths.put("reloads", path));
    return paths;
  }

  static EndpointSettings of(ConfigValues values) {
    return new EndpointSettings(
        values.get(ConfigKeys.HEALTH),
        values.get(ConfigKeys.READY),
        values.get(ConfigKeys.METRICS),
        values.get(ConfigKeys.OPENAPI_YAML),
        values.get(ConfigKeys.OPENAPI_JSON),
        values.get(ConfigKeys.DOCS),
        values.get(ConfigKeys.SECURITY_DECISIONS),
        values.get(ConfigKeys.RELOADS));
  }
}
