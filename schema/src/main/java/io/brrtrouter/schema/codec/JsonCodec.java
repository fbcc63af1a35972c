package io.brrtrouter.schema.codec;

import org.jspecify.annotations.Nullable;

/**
 * Decoder and encoder of one schema and one Java type.
 *
 * @param <T> the Java type; nullable when the schema allows {@code null}
 */
public interface JsonCodec<T extends @Nullable Object> extends JsonDecoder<T>, JsonEncoder<T> {}
