package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A named example (section 4.8.19; {@code dataValue}, {@code serializedValue} since 3.2).
 *
 * @param location where the object is written
 * @param summary a short summary
 * @param description CommonMark text
 * @param value the example, embedded
 * @param dataValue the data before serialisation
 * @param serializedValue the text as sent
 * @param externalValue a URI of the example
 * @param extensions every {@code x-*} field, by its full name
 */
public record Example(
    SourceLocation location,
    Optional<String> summary,
    Optional<String> description,
    Optional<JsonNode> value,
    Optional<JsonNode> dataValue,
    Optional<String> serializedValue,
    Optional<String> externalValue,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Example {
    extensions = Ordered.copyOf(extensions);
  }

  /**
   * {@return the same with another summary}
   *
   * @param summary replaces this one's
   */
  public Example withSummary(Optional<String> summary) {
    return new Example(
        location,
        summary,
        description,
        value,
        dataValue,
        serializedValue,
        externalValue,
        extensions);
  }

  /**
   * {@return the same with another description}
   *
   * @param description replaces this one's
   */
  public Example withDescription(Optional<String> description) {
    return new Example(
        location,
        summary,
        description,
        value,
        dataValue,
        serializedValue,
        externalValue,
        extensions);
  }
}
