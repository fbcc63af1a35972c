package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A link to further documentation (section 4.8.11).
 *
 * @param location where the object is written
 * @param description CommonMark text
 * @param url a URI
 * @param extensions every {@code x-*} field, by its full name
 */
public record ExternalDocs(
    SourceLocation location,
    Optional<String> description,
    String url,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public ExternalDocs {
    extensions = Ordered.copyOf(extensions);
  }
}
