package io.brrtrouter.server.decode;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Decodes the items of an array from one text: {@code blue,black,brown}. An empty text is an empty
 * array, and in a header field an empty item is none (RFC 9110 section 5.6.1.2).
 *
 * @param separator what stands between items
 * @param items decodes the items
 * @param trim whether white space around items is no part of them and empty items do not count, as
 *     in header fields
 */
record ArrayDecoder(Separator separator, Items items, boolean trim) implements TextDecoder {

  /**
   * Decoders of items by position.
   *
   * @param prefix decoders of the first items
   * @param rest decodes the others
   */
  record Items(List<TextDecoder> prefix, TextDecoder rest) {
    static Items of(Shape shape, Percent percent, Schemas schemas) {
      List<TextDecoder> prefix =
          shape.prefix().stream()
              .<TextDecoder>map(item -> ScalarDecoder.of(item.get(), percent, schemas))
              .toList();
      return new Items(prefix, ScalarDecoder.of(shape.item(Integer.MAX_VALUE), percent, schemas));
    }

    /** Decodes an item to the end of an array, with flaws placed there. */
    void append(ArrayNode array, String raw, int start, int end, Flaws flaws) {
      int index = array.size();
      int before = flaws.size();
      TextDecoder decoder = index < prefix.size() ? prefix.get(index) : rest;
      array.add(decoder.decode(raw, start, end, flaws));
      if (flaws.size() > before) {
        flaws.under(before, String.valueOf(index));
      }
    }
  }

  @Override
  public JsonNode decode(String raw, int start, int end, Flaws flaws) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    if (start == end) {
      return array;
    }
    int from = start;
    while (true) {
      int to = separator.find(raw, from, end);
      if (trim) {
        int first = Trim.start(raw, from, to);
        int last = Trim.end(raw, first, to);
        if (first < last) {
          items.append(array, raw, first, last, flaws);
        }
      } else {
        items.append(array, raw, from, to, flaws);
      }
      if (to == end) {
        return array;
      }
      from = to + separator.lengthAt(raw, to, end);
    }
  }
}
