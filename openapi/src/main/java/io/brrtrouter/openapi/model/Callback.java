package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Requests the server may send in return (section 4.8.18).
 *
 * @param location where the object is written
 * @param pathItems path items by runtime expression
 * @param extensions every {@code x-*} field, by its full name
 */
public record Callback(
    SourceLocation location, Map<String, PathItem> pathItems, Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Callback {
    pathItems = Ordered.copyOf(pathItems);
    extensions = Ordered.copyOf(extensions);
  }
}
