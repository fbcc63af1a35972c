package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.SourceLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A schema where it stands in its document; several uses of one target share one record.
 *
 * @param resource the document, schemas of 3.0 already converted to 3.1
 * @param pointer JSON Pointer of the schema in the document
 */
public record Schema(SchemaResource resource, String pointer) {

  /** {@return the schema: an object or a boolean} */
  public JsonNode node() {
    return resource.find(pointer).orElse(MissingNode.getInstance());
  }

  /** {@return where the schema is written} */
  public SourceLocation location() {
    return resource.sources().locate(pointer);
  }
}
