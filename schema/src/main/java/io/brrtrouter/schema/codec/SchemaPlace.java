package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.SchemaTarget;
import java.net.URI;

/**
 * Where a schema is.
 *
 * @param resource the document
 * @param pointer JSON Pointer in the document
 */
record SchemaPlace(URI resource, String pointer) {
  static SchemaPlace of(SchemaTarget target) {
    return new SchemaPlace(target.resource().uri(), target.pointer());
  }
}
