package io.brrtrouter.server.decode;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decodes a value that is sent as one or several named fields of a query, a form or a cookie
 * header: one implementation for each way to spread a value over fields. Implementations are
 * immutable; what is collected so far is handed in and out.
 */
sealed interface FieldDecoder
    permits OneTextField, RepeatedField, ChoiceField, SpreadObjectField, DeepObjectField {

  /**
   * Takes one field.
   *
   * @param collected what earlier calls returned, null at first
   * @param key which member the field is, where the value is an object
   * @param raw one character per octet sent
   * @param start where the field's text begins
   * @param end where it ends
   * @param flaws takes what is wrong
   * @return what is collected now
   */
  JsonNode accept(
      @Nullable JsonNode collected, String key, String raw, int start, int end, Flaws flaws);

  /**
   * {@return the value, when all fields are read}
   *
   * @param collected what the last call of {@link #accept} returned
   * @param flaws takes what is wrong
   */
  default JsonNode finish(JsonNode collected, Flaws flaws) {
    return collected;
  }
}
