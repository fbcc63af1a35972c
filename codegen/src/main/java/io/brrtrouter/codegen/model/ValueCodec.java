package io.brrtrouter.codegen.model;

/**
 * A codec of a body that is no {@link Declaration}: a list, a map, a scalar, something that may be
 * null.
 *
 * @param name the name of the class
 * @param value what it reads and writes
 */
public record ValueCodec(ClassName name, Value value) {}
