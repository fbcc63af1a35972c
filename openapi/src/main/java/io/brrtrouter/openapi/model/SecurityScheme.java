package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A way to authenticate (section 4.8.27).
 *
 * @param location where the object is written
 * @param type {@code apiKey}, {@code http}, {@code mutualTLS}, {@code oauth2} or {@code
 *     openIdConnect}
 * @param description CommonMark text
 * @param name name of the key, for {@code apiKey}
 * @param in place of the key, for {@code apiKey}
 * @param scheme authentication scheme, lower case, for {@code http}
 * @param bearerFormat hint at the token's form
 * @param flows flows by name, for {@code oauth2}
 * @param openIdConnectUrl discovery URL, for {@code openIdConnect}
 * @param oauth2MetadataUrl authorization server metadata URL (3.2)
 * @param deprecated whether it should not be used any more (3.2)
 * @param extensions every {@code x-*} field, by its full name
 */
public record SecurityScheme(
    SourceLocation location,
    String type,
    Optional<String> description,
    Optional<String> name,
    Optional<ParameterLocation> in,
    Optional<String> scheme,
    Optional<String> bearerFormat,
    Map<String, OAuthFlow> flows,
    Optional<String> openIdConnectUrl,
    Optional<String> oauth2MetadataUrl,
    boolean deprecated,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public SecurityScheme {
    flows = Ordered.copyOf(flows);
    extensions = Ordered.copyOf(extensions);
  }

  /** {@return whether its credential is a bearer token (RFC 6750)} */
  public boolean takesBearerToken() {
    return switch (type) {
      case "oauth2", "openIdConnect" -> true;
      case "http" -> scheme.orElse("").equalsIgnoreCase("bearer");
      default -> false;
    };
  }

  /**
   * {@return the same with another description}
   *
   * @param description replaces this one's
   */
  public SecurityScheme withDescription(Optional<String> description) {
    return new SecurityScheme(
        location,
        type,
        description,
        name,
        in,
        scheme,
        bearerFormat,
        flows,
        openIdConnectUrl,
        oauth2MetadataUrl,
        deprecated,
        extensions);
  }
}
