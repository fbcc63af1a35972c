package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;

/**
 * What tells whether a codec that was generated from a schema still fits a schema. Two schemas with
 * the same {@code shape} have the same Java types; with the same {@code constraints} too, they
 * refuse the same instances. Names and places of schemas, the order of members, descriptions and
 * examples make no difference. Immutable.
 *
 * @param shape digest of what decides the Java types, of the view and of the version of the codecs
 * @param constraints digest of everything that decides a verdict
 */
public record Fingerprint(String shape, String constraints) {

  /**
   * {@return the fingerprint of a schema with all schemas it leads to} For many schemas there is
   * {@link Fingerprints}.
   *
   * @param compiler follows its references
   * @param resource the document the schema is in
   * @param pointer JSON Pointer of the schema in the document
   * @param view which side of an exchange
   */
  public static Fingerprint of(
      SchemaCompiler compiler, SchemaResource resource, String pointer, View view) {
    return new Fingerprints(compiler).of(resource, pointer, view);
  }
}
