package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Contact information (section 4.8.3).
 *
 * @param location where the object is written
 * @param name the name
 * @param url a URI
 * @param email an e-mail address
 * @param extensions every {@code x-*} field, by its full name
 */
public record Contact(
    SourceLocation location,
    Optional<String> name,
    Optional<String> url,
    Optional<String> email,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Contact {
    extensions = Ordered.copyOf(extensions);
  }
}
