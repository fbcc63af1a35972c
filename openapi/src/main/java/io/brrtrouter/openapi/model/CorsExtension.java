package io.brrtrouter.openapi.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the {@code x-cors} of an operation says about pages of other origins (Cross-Origin Resource
 * Sharing, Fetch standard section 3.2). Which origins there are is never said in a document: it is
 * the same one wherever it is served.
 */
public sealed interface CorsExtension {
  /** The name of the extension. */
  String FIELD = "x-cors";

  /** The operation has the policy of the server: {@code inherit}, or no extension. */
  record Inherited() implements CorsExtension {}

  /** No field about other origins is ever sent: {@code false}. */
  record Off() implements CorsExtension {}

  /**
   * The policy of the server with changes. Of each that is empty, the server's counts.
   *
   * @param allowedHeaders names of request header fields
   * @param allowedMethods methods
   * @param allowCredentials whether cookies and the like come along
   * @param exposeHeaders names of response header fields that scripts may read
   * @param maxAge how long browsers keep the answer to a preflight
   */
  record Changes(
      Optional<List<String>> allowedHeaders,
      Optional<List<String>> allowedMethods,
      Optional<Boolean> allowCredentials,
      Optional<List<String>> exposeHeaders,
      Optional<Duration> maxAge)
      implements CorsExtension {}

  /**
   * {@return what an operation says}
   *
   * @param operation an operation of a document that was read without errors
   */
  static CorsExtension of(Operation operation) {
    return OperationExtension.CORS
        .of(operation)
        .map(CorsExtension::parse)
        .orElseGet(Inherited::new);
  }

  private static CorsExtension parse(JsonNode value) {
    if (!value.isObject()) {
      return value.isBoolean() ? new Off() : new Inherited();
    }
    return new Changes(
        value.optional("allowedHeaders").map(CorsExtension::texts),
        value.optional("allowedMethods").map(CorsExtension::texts),
        value.optional("allowCredentials").map(JsonNode::booleanValue),
        value.optional("exposeHeaders").map(CorsExtension::texts),
        value.optional("maxAge").map(seconds -> Duration.ofSeconds(seconds.longValue())));
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::stringValue).toList();
  }
}
