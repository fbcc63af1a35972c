package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.codec.JsonDecoder;
import org.jspecify.annotations.Nullable;

/// A header field of a response.
///
/// @param <T> its Java type
/// @param name its name
/// @param shape what its text is
/// @param decoder reads the value
/// @param schema judges it; null where the document has no schema
record HeaderField<T>(String name, Shape shape, JsonDecoder<T> decoder, @Nullable Schema schema) {}
