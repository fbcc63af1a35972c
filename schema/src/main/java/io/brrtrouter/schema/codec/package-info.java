/**
 * From bytes to Java values and back without a tree between: what generated codecs are written
 * against. A decoder reads a {@link io.brrtrouter.schema.codec.JsonInput} and answers a value or
 * "no"; why not is for the {@link io.brrtrouter.schema.CompiledSchema} to say. An encoder writes a
 * {@link io.brrtrouter.schema.codec.JsonOutput}. {@link io.brrtrouter.schema.codec.Json} runs both.
 */
@NullMarked
package io.brrtrouter.schema.codec;

import org.jspecify.annotations.NullMarked;
