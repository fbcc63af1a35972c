package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

  /** Raised when the same schema leads to other generated code. */
  private static final int CODEC_VERSION = 1;

  /** Octets of a digest that are kept: enough that no two schemas of one program share them. */
  private static final int OCTETS = 16;

  /**
   * {@return the fingerprint of a schema with all schemas it leads to}
   *
   * @param compiler follows its references
   * @param resource the document the schema is in
   * @param pointer JSON Pointer of the schema in the document
   * @param view which side of an exchange
   */
  public static Fingerprint of(
      SchemaCompiler compiler, SchemaResource resource, String pointer, View view) {
    String prefix = CODEC_VERSION + " " + view + " ";
    return new Fingerprint(
        digest(
            prefix + CanonicalSchema.of(compiler, resource, pointer, CanonicalSchema.Detail.SHAPE)),
        digest(
            prefix
                + CanonicalSchema.of(
                    compiler, resource, pointer, CanonicalSchema.Detail.CONSTRAINTS)));
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, OCTETS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
