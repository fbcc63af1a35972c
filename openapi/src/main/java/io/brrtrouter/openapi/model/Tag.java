package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A tag that groups operations (section 4.8.22; {@code summary}, {@code parent}, {@code kind} since
 * 3.2).
 *
 * @param location where the object is written
 * @param name the name
 * @param summary a short title
 * @param description CommonMark text
 * @param externalDocs further documentation
 * @param parent name of the tag this one is nested under
 * @param kind what sort of tag it is, for example {@code nav}
 * @param extensions every {@code x-*} field, by its full name
 */
public record Tag(
    SourceLocation location,
    String name,
    Optional<String> summary,
    Optional<String> description,
    Optional<ExternalDocs> externalDocs,
    Optional<String> parent,
    Optional<String> kind,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Tag {
    extensions = Ordered.copyOf(extensions);
  }
}
