package io.brrtrouter.examples.petstore.shop;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.JsonDecoder;
import io.brrtrouter.schema.codec.JsonEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as the document writes it: snake case, nothing for what is not there. What the document
 * describes is read and written by the codecs generated from it.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  /** What the shop has kept was within the limits of a request, whatever those were then. */
  private static final JsonLimits KEPT =
      new JsonLimits(
          1000,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Integer.MAX_VALUE,
          JsonLimits.MOST_EXPONENT);

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
   * {@return a value as text}
   *
   * @param value a list or a map of what the document does not describe
   */
  static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * {@return a value as text}
   *
   * @param encoder generated for the value's type
   * @param value the value
   * @param <T> the type
   */
  static <T> String text(JsonEncoder<T> encoder, T value) {
    byte[] text = io.brrtrouter.schema.codec.Json.encode(encoder, value, Checks.SYNTAX).json();
    return new String(text, StandardCharsets.UTF_8);
  }

  /**
   * {@return the value of a text that the shop has written}
   *
   * @param decoder generated for the value's type
   * @param text JSON
   * @param <T> the type
   */
  static <T> T read(JsonDecoder<T> decoder, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return switch (io.brrtrouter.schema.codec.Json.decode(decoder, octets, KEPT, Checks.SYNTAX)) {
      case Decoded.Value<T>(T value) -> value;
      case Decoded.Refused<T> _, Decoded.Unrepresentable<T> _, Decoded.Unjudged<T> _ ->
          throw new IllegalStateException("the document does not describe this any more: " + text);
    };
  }

  /**
   * {@return the elements of an array that the shop has written}
   *
   * @param element reads one
   * @param text JSON
   * @param <T> their type
   */
  static <T> List<T> list(JsonDecoder<T> element, String text) {
    return read(
        in -> {
          List<T> elements = new ArrayList<>();
          in.beginArray();
          while (in.nextItem()) {
            elements.add(element.read(in));
          }
          return List.copyOf(elements);
        },
        text);
  }
}
