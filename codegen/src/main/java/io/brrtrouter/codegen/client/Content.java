package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.codec.JsonCodec;
import org.jspecify.annotations.Nullable;

/// A body in one media type.
///
/// @param <T> its Java type
/// @param mediaType the media type or range, as the document has it
/// @param codec reads and writes it
/// @param fused whether the codec judges everything the schema demands
/// @param schema says what is wrong; null where the document has no schema
record Content<T extends @Nullable Object>(
    String mediaType, JsonCodec<T> codec, boolean fused, @Nullable Schema schema) {}
