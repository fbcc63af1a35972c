package io.brrtrouter.server.decode;

import io.brrtrouter.schema.CompiledSchema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A scalar in one field or an array in several, as the schema allows both: {@code type: [string,
 * array]}. One field is the scalar if the schema accepts that, else an array of one item.
 *
 * @param scalar decodes a scalar
 * @param items decodes items
 * @param schema chooses; null where anything is accepted
 */
record ChoiceField(TextDecoder scalar, ArrayDecoder.Items items, @Nullable CompiledSchema schema)
    implements FieldDecoder {

  @Override
  public JsonNode accept(
      @Nullable JsonNode collected, String key, String raw, int start, int end, Flaws flaws) {
    ArrayNode texts =
        collected == null ? JsonNodeFactory.instance.arrayNode() : (ArrayNode) collected;
    return texts.add(raw.substring(start, end));
  }

  @Override
  public JsonNode finish(JsonNode collected, Flaws flaws) {
    if (collected.size() > 1) {
      return array(collected, flaws);
    }
    String only = collected.path(0).asString();
    Flaws scalarFlaws = new Flaws();
    JsonNode value = scalar.decode(only, 0, only.length(), scalarFlaws);
    if (schema == null || (scalarFlaws.size() == 0 && schema.isValid(value))) {
      return value;
    }
    Flaws arrayFlaws = new Flaws();
    JsonNode array = array(collected, arrayFlaws);
    boolean fits = arrayFlaws.size() == 0 && schema.isValid(array);
    (fits ? arrayFlaws : scalarFlaws).moveTo(flaws);
    return fits ? array : value;
  }

  private ArrayNode array(JsonNode texts, Flaws flaws) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (JsonNode text : texts) {
      String raw = text.asString();
      items.append(array, raw, 0, raw.length(), flaws);
    }
    return array;
  }
}
