package io.brrtrouter.server.decode;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The parts of a {@code multipart/form-data} body as the items of an array, each an object of the
 * part's name and value, where the order of parts matters (OpenAPI 3.2.0 section 4.14.6.2).
 *
 * @param prefix decodes the first items
 * @param rest decodes the others
 */
record PairedParts(List<NamedParts> prefix, NamedParts rest) implements MultipartPlan {

  static PairedParts compile(Shape shape, Encodings encodings, Schemas schemas, FormLimits limits) {
    List<NamedParts> prefix = new ArrayList<>();
    for (int i = 0; i < shape.prefix().size(); i++) {
      prefix.add(NamedParts.compile(shape.item(i), encodings.named(), schemas, limits));
    }
    return new PairedParts(
        List.copyOf(prefix),
        NamedParts.compile(shape.item(Integer.MAX_VALUE), encodings.named(), schemas, limits));
  }

  @Override
  public JsonNode decode(List<Part> parts, Flaws flaws) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Part part : parts) {
      int before = flaws.size();
      NamedParts item = array.size() < prefix.size() ? prefix.get(array.size()) : rest;
      array.add(item.decode(List.of(part), flaws));
      flaws.under(before, String.valueOf(array.size() - 1));
    }
    return array;
  }
}
