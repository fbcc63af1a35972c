package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One OAuth 2.0 flow (section 4.8.29).
 *
 * @param location where the object is written
 * @param authorizationUrl a URL
 * @param deviceAuthorizationUrl a URL (3.2)
 * @param tokenUrl a URL
 * @param refreshUrl a URL
 * @param scopes descriptions by scope
 * @param extensions every {@code x-*} field, by its full name
 */
public record OAuthFlow(
    SourceLocation location,
    Optional<String> authorizationUrl,
    Optional<String> deviceAuthorizationUrl,
    Optional<String> tokenUrl,
    Optional<String> refreshUrl,
    Map<String, String> scopes,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public OAuthFlow {
    scopes = Ordered.copyOf(scopes);
    extensions = Ordered.copyOf(extensions);
  }
}
