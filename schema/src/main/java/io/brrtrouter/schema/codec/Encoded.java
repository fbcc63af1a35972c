package io.brrtrouter.schema.codec;

/**
 * A value as JSON.
 *
 * @param json the text, in UTF-8
 * @param valid false when the encoder reported a violation; a schema program tells which
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Encoded(byte[] json, boolean valid) {}
