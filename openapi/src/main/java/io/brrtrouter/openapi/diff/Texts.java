package io.brrtrouter.openapi.diff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Values of documents as messages show them, and as they are compared. */
final class Texts {
  /** Characters of a value that a message shows. */
  private static final int SHOWN = 80;

  private Texts() {}

  /** {@return a value for people} */
  static String shown(JsonNode value) {
    return cut(value.toString());
  }

  /** {@return names for people, in quotes} */
  static String quoted(Collection<String> names) {
    return listed(names.stream().map(name -> '"' + name + '"'));
  }

  /** {@return texts for people; of very many, the first are enough to be cut} */
  static String listed(Stream<String> texts) {
    return cut(texts.limit(SHOWN).collect(Collectors.joining(", ")));
  }

  static String cut(String text) {
    if (text.length() <= SHOWN) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
    return text.substring(0, end) + "...";
  }

  /** {@return a text that equal values have, and only they: 1 is 1.0, members have no order} */
  static String canonical(JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue().stripTrailingZeros().toString();
    }
    if (value.isArray()) {
      List<String> items = new ArrayList<>();
      value.forEach(item -> items.add(canonical(item)));
      return items.toString();
    }
    if (value.isObject()) {
      TreeMap<String, String> members = new TreeMap<>();
      value.forEachEntry(
          (name, member) -> members.put(name.length() + ":" + name, canonical(member)));
      return members.toString();
    }
    return value.toString();
  }
}
