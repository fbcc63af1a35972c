package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.List;
import java.util.Map;

/**
 * One alternative of a {@code security} list (section 4.8.30): all schemes named must be satisfied;
 * none named means anonymous.
 *
 * @param location where the object is written
 * @param schemes scopes or roles by scheme name
 */
public record SecurityRequirement(SourceLocation location, Map<String, List<String>> schemes) {

  /** Copies the collections, keeping document order. */
  public SecurityRequirement {
    schemes = Ordered.copyOf(schemes);
  }
}
