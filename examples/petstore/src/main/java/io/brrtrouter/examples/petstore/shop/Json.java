package io.brrtrouter.examples.petstore.shop;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.brrtrouter.schema.codec.JsonDecoder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the document writes it: snake case, exact decimals, nothing for what is not there. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  /**
   * {@return a value as a tree}
   *
   * @param value a record, a list or a map
   */
  public static JsonNode of(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * {@return a tree as a value}
   *
   * @param decoder generated for the value's type
   * @param tree a tree that the document allows
   * @param <T> the type
   */
  static <T> T to(JsonDecoder<T> decoder, JsonNode tree) {
    return io.brrtrouter.schema.codec.Json.constant(decoder, tree.toString());
  }

  /**
   * {@return text as a tree}
   *
   * @param text JSON in UTF-8
   */
  public static JsonNode read(byte[] text) {
    return MAPPER.readTree(text);
  }
}
