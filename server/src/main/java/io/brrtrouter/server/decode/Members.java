package io.brrtrouter.server.decode;

import java.util.HashMap;
import java.util.Map;

/**
 * Decoders of the members of an object, each from one text.
 *
 * @param named by name
 * @param rest decodes members the schema does not name
 */
record Members(Map<String, TextDecoder> named, TextDecoder rest) {

  static Members of(Shape shape, Percent percent, Schemas schemas) {
    Map<String, TextDecoder> named = new HashMap<>();
    for (String name : shape.propertyNames()) {
      named.put(name, ScalarDecoder.of(shape.property(name), percent, schemas));
    }
    return new Members(
        Map.copyOf(named), ScalarDecoder.of(shape.additionalProperty(), percent, schemas));
  }

  TextDecoder of(String name) {
    TextDecoder decoder = named.get(name);
    return decoder == null ? rest : decoder;
  }
}
