package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The licence of the API (section 4.8.4).
 *
 * @param location where the object is written
 * @param name the name
 * @param identifier an SPDX expression
 * @param url a URI
 * @param extensions every {@code x-*} field, by its full name
 */
public record License(
    SourceLocation location,
    String name,
    Optional<String> identifier,
    Optional<String> url,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public License {
    extensions = Ordered.copyOf(extensions);
  }
}
