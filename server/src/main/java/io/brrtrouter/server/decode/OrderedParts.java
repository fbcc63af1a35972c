package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Encoding;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Parts as the items of an array, in the order sent (OpenAPI 3.2 section 4.14.6.2).
 *
 * @param items decodes them
 */
record OrderedParts(PartItems items) implements MultipartPlan {

  static OrderedParts compile(
      Shape shape, Encodings encodings, Schemas schemas, FormLimits limits) {
    List<Encoding> prefix = encodings.prefix();
    PartItems items =
        PartItems.compile(
            shape,
            prefix.size(),
            i -> i < prefix.size() ? prefix.get(i) : encodings.item().orElse(null),
            schemas,
            limits);
    return new OrderedParts(items);
  }

  @Override
  public JsonNode decode(List<Part> parts, Flaws flaws) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    parts.forEach(part -> items.append(array, part, flaws));
    return array;
  }
}
