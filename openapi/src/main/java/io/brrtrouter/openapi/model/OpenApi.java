package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The root of an OpenAPI document (OpenAPI 3.1.1 section 4.8.1).
 *
 * @param location where the object is written
 * @param version the {@code openapi} field as written, for example {@code 3.1.1}
 * @param info title, version and contacts
 * @param self the document's own URI, {@code $self} (3.2)
 * @param servers root servers; empty when the document has none (the specification's default is
 *     {@code /})
 * @param paths path items by path template
 * @param webhooks path items by webhook name
 * @param components reusable objects
 * @param security root security requirements
 * @param tags declared tags
 * @param externalDocs further documentation
 * @param extensions every {@code x-*} field, by its full name
 */
public record OpenApi(
    SourceLocation location,
    String version,
    Info info,
    Optional<URI> self,
    List<Server> servers,
    Map<String, PathItem> paths,
    Map<String, PathItem> webhooks,
    Components components,
    List<SecurityRequirement> security,
    List<Tag> tags,
    Optional<ExternalDocs> externalDocs,
    Map<String, JsonNode> extensions) {

  /** Copies the collections, keeping document order. */
  public OpenApi {
    servers = List.copyOf(servers);
    paths = Ordered.copyOf(paths);
    webhooks = Ordered.copyOf(webhooks);
    security = List.copyOf(security);
    tags = List.copyOf(tags);
    extensions = Ordered.copyOf(extensions);
  }

  /** {@return the operations of all paths, in document order} */
  public List<Operation> operations() {
    return paths.values().stream().flatMap(item -> item.operations().stream()).toList();
  }
}
