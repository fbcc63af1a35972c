package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** JSON values as the existing reader and as {@link JsonInput} see them, in comparable words. */
final class Values {
  static final JsonDecoder<Boolean> SKIPPING =
      in -> {
        in.skip();
        return true;
      };

  private static final TextTable KNOWN =
      TextTable.of("a", "name", "created_at", "größe", "a_name_of_more_than_sixteen", "q\"\\");

  private Values() {}

  /** Asserts equality, a hundred thousand times without the cost of describing it. */
  static void same(Object actual, Object expected, Supplier<String> about) {
    if (!actual.equals(expected)) {
      throw new AssertionError(about.get() + ": " + actual + " instead of " + expected);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String latin1(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  static CompiledSchema schema(String schema) {
    if (JsonReader.read(utf8(schema), JsonLimits.DEFAULT) instanceof ParsedJson.Valid(var tree)) {
      SchemaResource resource = SchemaResource.of(URI.create("urn:test"), tree);
      SchemaCompiler compiler = SchemaCompiler.builder().assertFormats(true).build();
      return compiler.compile(resource, "", View.PLAIN);
    }
    throw new AssertionError(schema);
  }

  static boolean isValid(CompiledSchema schema, String json) {
    return schema.parse(utf8(json), JsonLimits.DEFAULT) instanceof ParsedJson.Valid;
  }

  /** What a decoder makes of a text; empty when it is refused. */
  static <T> Optional<T> decode(JsonDecoder<T> decoder, String json) {
    return decode(decoder, utf8(json), JsonLimits.DEFAULT);
  }

  static <T> Optional<T> decode(JsonDecoder<T> decoder, byte[] json, JsonLimits limits) {
    return switch (Json.decode(decoder, json, limits, Checks.ALL)) {
      case Decoded.Value<T>(T value) -> Optional.of(value);
      case Decoded.Refused<T> _, Decoded.Unrepresentable<T> _ -> Optional.empty();
      case Decoded.Unjudged<T> _ ->
          Json.decode(decoder, json, limits, Checks.SYNTAX) instanceof Decoded.Value<T>(T value)
              ? Optional.of(value)
              : Optional.empty();
    };
  }

  /** The value of a text as the existing reader gives it; empty when it is refused. */
  static Optional<String> described(byte[] json, JsonLimits limits) {
    if (JsonReader.read(json, limits) instanceof ParsedJson.Valid(JsonNode value)) {
      StringBuilder out = new StringBuilder();
      describe(value, out);
      return Optional.of(out.toString());
    }
    return Optional.empty();
  }

  private static void describe(JsonNode value, StringBuilder out) {
    switch (value.getNodeType()) {
      case OBJECT -> {
        out.append('{');
        for (Map.Entry<String, JsonNode> member : value.properties()) {
          describe(member.getKey(), out);
          describe(member.getValue(), out);
        }
        out.append('}');
      }
      case ARRAY -> {
        out.append('[');
        value.forEach(item -> describe(item, out));
        out.append(']');
      }
      case STRING -> describe(value.stringValue(), out);
      case NUMBER -> describe(value.decimalValue(), out);
      default -> out.append(value).append(',');
    }
  }

  private static void describe(String text, StringBuilder out) {
    out.append(text.length()).append(':').append(text).append(',');
  }

  private static void describe(BigDecimal number, StringBuilder out) {
    out.append(number.unscaledValue()).append('/').append(number.scale()).append(',');
  }

  /** Reads any value as {@link #described} words it. */
  static String readAny(JsonInput in) {
    StringBuilder out = new StringBuilder();
    readAny(in, out);
    return out.toString();
  }

  private static void readAny(JsonInput in, StringBuilder out) {
    switch (in.peek()) {
      case OBJECT -> {
        out.append('{');
        readMembers(in, out);
        out.append('}');
      }
      case ARRAY -> {
        out.append('[');
        in.beginArray();
        while (in.nextItem()) {
          readAny(in, out);
        }
        out.append(']');
      }
      case STRING -> describe(in.readString(), out);
      case NUMBER -> describe(in.readDecimal(), out);
      case BOOLEAN -> out.append(in.readBoolean()).append(',');
      case NULL -> out.append(in.readNull() ? "null," : "no null");
    }
  }

  private static void readMembers(JsonInput in, StringBuilder out) {
    String[] names = {"a", "name", "created_at", "größe", "a_name_of_more_than_sixteen", "q\"\\"};
    long seen = 0;
    in.beginObject();
    for (int field = in.nextField(KNOWN); field != JsonInput.END; field = in.nextField(KNOWN)) {
      seen = in.once(seen, field);
      describe(field == JsonInput.UNKNOWN ? in.unknownName() : names[field], out);
      readAny(in, out);
    }
  }
}
