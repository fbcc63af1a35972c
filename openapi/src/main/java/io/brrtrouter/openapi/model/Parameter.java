package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A parameter (section 4.8.12). Either {@code schema} or one entry of {@code content} is there.
 *
 * @param location where the object is written
 * @param name the name, case-sensitive except in headers
 * @param in where it is sent
 * @param description CommonMark text
 * @param required whether it must be sent
 * @param deprecated whether callers should stop sending it
 * @param allowEmptyValue whether {@code ?name=} and {@code ?name} pass without a value
 * @param style serialisation, the location's default when not given
 * @param explode whether arrays and objects are spread, the style's default when not given
 * @param allowReserved whether reserved characters may stand unencoded
 * @param schema the schema of the value
 * @param content at most one media type that serialises the value
 * @param example an example
 * @param examples named examples
 * @param extensions every {@code x-*} field, by its full name
 */
public record Parameter(
    SourceLocation location,
    String name,
    ParameterLocation in,
    Optional<String> description,
    boolean required,
    boolean deprecated,
    boolean allowEmptyValue,
    ParameterStyle style,
    boolean explode,
    boolean allowReserved,
    Optional<Schema> schema,
    Map<String, MediaType> content,
    Optional<JsonNode> example,
    Map<String, Example> examples,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Parameter {
    content = Ordered.copyOf(content);
    examples = Ordered.copyOf(examples);
    extensions = Ordered.copyOf(extensions);
  }

  /**
   * {@return the same with another description}
   *
   * @param description replaces this one's
   */
  public Parameter withDescription(Optional<String> description) {
    return new Parameter(
        location,
        name,
        in,
        description,
        required,
        deprecated,
        allowEmptyValue,
        style,
        explode,
        allowReserved,
        schema,
        content,
        example,
        examples,
        extensions);
  }
}
