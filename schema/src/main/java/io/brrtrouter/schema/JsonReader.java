package io.brrtrouter.schema;

/**
 * Reads JSON texts (RFC 8259) exactly: UTF-8 only and without byte order mark, no duplicate
 * members, nothing after the value, escaped surrogates in pairs. Integers become {@code int},
 * {@code long} or {@code BigInteger} nodes, other numbers {@code BigDecimal} nodes, so that no
 * digit is lost.
 */
public final class JsonReader {
  private JsonReader() {}

  /**
   * Reads a text.
   *
   * @param json the text, in UTF-8
   * @param limits bounds on the text
   * @return {@link ParsedJson.Valid} or {@link ParsedJson.Malformed}, never {@link
   *     ParsedJson.Invalid}
   */
  public static ParsedJson read(byte[] json, JsonLimits limits) {
    return TreeReader.read(
        json, limits, null, Evaluation.NONE, (value, valid) -> new ParsedJson.Valid(value));
  }
}
