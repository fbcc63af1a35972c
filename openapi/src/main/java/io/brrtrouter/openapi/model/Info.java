package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Metadata about the API (section 4.8.2).
 *
 * @param location where the object is written
 * @param title the title
 * @param summary a short summary
 * @param description CommonMark text
 * @param termsOfService a URI
 * @param contact whom to ask
 * @param license the licence
 * @param version version of the document
 * @param extensions every {@code x-*} field, by its full name
 */
public record Info(
    SourceLocation location,
    String title,
    Optional<String> summary,
    Optional<String> description,
    Optional<String> termsOfService,
    Optional<Contact> contact,
    Optional<License> license,
    String version,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Info {
    extensions = Ordered.copyOf(extensions);
  }
}
