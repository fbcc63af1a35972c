package io.brrtrouter.server.decode;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A value in the text of one field: {@code color=blue}, {@code color=blue,black}. A second field of
 * the name is a flaw: which of them counts must not depend on who reads them.
 *
 * @param text decodes the text
 * @param emptyIsUnused whether an empty text means that the field is not used ({@code
 *     allowEmptyValue})
 */
record OneTextField(TextDecoder text, boolean emptyIsUnused) implements FieldDecoder {

  @Override
  public JsonNode accept(
      @Nullable JsonNode collected, String key, String raw, int start, int end, Flaws flaws) {
    if (collected != null) {
      flaws.addRepeated();
      return collected;
    }
    return emptyIsUnused && start == end
        ? MissingNode.getInstance()
        : text.decode(raw, start, end, flaws);
  }
}
