package io.brrtrouter.schema;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A JSON document in which schemas stand: a schema by itself, or a larger document that embeds
 * some. Immutable as long as nobody changes {@code root}.
 *
 * @param uri the absolute base URI, without fragment, against which {@code $ref} and {@code $id}
 *     resolve (JSON Schema core section 9.1)
 * @param root the whole document
 * @param schemaRoots JSON Pointers of the outermost schemas in the document, {@code ""} when the
 *     document is a schema; below them {@code $id}, {@code $anchor} and {@code $dynamicAnchor} are
 *     looked for
 * @param sources where each value is written
 * @param dialect what {@code $schema} means where no schema has one, for example what an OpenAPI
 *     document says with {@code jsonSchemaDialect}; empty for the OpenAPI base dialect
 */
public record SchemaResource(
    URI uri, JsonNode root, List<String> schemaRoots, SourceMap sources, Optional<String> dialect) {

  /**
   * A resource whose schemas have the OpenAPI base dialect unless they say otherwise.
   *
   * @param uri the base URI
   * @param root the whole document
   * @param schemaRoots JSON Pointers of the outermost schemas
   * @param sources where each value is written
   */
  public SchemaResource(URI uri, JsonNode root, List<String> schemaRoots, SourceMap sources) {
    this(uri, root, schemaRoots, sources, Optional.empty());
  }

  /** Copies the list. */
  public SchemaResource {
    schemaRoots = List.copyOf(schemaRoots);
  }

  /**
   * {@return the value a JSON Pointer leads to (RFC 6901 section 4), empty when it leads nowhere}
   *
   * @param pointer a JSON Pointer, not percent-encoded
   */
  public Optional<JsonNode> find(String pointer) {
    return Optional.ofNullable(Pointers.find(root, pointer));
  }

  /**
   * {@return a resource whose root is a schema, without positions}
   *
   * @param uri the base URI
   * @param schema the schema
   */
  public static SchemaResource of(URI uri, JsonNode schema) {
    return new SchemaResource(uri, schema, List.of(""), SourceMap.unknown(uri.toString()));
  }
}
