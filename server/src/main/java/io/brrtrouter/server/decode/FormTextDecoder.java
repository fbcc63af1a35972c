package io.brrtrouter.server.decode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Decodes a text whose {@code content} is {@code application/x-www-form-urlencoded}.
 *
 * @param percent how the form is written into the text, {@link Percent#NONE} if it is the text
 * @param fields decodes the form
 */
record FormTextDecoder(Percent percent, FormFields fields) implements TextDecoder {

  @Override
  public JsonNode decode(String raw, int start, int end, Flaws flaws) {
    String form = percent.decode(raw, start, end);
    if (form == null) {
      flaws.addEncoding(percent, raw, start, end);
      return StringNode.valueOf("");
    }
    return fields.decode(form, flaws);
  }
}
