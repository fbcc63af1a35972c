package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.schema.codec.Fingerprint;
import java.util.Optional;

/**
 * What generated code takes a parameter for.
 *
 * @param in where it is sent
 * @param name its name, as the document writes it
 * @param required whether the code counts on it
 * @param schema the schema the code was generated from; empty where the document has none
 */
public record ParameterBinding(
    ParameterLocation in, String name, boolean required, Optional<Fingerprint> schema) {}
