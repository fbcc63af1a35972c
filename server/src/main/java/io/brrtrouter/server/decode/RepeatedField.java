package io.brrtrouter.server.decode;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * An array with a field for each item: {@code color=blue&color=black}. A single empty text is the
 * empty array, since no other text could be.
 *
 * @param items decodes the items
 * @param emptyIsUnused whether a single empty text means that the field is not used ({@code
 *     allowEmptyValue})
 */
record RepeatedField(ArrayDecoder.Items items, boolean emptyIsUnused) implements FieldDecoder {

  @Override
  public JsonNode accept(
      @Nullable JsonNode collected, String key, String raw, int start, int end, Flaws flaws) {
    if (collected == null && start == end) {
      return emptyIsUnused ? MissingNode.getInstance() : JsonNodeFactory.instance.arrayNode();
    }
    ArrayNode array =
        collected instanceof ArrayNode present ? present : JsonNodeFactory.instance.arrayNode();
    if (collected != null && array.isEmpty()) {
      // The first text was empty, and now turns out to be an item.
      items.append(array, raw, end, end, flaws);
    }
    items.append(array, raw, start, end, flaws);
    return array;
  }
}
