package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.SchemaTarget;
import io.brrtrouter.schema.View;

/**
 * Takes the fingerprints of many schemas of the same documents: what they share is looked at once.
 * Not thread-safe.
 */
public final class Fingerprints {

  /** Raised when the same schema leads to other generated code, or to another digest. */
  private static final int CODEC_VERSION = 2;

  private final SchemaDigests shapes;
  private final SchemaDigests constraints;

  /**
   * Makes one without any fingerprints.
   *
   * @param compiler follows references
   */
  public Fingerprints(SchemaCompiler compiler) {
    shapes = new SchemaDigests(compiler, CanonicalSchema.Detail.SHAPE);
    constraints = new SchemaDigests(compiler, CanonicalSchema.Detail.CONSTRAINTS);
  }

  /**
   * {@return the fingerprint of a schema with all schemas it leads to}
   *
   * @param resource the document the schema is in
   * @param pointer JSON Pointer of the schema in the document
   * @param view which side of an exchange
   */
  public Fingerprint of(SchemaResource resource, String pointer, View view) {
    SchemaTarget schema = new SchemaTarget(resource, pointer);
    String prefix = CODEC_VERSION + " " + view + " ";
    return new Fingerprint(
        SchemaDigests.hash(prefix + shapes.of(schema)),
        SchemaDigests.hash(prefix + constraints.of(schema)));
  }
}
