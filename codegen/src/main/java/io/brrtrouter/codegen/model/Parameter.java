package io.brrtrouter.codegen.model;

import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.schema.codec.Fingerprint;
import java.util.Optional;

/**
 * A parameter of a request.
 *
 * @param component its component; {@link Component#property} is the parameter's name
 * @param in where it is sent
 * @param style how it is written, unless it has a media type
 * @param explode whether arrays and objects are spread
 * @param allowReserved whether reserved characters may stand unencoded
 * @param allowEmptyValue whether it passes without a value
 * @param mediaType the media type that writes it; absent when its style does
 * @param schema where its schema is written, when it has one
 * @param codec the class that reads what is no plain scalar; has a constant {@code INSTANCE}
 * @param fingerprint the fingerprint of its schema, when it has one
 */
public record Parameter(
    Component component,
    ParameterLocation in,
    ParameterStyle style,
    boolean explode,
    boolean allowReserved,
    boolean allowEmptyValue,
    Optional<String> mediaType,
    Optional<Origin> schema,
    Optional<ClassName> codec,
    Optional<Fingerprint> fingerprint) {

  /**
   * {@return the same parameter, bound}
   *
   * @param reader the class that reads it; absent for a plain scalar
   * @param print the fingerprint of its schema, when it has one
   */
  public Parameter bound(Optional<ClassName> reader, Optional<Fingerprint> print) {
    return new Parameter(
        component,
        in,
        style,
        explode,
        allowReserved,
        allowEmptyValue,
        mediaType,
        schema,
        reader,
        print);
  }
}
