package io.brrtrouter.server.decode;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object with a field for each member: {@code R=100&G=200}. The object's own name is not sent.
 *
 * @param members decoders by member name
 * @param rest decodes members the schema does not name
 */
record SpreadObjectField(Map<String, FieldDecoder> members, FieldDecoder rest)
    implements FieldDecoder {

  @Override
  public JsonNode accept(
      @Nullable JsonNode collected, String key, String raw, int start, int end, Flaws flaws) {
    ObjectNode object =
        collected == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) collected;
    int before = flaws.size();
    object.set(key, member(key).accept(object.get(key), "", raw, start, end, flaws));
    flaws.under(before, key);
    return object;
  }

  @Override
  public JsonNode finish(JsonNode collected, Flaws flaws) {
    return finishMembers((ObjectNode) collected, members, rest, flaws);
  }

  private FieldDecoder member(String name) {
    return members.getOrDefault(name, rest);
  }

  /** Finishes every member where it stands. */
  static ObjectNode finishMembers(
      ObjectNode object, Map<String, FieldDecoder> members, FieldDecoder rest, Flaws flaws) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      int before = flaws.size();
      FieldDecoder decoder = members.getOrDefault(member.getKey(), rest);
      member.setValue(decoder.finish(member.getValue(), flaws));
      flaws.under(before, member.getKey());
    }
    return object;
  }
}
