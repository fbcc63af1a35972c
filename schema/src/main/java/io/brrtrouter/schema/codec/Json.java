package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs decoders and encoders on whole texts.
 *
 * <pre>{@code
 * switch (Json.decode(PetCodec.INSTANCE, bytes, JsonLimits.DEFAULT, Checks.ALL)) {
 *   case Decoded.Value(Pet pet) -> handle(pet);
 *   case Decoded.Refused<Pet> _, Decoded.Unrepresentable<Pet> _, Decoded.Unjudged<Pet> _ ->
 *       explain(bytes);
 * }
 * }</pre>
 */
public final class Json {
  private Json() {}

  /**
   * Decodes a text: one value of JSON (RFC 8259) in UTF-8 with nothing after it. Texts, values and
   * limits mean the same as for {@link io.brrtrouter.schema.JsonReader}.
   *
   * @param <T> the Java type
   * @param decoder reads the value
   * @param json the text; must not change meanwhile
   * @param limits bounds on the text
   * @param checks how much to judge
   * @return the value, or that there is none; never {@link Decoded.Refused} where a schema program
   *     has judged before, because then only the Java type is in the way
   */
  public static <T extends @Nullable Object> Decoded<T> decode(
      JsonDecoder<T> decoder, byte[] json, JsonLimits limits, Checks checks) {
    return decode(decoder, new JsonInput(json, limits, checks), checks);
  }

  static <T extends @Nullable Object> Decoded<T> decode(
      JsonDecoder<T> decoder, JsonInput in, Checks checks) {
    try {
      in.start();
      T value = decoder.read(in);
      in.finish();
      return checks == Checks.ALL && in.isUndecided()
          ? new Decoded.Unjudged<>()
          : new Decoded.Value<>(value);
    } catch (JsonInput.Refusal refusal) {
      boolean judged = checks == Checks.SYNTAX;
      WrongText text = in.wrongText();
      // No alternative may have taken a value for the text alone, which its schema does not mind.
      if (judged || !refusal.representable() || text != null) {
        return new Decoded.Unrepresentable<>(text);
      }
      return in.isUndecided() ? new Decoded.Unjudged<>() : new Decoded.Refused<>();
    }
  }

  /**
   * {@return the value of a text that is written in code, such as a default}
   *
   * @param <T> the Java type
   * @param decoder reads the value
   * @param json the text
   * @throws IllegalArgumentException when the decoder refuses the text
   */
  public static <T extends @Nullable Object> T constant(JsonDecoder<T> decoder, String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    if (decode(decoder, text, JsonLimits.DEFAULT, Checks.SYNTAX)
        instanceof Decoded.Value<T>(T value)) {
      return value;
    }
    throw new IllegalArgumentException("not a value of the schema: " + json);
  }

  /**
   * Encodes a value.
   *
   * @param <T> the Java type
   * @param encoder writes the value
   * @param value the value
   * @param checks how much to judge
   * @return the text, whole also when it breaks the schema
   */
  public static <T extends @Nullable Object> Encoded encode(
      JsonEncoder<T> encoder, T value, Checks checks) {
    return encode(encoder, new JsonOutput(checks), value);
  }

  /**
   * Encodes a value whose files are sent beside the text.
   *
   * @param <T> the Java type
   * @param encoder writes the value
   * @param value the value
   * @param checks how much to judge
   * @param files takes the files; in their place the text has what {@link JsonTrees#file} knows
   *     again
   * @return the text, whole also when it breaks the schema
   */
  public static <T extends @Nullable Object> Encoded encode(
      JsonEncoder<T> encoder, T value, Checks checks, List<FilePart> files) {
    return encode(encoder, new JsonOutput(checks, files), value);
  }

  private static <T extends @Nullable Object> Encoded encode(
      JsonEncoder<T> encoder, JsonOutput out, T value) {
    encoder.write(value, out);
    return new Encoded(out.toBytes(), !out.violated());
  }
}
