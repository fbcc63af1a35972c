package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reusable objects by name (section 4.8.7).
 *
 * @param location where the object is written
 * @param schemas schemas
 * @param responses responses
 * @param parameters parameters
 * @param examples examples
 * @param requestBodies request bodies
 * @param headers headers
 * @param securitySchemes security schemes
 * @param links links
 * @param callbacks callbacks
 * @param pathItems path items
 * @param mediaTypes media types (3.2)
 * @param extensions every {@code x-*} field, by its full name
 */
public record Components(
    SourceLocation location,
    Map<String, Schema> schemas,
    Map<String, Response> responses,
    Map<String, Parameter> parameters,
    Map<String, Example> examples,
    Map<String, RequestBody> requestBodies,
    Map<String, Header> headers,
    Map<String, SecurityScheme> securitySchemes,
    Map<String, Link> links,
    Map<String, Callback> callbacks,
    Map<String, PathItem> pathItems,
    Map<String, MediaType> mediaTypes,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Components {
    schemas = Ordered.copyOf(schemas);
    responses = Ordered.copyOf(responses);
    parameters = Ordered.copyOf(parameters);
    examples = Ordered.copyOf(examples);
    requestBodies = Ordered.copyOf(requestBodies);
    headers = Ordered.copyOf(headers);
    securitySchemes = Ordered.copyOf(securitySchemes);
    links = Ordered.copyOf(links);
    callbacks = Ordered.copyOf(callbacks);
    pathItems = Ordered.copyOf(pathItems);
    mediaTypes = Ordered.copyOf(mediaTypes);
    extensions = Ordered.copyOf(extensions);
  }
}
