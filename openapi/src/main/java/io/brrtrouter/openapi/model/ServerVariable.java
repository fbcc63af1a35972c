package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A variable of a server URL (section 4.8.6).
 *
 * @param location where the object is written
 * @param enumeration allowed values; empty when any is
 * @param defaultValue the value when none is given
 * @param description CommonMark text
 * @param extensions every {@code x-*} field, by its full name
 */
public record ServerVariable(
    SourceLocation location,
    List<String> enumeration,
    String defaultValue,
    Optional<String> description,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public ServerVariable {
    enumeration = List.copyOf(enumeration);
    extensions = Ordered.copyOf(extensions);
  }
}
