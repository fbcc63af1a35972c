package io.brrtrouter.openapi;

import io.brrtrouter.openapi.read.Bundler;
import tools.jackson.databind.JsonNode;

/**
 * Makes one document of several files: what references reach in other files becomes a component,
 * path items of other files are put in place. Everything else stays as it is written, 3.0 stays
 * 3.0, and recursive references stay references. Stateless.
 *
 * <p>In a document of several files schemas lose {@code $id} and anchors, because everything then
 * stands in one resource and is referred to by JSON Pointer; {@code $dynamicRef} becomes {@code
 * $ref}, which differs only where several schemas define the same dynamic anchor.
 */
public final class Bundle {
  private Bundle() {}

  /**
   * Bundles a document.
   *
   * @param loaded a document that was read, best without errors: references without a target stay
   *     as they are
   * @return the document as a new tree
   * @throws IllegalArgumentException when the file could not be read at all
   */
  public static JsonNode of(Loaded loaded) {
    if (loaded.documents().isEmpty()) {
      throw new IllegalArgumentException("there is no document to bundle");
    }
    return Bundler.bundle(loaded);
  }
}
