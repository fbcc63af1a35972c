package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A response (section 4.8.17).
 *
 * @param location where the object is written
 * @param summary a short summary (3.2)
 * @param description CommonMark text
 * @param headers headers by name
 * @param content media types or ranges
 * @param links links by name
 * @param extensions every {@code x-*} field, by its full name
 */
public record Response(
    SourceLocation location,
    Optional<String> summary,
    Optional<String> description,
    Map<String, Header> headers,
    Map<String, MediaType> content,
    Map<String, Link> links,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public Response {
    headers = Ordered.copyOf(headers);
    content = Ordered.copyOf(content);
    links = Ordered.copyOf(links);
    extensions = Ordered.copyOf(extensions);
  }

  /**
   * {@return the same with another summary}
   *
   * @param summary replaces this one's
   */
  public Response withSummary(Optional<String> summary) {
    return new Response(location, summary, description, headers, content, links, extensions);
  }

  /**
   * {@return the same with another description}
   *
   * @param description replaces this one's
   */
  public Response withDescription(Optional<String> description) {
    return new Response(location, summary, description, headers, content, links, extensions);
  }

  /**
   * {@return the same with other content}
   *
   * @param content replaces this one's
   */
  public Response withContent(Map<String, MediaType> content) {
    return new Response(location, summary, description, headers, content, links, extensions);
  }
}
