package io.brrtrouter.server.decode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Decodes what follows the prefix of styles {@code label} and {@code matrix}.
 *
 * @param prefix what the text must begin with, {@code .} or {@code ;name=}
 * @param undefined the whole text of an empty value where it differs from the prefix, {@code ;name}
 * @param example the prefix as a message shows it
 * @param rest decodes what follows
 */
record PrefixDecoder(Separator prefix, String undefined, String example, TextDecoder rest)
    implements TextDecoder {

  @Override
  public JsonNode decode(String raw, int start, int end, Flaws flaws) {
    int length = start < end ? prefix.lengthAt(raw, start, end) : 0;
    if (length > 0) {
      return rest.decode(raw, start + length, end, flaws);
    }
    if (end - start == undefined.length() && raw.startsWith(undefined, start)) {
      return rest.decode(raw, end, end, flaws);
    }
    flaws.add("style", "must begin with \"" + example + "\"");
    return StringNode.valueOf("");
  }
}
