package io.brrtrouter.server.decode;

import tools.jackson.databind.JsonNode;

/**
 * Decodes one text, as it was sent, into a JSON value: one implementation for each way to write a
 * value into a text. Implementations are immutable.
 */
sealed interface TextDecoder
    permits ScalarDecoder,
        ArrayDecoder,
        ObjectDecoder,
        PrefixDecoder,
        ChoiceDecoder,
        JsonTextDecoder,
        FormTextDecoder {

  /**
   * Decodes a part of a raw text.
   *
   * @param raw one character per octet sent
   * @param start where the text begins
   * @param end where it ends
   * @param flaws takes what is wrong; the returned value is then only good for finding more
   * @return the value
   */
  JsonNode decode(String raw, int start, int end, Flaws flaws);
}
