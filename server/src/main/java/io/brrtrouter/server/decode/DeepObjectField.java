package io.brrtrouter.server.decode;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object with a field for each member, named with brackets: {@code color[R]=100&color[G]=200}.
 * OpenAPI leaves members that are arrays or objects open; here a member whose schema is an array
 * takes repeated fields, and one whose schema is an object takes further brackets.
 *
 * @param members decoders by member name
 * @param rest decodes members the schema does not name
 */
record DeepObjectField(Map<String, FieldDecoder> members, FieldDecoder rest)
    implements FieldDecoder {

  private static final String BRACKETS =
      "must be sent with the name of a member in brackets: name[member]";

  @Override
  public JsonNode accept(
      @Nullable JsonNode collected, String key, String raw, int start, int end, Flaws flaws) {
    ObjectNode object =
        collected == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) collected;
    int close = key.indexOf(']');
    if (!key.startsWith("[") || close < 2) {
      flaws.add("style", BRACKETS);
      return object;
    }
    String name = key.substring(1, close);
    String deeper = key.substring(close + 1);
    FieldDecoder member = members.getOrDefault(name, rest);
    int before = flaws.size();
    if (deeper.isEmpty() || member instanceof DeepObjectField) {
      object.set(name, member.accept(object.get(name), deeper, raw, start, end, flaws));
    } else {
      flaws.add("style", "is no object and takes no further brackets");
    }
    flaws.under(before, name);
    return object;
  }

  @Override
  public JsonNode finish(JsonNode collected, Flaws flaws) {
    return SpreadObjectField.finishMembers((ObjectNode) collected, members, rest, flaws);
  }
}
