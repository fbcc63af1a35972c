package io.brrtrouter.codegen.model;

import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
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
 */
public record Parameter(
    Component component,
    ParameterLocation in,
    ParameterStyle style,
    boolean explode,
    boolean allowReserved,
    boolean allowEmptyValue,
    Optional<String> mediaType) {}
