package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A link from a response to an operation (section 4.8.20).
 *
 * @param location where the object is written
 * @param operationRef a URI reference of an operation
 * @param operationId an operation of the document
 * @param parameters values or runtime expressions by parameter
 * @param requestBody a value or runtime expression
 * @param description CommonMark text
 * @param server the server of the target
 * @param extensions every {@code x-*} field, by its full name
 */
public record Link(
    SourceLocation location,
    Optional<String> operationRef,
    Optional<String> operationId,
    Map<String, JsonNode> parameters,
    Optional<JsonNode> requestBody,
    Optional<String> description,
    Optional<Server> server,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Link {
    parameters = Ordered.copyOf(parameters);
    extensions = Ordered.copyOf(extensions);
  }

  /**
   * {@return the same with another description}
   *
   * @param description replaces this one's
   */
  public Link withDescription(Optional<String> description) {
    return new Link(
        location,
        operationRef,
        operationId,
        parameters,
        requestBody,
        description,
        server,
        extensions);
  }
}
