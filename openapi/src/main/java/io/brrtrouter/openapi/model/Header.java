package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A response or part header (section 4.8.21); serialised in {@code simple} style.
 *
 * @param location where the object is written
 * @param description CommonMark text
 * @param required whether it must be sent
 * @param deprecated whether it should not be relied on
 * @param explode whether objects are spread as {@code k=v}
 * @param schema the schema of the value
 * @param content at most one media type that serialises the value
 * @param example an example
 * @param examples named examples
 * @param extensions every {@code x-*} field, by its full name
 */
public record Header(
    SourceLocation location,
    Optional<String> description,
    boolean required,
    boolean deprecated,
    boolean explode,
    Optional<Schema> schema,
    Map<String, MediaType> content,
    Optional<JsonNode> example,
    Map<String, Example> examples,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Header {
    content = Ordered.copyOf(content);
    examples = Ordered.copyOf(examples);
    extensions = Ordered.copyOf(extensions);
  }

  /**
   * {@return the same with another description}
   *
   * @param description replaces this one's
   */
  public Header withDescription(Optional<String> description) {
    return new Header(
        location,
        description,
        required,
        deprecated,
        explode,
        schema,
        content,
        example,
        examples,
        extensions);
  }
}
