package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A request body (section 4.8.13).
 *
 * @param location where the object is written
 * @param description CommonMark text
 * @param content media types or ranges
 * @param required whether a body must be sent
 * @param extensions every {@code x-*} field, by its full name
 */
public record RequestBody(
    SourceLocation location,
    Optional<String> description,
    Map<String, MediaType> content,
    boolean required,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public RequestBody {
    content = Ordered.copyOf(content);
    extensions = Ordered.copyOf(extensions);
  }

  /**
   * {@return the same with another description}
   *
   * @param description replaces this one's
   */
  public RequestBody withDescription(Optional<String> description) {
    return new RequestBody(location, description, content, required, extensions);
  }
}
