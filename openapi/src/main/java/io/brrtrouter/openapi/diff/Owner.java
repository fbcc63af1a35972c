package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.schema.SourceLocation;

/**
 * What has a part in both documents, or would have it.
 *
 * @param name what it is, for example {@code the operation}
 * @param before where the old one stands
 * @param after where the new one stands
 */
record Owner(String name, SourceLocation before, SourceLocation after) {
  static Owner of(Operation before, Operation after) {
    return new Owner("the operation", before.location(), after.location());
  }

  /** {@return where a part stands in the old document that is not in it} */
  ChangeLocation missingBefore() {
    return ChangeLocation.inParent(name, before);
  }

  /** {@return where a part stands in the new document that is not in it} */
  ChangeLocation missingAfter() {
    return ChangeLocation.inParent(name, after);
  }
}
