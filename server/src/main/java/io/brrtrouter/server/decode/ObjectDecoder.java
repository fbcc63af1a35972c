package io.brrtrouter.server.decode;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decodes the members of an object from one text, as pairs ({@code R=100,G=200}) when exploded,
 * else as alternating names and values ({@code R,100,G,200}). An empty text is an empty object.
 *
 * @param separator what stands between members
 * @param pairs whether names and values are joined by {@code =}
 * @param members decodes the members
 * @param percent how names are written
 * @param trim whether white space around names and values is no part of them
 */
record ObjectDecoder(
    Separator separator, boolean pairs, Members members, Percent percent, boolean trim)
    implements TextDecoder {

  private static final String NOT_A_PAIR =
      "must be pairs of a name and a value joined by \"=\", but one has no \"=\"";
  private static final String NOT_ALTERNATING =
      "must be alternating names and values, but the last name has no value";

  @Override
  public JsonNode decode(String raw, int start, int end, Flaws flaws) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    int from = start;
    while (start < end) {
      int to = separator.find(raw, from, end);
      int nameEnd = pairs ? Separator.EQUALS.find(raw, from, to) : to;
      if (nameEnd == (pairs ? to : end)) {
        flaws.add("style", pairs ? NOT_A_PAIR : NOT_ALTERNATING);
        break;
      }
      int valueStart = nameEnd + (pairs ? Separator.EQUALS : separator).lengthAt(raw, nameEnd, end);
      int valueEnd = pairs ? to : separator.find(raw, valueStart, end);
      member(object, raw, from, nameEnd, valueStart, valueEnd, flaws);
      if (valueEnd == end) {
        break;
      }
      from = valueEnd + separator.lengthAt(raw, valueEnd, end);
    }
    return object;
  }

  private void member(
      ObjectNode object,
      String raw,
      int nameStart,
      int nameEnd,
      int valueStart,
      int valueEnd,
      Flaws flaws) {
    int from = trim ? Trim.start(raw, nameStart, nameEnd) : nameStart;
    int to = trim ? Trim.end(raw, from, nameEnd) : nameEnd;
    String name = percent.decode(raw, from, to);
    if (name == null) {
      flaws.addEncoding(percent, raw, from, to);
      return;
    }
    int first = trim ? Trim.start(raw, valueStart, valueEnd) : valueStart;
    int last = trim ? Trim.end(raw, first, valueEnd) : valueEnd;
    int before = flaws.size();
    if (object.has(name)) {
      flaws.addRepeated();
    } else {
      object.set(name, members.of(name).decode(raw, first, last, flaws));
    }
    if (flaws.size() > before) {
      flaws.under(before, name);
    }
  }
}
